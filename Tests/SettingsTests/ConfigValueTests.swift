import Records
import Testing

@testable import Settings

@Suite struct ConfigValueTests {
  /// Texts that YAML 1.1 or 1.2 would take for something else, and texts that need escapes.
  static let hardTexts = [
    "", " ", "a", "a b", "null", "~", "Null", "true", "yes", "No", "ON", "y", "1", "-1", "1e3",
    "1_000", "0x10", "0o7", "1:30", "2024-01-01", ".5", ".inf", ".nan", ".", "..", "-", "--", "- a",
    "?", "? a", ":", "a:", "a: b", "a:b", "field:tokens", "#", "a #b", "a#b", "*", "*.jsonl", "&a",
    "!", "!a", "|", ">", "%", "@", "`", "'", "it's", "\"", "\\", "a\\b", "[", "]", "{", "}", ",",
    "a,b", "gens/*.jsonl.zst", "./a", "../a", "/a", "~/a", "2GiB", "1TB", "=", "<<", "a\nb", "\n",
    "\r\n", "\t", "a\tb", "\0", "\u{1}", "\u{7F}", "\u{85}", "\u{A0}", "\u{2028}", "\u{FEFF}",
    "\u{FFFF}", "e\u{301}", "\u{E9}", "日本語", "👩‍👩‍👧", " a", "a ", "---", "...", "1.5GiB", "0b1",
    "12e03", "1,000", "dpo-prep", "out.partial-1", "a\u{0}b",
  ]

  @Test(arguments: hardTexts)
  func textsComeBackFromYAML(text: String) throws {
    let value: ConfigValue = .mapping([.init(text, .list([.string(text), .string("x")]))])
    for document in ["key: \(value.flowText)\n", "key: \(ConfigValue.string(text).flowText)  # c"] {
      let root = try #require(try YAMLNode.parse(Array(document.utf8), file: "a"))
      guard case .mapping(let entries) = root.content else {
        Issue.record("no mapping: \(document)")
        return
      }
      var node = entries[0].value
      if case .mapping(let inner) = node.content, case .sequence(let nodes) = inner[0].value.content
      {
        #expect(inner[0].key.unicodeScalars.elementsEqual(text.unicodeScalars))
        node = nodes[0]
      }
      guard case .scalar(let found, let isPlain) = node.content else {
        Issue.record("no scalar: \(document)")
        return
      }
      #expect(found.unicodeScalars.elementsEqual(text.unicodeScalars))
      #expect(!isPlain || PlainScalar(found) == .text)
    }
  }

  @Test(arguments: [
    (0.001, "0.001"), (1e-5, "1.0e-05"), (1, "1.0"), (0.1 + 0.2, "0.30000000000000004"),
    (1e16, "1.0e+16"), (2.5e-10, "2.5e-10"), (1e-300, "1.0e-300"), (-4, "-4.0"),
  ])
  func numbersKeepAPoint(number: Double, text: String) {
    #expect(ConfigValue.double(number).flowText == text)
    #expect(Double(text) == number)
  }

  @Test func jsonKeepsTheOrderOfKeys() {
    let value: ConfigValue = [
      "z": .int(1), "a": [.double(2), "x\"\n\u{1}"], "m": ["b": .null], "l": [["c": .bool(true)]],
      "e": .mapping([]),
    ]
    #expect(
      value.jsonText == """
        {
          "z": 1,
          "a": [2.0, "x\\"\\n\\u0001"],
          "m": {
            "b": null
          },
          "l": [
            {
              "c": true
            }
          ],
          "e": {}
        }

        """)
  }

  @Test func valuesAreFoundByKey() {
    let value: ConfigValue = ["a": ["b": .int(1)]]
    #expect(value["a"]?["b"] == .int(1))
    #expect(value["b"] == nil)
    #expect(value["a"]?["b"]?["c"] == nil)
  }
}
