import Testing

@testable import JSON

@Suite struct JSONValueDocumentTests {
  private func text(_ document: JSONValue) -> String {
    String(decoding: document.document, as: UTF8.self)
  }

  @Test func objectsKeepTheirOrderAndListsOfNumbersTheirLine() {
    let document: JSONValue = [
      "zebra": 1, "apple": .number(2), "middle": .null, "flag": .bool(false),
      "numbers": .list([1, .number(0.5), .null]), "empty": .list([]), "nothing": [:],
      "objects": .list([["b": "x", "a": "\"y\""], .list([])]),
    ]
    #expect(
      text(document) == """
        {
          "zebra": 1,
          "apple": 2.0,
          "middle": null,
          "flag": false,
          "numbers": [1, 0.5, null],
          "empty": [],
          "nothing": {},
          "objects": [
            {
              "b": "x",
              "a": "\\"y\\""
            },
            []
          ]
        }

        """)
  }

  @Test func manyMembersComeInTheOrderTheyWereGiven() {
    let names = (0..<500).map { "name \($0 * 7919 % 500)" }
    let document = JSONValue.object(names.map { .init(name: $0, value: 0) })
    let lines = text(document).split(separator: "\n").dropFirst().dropLast()
    #expect(lines.map { String($0.dropFirst(3).prefix { $0 != "\"" }) } == names)
  }
}
