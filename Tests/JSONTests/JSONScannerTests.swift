internal import Foundation
import TestSupport
import Testing

@testable import JSON

@Suite struct JSONScannerTests {
  // Without Python there is no second opinion on what is JSON.
  @Test(.enabled(if: JSONOracle.python != nil, Comment(rawValue: JSONOracle.reason)))
  func acceptsWhatPythonAccepts() throws {
    let cases = try JSONOracle.cases("document")
    #expect(cases.count >= 5000)
    #expect(Set(cases.map(\.valid)) == [true, false])
    for document in cases {
      let isValid = (try? scan(document.source)) != nil
      #expect(isValid == document.valid, "\(String(decoding: document.source, as: UTF8.self))")
    }
  }

  // As above.
  @Test(.enabled(if: JSONOracle.python != nil, Comment(rawValue: JSONOracle.reason)))
  func refusesEveryMalformedDocument() throws {
    let cases = try JSONOracle.cases("malformed")
    #expect(cases.count > 50)
    for document in cases {
      #expect(throws: JSONFault.self, "\(document.label ?? "")") { try scan(document.source) }
    }
  }

  // MARK: Faults and their places

  struct Example: Sendable, CustomTestStringConvertible {
    let row: String
    let offset: Int
    let problem: JSONFault.Problem
    var testDescription: String { row }

    init(_ row: String, _ offset: Int, _ problem: JSONFault.Problem) {
      (self.row, self.offset, self.problem) = (row, offset, problem)
    }
  }

  static let faults: [Example] = [
    Example("", 0, .emptyRow),
    Example(" \t\r\n", 4, .emptyRow),
    Example("[1]", 0, .notAnObject),
    Example("  7", 2, .notAnObject),
    Example("{} {}", 3, .trailingText),
    Example("{\"a\": 1}x", 8, .trailingText),
    Example("{\"a\": 1,}", 8, .expected("a field name in double quotes")),
    Example("{a: 1}", 1, .expected("a field name in double quotes")),
    Example("{\"a\" 1}", 5, .expected("\":\" after a field name")),
    Example("{\"a\": }", 6, .expected("a value")),
    Example("{\"a\":", 5, .expected("a value")),
    Example("{\"a\": 1 2}", 8, .expected("\",\" or \"}\"")),
    Example("{\"a\": [1 2]}", 9, .expected("\",\" or \"]\"")),
    Example("{\"a\": tru}", 9, .expected("a value")),
    Example("{\"a\": x}", 6, .expected("a value")),
    Example("{\"a\": 01}", 7, .expected("\",\" or \"}\"")),
    Example("{\"a\": -}", 7, .badNumber),
    Example("{\"a\": 1.}", 8, .badNumber),
    Example("{\"a\": 1e+}", 9, .badNumber),
    Example("{\"a\": \"x\ty\"}", 8, .controlCharacter(9)),
    Example("{\"a\": \"0123456789abcde\u{0}\"}", 22, .controlCharacter(0)),
    Example("{\"a\": \"\\x\"}", 7, .badEscape),
    Example("{\"a\": \"0123456\\u12g4\"}", 14, .badEscape),
    Example("{\"a\": \"x", 8, .unterminatedString),
    Example("{\"a", 3, .unterminatedString),
  ]

  @Test(arguments: faults)
  func faultsNameTheirByte(example: Example) {
    #expect(
      rowFault(Array(example.row.utf8))
        == JSONFault(offset: example.offset, problem: example.problem))
  }

  @Test(arguments: 0..<20)
  func badUTF8IsFoundAtEveryAlignment(shift: Int) {
    let before = Array("{\"a\": \"".utf8) + Array(repeating: UInt8(ascii: "x"), count: shift)
    #expect(
      rowFault(before + [0xC3, 0x28, UInt8(ascii: "\""), UInt8(ascii: "}")])
        == JSONFault(offset: before.count, problem: .badUTF8))
    #expect(rowFault(before + Array("é\"}".utf8)) == nil)
  }

  @Test func nestingIsLimited() {
    func nested(_ depth: Int) -> [UInt8] {
      Array(repeating: UInt8(ascii: "["), count: depth)
        + Array(repeating: UInt8(ascii: "]"), count: depth)
    }
    let limit = JSONScanner.maximumDepth
    #expect(throws: Never.self) { try scan(nested(limit)) }
    #expect(throws: JSONFault(offset: limit, problem: .tooDeep)) { try scan(nested(limit + 1)) }
  }

  @Test func messagesSayWhatIsWrong() {
    let messages = Self.faults.map { JSONFault(offset: 0, problem: $0.problem).message }
    #expect(messages.contains("not valid JSON: raw control character 0x09 in a string"))
    #expect(messages.contains("not valid JSON: expected \":\" after a field name"))
    #expect(JSONFault(offset: 0, problem: .badUTF8).remedy.contains("iconv"))
    #expect(JSONFault(offset: 0, problem: .badUTF8).message == "invalid UTF-8")
  }

  // MARK: Properties

  /// Documents with every kind of value; each ends with its closing brace.
  static let documents = [
    #"{"prompt": "What is \"this\"? caf\u00e9 \ud83d\ude00", "reward": -1.25e-3, "n": 4500}"#,
    #"{"a": [1, 2.5, null, {"b": []}, {}], "日本語": "数学\\", "t": true, "f": false}"#,
    #"{"a":{"b":{"c":[[[0]]]}},"text":"0123456789 0123456789\n","e":1E+5}"#,
  ]

  @Test(arguments: documents)
  func noBeginningOfADocumentIsOne(document: String) {
    let bytes = Array(document.utf8)
    #expect(rowFault(bytes) == nil)
    for count in 0..<bytes.count {
      let fault = rowFault(bytes[..<count])
      #expect(fault != nil, "\(count) bytes")
      #expect(fault?.offset ?? 0 <= count, "\(count) bytes")
    }
  }

  /// Foundation is the judge: some places between values may hold a line feed or a tab.
  @Test(arguments: documents)
  func controlCharactersAreTakenWhereFoundationTakesThem(document: String) {
    let bytes = Array(document.utf8)
    for place in bytes.indices {
      for control: UInt8 in [0x00, 0x01, 0x09, 0x0A, 0x0D, 0x1F] {
        var changed = bytes
        changed[place] = control
        let isValid = (try? JSONSerialization.jsonObject(with: Data(changed))) != nil
        #expect((rowFault(changed) == nil) == isValid, "byte \(place) as \(control)")
      }
    }
  }

  /// Every single byte at every place of a short document, judged by Foundation.
  @Test func anyByteAnywhereIsJudgedAsFoundationJudges() {
    let bytes = Array(#"{"k": [-1.5e3, "é\n", true]}"#.utf8)
    for place in bytes.indices {
      for byte in UInt8.min...UInt8.max {
        var changed = bytes
        changed[place] = byte
        let isValid = (try? JSONSerialization.jsonObject(with: Data(changed))) != nil
        #expect((rowFault(changed) == nil) == isValid, "byte \(place) as \(byte)")
      }
    }
  }
}
