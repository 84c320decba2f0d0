/// The object around an array of rows, as LMFlow and RLHFlow write it:
/// `{"type": "text_only", "instances": […]}`.
enum Envelope {
  /// What the beginning of a text is.
  enum Match: Equatable {
    case none
    /// More of the text could make it an envelope.
    case undecided
    /// An envelope whose array begins at this offset.
    case array(offset: Int)
  }

  private static let beginnings: [[[UInt8]]] = [
    ["{", "\"type\"", ":", "\"text_only\"", ",", "\"instances\"", ":"],
    ["{", "\"instances\"", ":"],
  ].map { $0.map { Array($0.utf8) } }

  /// Looks at the beginning of a text, which is no blank.
  static func match(_ bytes: UnsafeRawBufferPointer) -> Match {
    var isUndecided = false
    for beginning in beginnings {
      switch match(bytes, beginning) {
      case .array(let offset): return .array(offset: offset)
      case .undecided: isUndecided = true
      case .none: break
      }
    }
    return isUndecided ? .undecided : .none
  }

  private static func match(_ bytes: UnsafeRawBufferPointer, _ tokens: [[UInt8]]) -> Match {
    var place = 0
    func skipBlanks() {
      while place < bytes.count, TextByte.isBlank(bytes[place]) { place += 1 }
    }
    for token in tokens {
      skipBlanks()
      for byte in token {
        guard place < bytes.count else { return .undecided }
        guard bytes[place] == byte else { return .none }
        place += 1
      }
    }
    skipBlanks()
    guard place < bytes.count else { return .undecided }
    return bytes[place] == UInt8(ascii: "[") ? .array(offset: place) : .none
  }
}
