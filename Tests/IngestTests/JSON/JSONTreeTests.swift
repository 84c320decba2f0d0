import Testing

@testable import Ingest

@Suite struct JSONTreeTests {
  @Test func aDocumentBecomesATree() throws {
    let text = #" {"list": [1, -2.5e1, "a\nb", null, true, NaN], "object": {"k": {}}, "": []} "#
    let tree = try #require(JSONTree(document: Array(text.utf8)))
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
    #expect(JSONTree(document: Array(text.utf8)) != nil)
  }

  @Test(arguments: ["", " ", "{", "[1,]", "{} {}", "1 2", "tru", "{\"a\": \u{0}}"])
  func whatIsNoJSONIsNoTree(text: String) {
    #expect(JSONTree(document: Array(text.utf8)) == nil)
  }

  @Test func theLastOfEqualKeysCounts() throws {
    let tree = try #require(JSONTree(document: Array(#"{"a": 1, "\u0061": 2}"#.utf8)))
    #expect(tree["a"]?.number == 2)
  }

  @Test func punctuationInsideStringsSeparatesNothing() throws {
    let tree = try #require(JSONTree(document: Array(#"{"a,:]}": [",", ":", "]}"]}"#.utf8)))
    #expect(tree["a,:]}"]?.elements?.compactMap(\.text) == [[0x2C], [0x3A], Array("]}".utf8)])
  }
}
