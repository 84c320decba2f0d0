import Testing

@testable import JSON

@Suite struct JSONValueTests {
  @Test func aDocumentBecomesATree() throws {
    let text = #" {"list": [1, -2.5e1, "a\nb", null, true, NaN], "object": {"k": {}}, "": []} "#
    let tree = try #require(JSONValue(document: Array(text.utf8)))
    let list = try #require(tree["list"]?.elements)
    #expect(list.count == 6)
    #expect(list[0].number == 1)
    #expect(list[1].number == -25)
    #expect(list[2].text == Array("a\nb".utf8))
    #expect(list[0].text == nil && list[2].number == nil && list[2].elements == nil)
    #expect(list[5].number?.isNaN == true)
    guard case .null = list[3], case .bool(true) = list[4] else {
      Issue.record("null and true are \(list[3]) and \(list[4])")
      return
    }
    #expect(tree["object"]?["k"]?["x"] == nil)
    #expect(tree["object"]?["k"] != nil)
    #expect(tree[""]?.elements?.isEmpty == true)
    #expect(tree["absent"] == nil)
  }

  @Test(arguments: ["7", " \"x\" ", "null", "[]", "[[1], [2]]"])
  func anyValueIsADocument(text: String) {
    #expect(JSONValue(document: Array(text.utf8)) != nil)
  }

  @Test(arguments: ["", " ", "{", "[1,]", "{} {}", "1 2", "tru", "{\"a\": \u{0}}"])
  func whatIsNoJSONIsNoTree(text: String) {
    #expect(JSONValue(document: Array(text.utf8)) == nil)
  }

  @Test func theLastOfEqualKeysCounts() throws {
    let tree = try #require(JSONValue(document: Array(#"{"a": 1, "\u0061": 2}"#.utf8)))
    #expect(tree["a"]?.number == 2)
  }

  /// The value does not tell that there were two; the caller that has to know is told.
  @Test(arguments: [
    (#"{"a": 1, "a": 1}"#, true), (#"[{"b": {"a": 1, "\u0061": 2}}]"#, true),
    (#"{"a": {"a": 1}, "b": [{"a": 1}, {"a": 2}]}"#, false), (#""a""#, false),
  ])
  func equalKeysAreNoticed(text: String, isRepeated: Bool) throws {
    let document = Array(text.utf8)
    let padded = document + [UInt8](repeating: 0, count: JSONScanner.paddingCount)
    try PaddedBytes.with(padded.span) { base in
      var scanner = JSONScanner(base, from: 0, to: document.count)
      var nothing = FieldSlots()
      let slice = try scanner.scanValue(at: nil, into: &nothing)
      var repeatsName = false
      _ = JSONValue(slice, in: base, repeatsName: &repeatsName)
      #expect(repeatsName == isRepeated)
    }
  }

  @Test func punctuationInsideStringsSeparatesNothing() throws {
    let tree = try #require(JSONValue(document: Array(#"{"a,:]}": [",", ":", "]}"]}"#.utf8)))
    #expect(tree["a,:]}"]?.elements?.compactMap(\.text) == [[0x2C], [0x3A], Array("]}".utf8)])
  }

  /// Two ids that a double cannot tell apart, and one beyond 64 bits.
  @Test func integersAreKeptToTheLastDigit() throws {
    let text = "[9007199254740992, 9007199254740993, -18446744073709551617, -0, 1.0, 1e2]"
    let value = try #require(JSONValue(document: Array(text.utf8)))
    #expect(
      value
        == .list([
          .integer(9_007_199_254_740_992), .integer(9_007_199_254_740_993),
          .largeInteger(Array("-18446744073709551617".utf8)), .number(-0.0), .number(1),
          .number(100),
        ]))
    #expect(
      String(decoding: value.compact, as: UTF8.self)
        == "[9007199254740992, 9007199254740993, -18446744073709551617, -0.0, 1.0, 100.0]")
  }

  @Test func canonicalTextIsThatOfSortedMembers() throws {
    let one = try #require(JSONValue(document: Array(#"{"b": [{"d": 1, "c": 2}], "a": "x"}"#.utf8)))
    let other = try #require(
      JSONValue(document: Array(#"{"a":"\u0078","b":[{"c":2,"d":1}]}"#.utf8)))
    #expect(one.canonical == other.canonical)
    #expect(
      String(decoding: one.canonical, as: UTF8.self) == #"{"a": "x", "b": [{"c": 2, "d": 1}]}"#)
  }
}
