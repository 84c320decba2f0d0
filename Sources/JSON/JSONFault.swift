/// Where and why bytes are not strict JSON.
package struct JSONFault: Error, Equatable {
  /// The offending byte's offset in the scanned memory.
  package var offset: Int
  package var problem: Problem

  package init(offset: Int, problem: Problem) {
    self.offset = offset
    self.problem = problem
  }

  package enum Problem: Equatable {
    case expected(String)
    case notAnObject
    case trailingText
    case controlCharacter(UInt8)
    case badEscape
    case unterminatedString
    case badNumber
    case badUTF8
    case tooDeep
    /// A list that is read has more elements than this.
    case tooManyElements(Int)
    /// The values would take many times the text's size.
    case tooDense
    case emptyRow
  }
}

extension JSONFault {
  /// The fault in the words of an error message.
  package var message: String {
    switch problem {
    case .expected(let what): "not valid JSON: expected \(what)"
    case .notAnObject: "expected a JSON object"
    case .trailingText: "not valid JSON: text after the end of the object"
    case .controlCharacter(let byte):
      "not valid JSON: raw control character 0x\(byte < 16 ? "0" : "")\(String(byte, radix: 16)) in a string"
    case .badEscape: "not valid JSON: unknown escape in a string"
    case .unterminatedString: "not valid JSON: string without a closing quote"
    case .badNumber: "not valid JSON: badly formed number"
    case .tooManyElements(let limit): "a list of more than \(limit) elements"
    case .tooDense:
      "more values than are read of a text of this size: they would take many times its memory"
    case .badUTF8: "invalid UTF-8"
    case .tooDeep: "JSON nested deeper than \(JSONScanner.maximumDepth) levels"
    case .emptyRow: "expected a JSON object, found nothing"
    }
  }

  /// What to do about it.
  package var remedy: String {
    switch problem {
    case .badUTF8: "write the file as UTF-8 (iconv -f ... -t utf-8)"
    case .tooManyElements, .tooDense: "such rows are not conversations; take it out"
    case .controlCharacter: "escape it (a line break is \\n inside a JSON string)"
    default: "every line must hold one JSON object; repair the row"
    }
  }
}
