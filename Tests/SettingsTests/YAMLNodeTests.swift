import Records
import TestSupport
import Testing

@testable import Settings

@Suite struct YAMLNodeTests {
  @Test func nodesKnowTheirPlaces() throws {
    // Columns count bytes: "é" is two of them.
    let text = "a: 1\r\nbé: {c: [x, 'y']}\n"
    let root = try #require(try YAMLNode.parse(Array(text.utf8), file: "f"))
    func place(_ line: Int, _ column: Int) -> Origin {
      .file(SourceLocation(file: "f", line: line, column: column))
    }
    let list = YAMLNode(
      .sequence([
        YAMLNode(.scalar("x", isPlain: true), origin: place(2, 11)),
        YAMLNode(.scalar("y", isPlain: false), origin: place(2, 14)),
      ]), origin: place(2, 10))
    let inner = YAMLNode(
      .mapping([.init(key: "c", keyOrigin: place(2, 7), value: list)]), origin: place(2, 6))
    let expected = YAMLNode(
      .mapping([
        .init(
          key: "a", keyOrigin: place(1, 1),
          value: YAMLNode(.scalar("1", isPlain: true), origin: place(1, 4))),
        .init(key: "bé", keyOrigin: place(2, 1), value: inner),
      ]), origin: place(1, 1))
    #expect(root == expected)
  }

  @Test func aliasesStandForTheirAnchors() throws {
    let root = try #require(
      try YAMLNode.parse(Array("a: &x [1, 2]\nb: *x\nc: &x 3\nd: *x\n".utf8), file: "f"))
    guard case .mapping(let entries) = root.content else {
      Issue.record("no mapping")
      return
    }
    #expect(entries[1].value.content == entries[0].value.content)
    #expect(entries[1].value.origin == .file(SourceLocation(file: "f", line: 2, column: 4)))
    #expect(entries[3].value.content == .scalar("3", isPlain: true))
  }

  @Test(arguments: ["", "\n\n", "# only a comment\n", "\u{FEFF}", "---\n"])
  func nothingIsNoDocumentOrNull(text: String) throws {
    let node = try YAMLNode.parse(Array(text.utf8), file: "f")
    #expect(node == nil || node?.isNull == true)
  }

  struct Malformed: Sendable, CustomTestStringConvertible {
    let text: String
    let place: String
    let message: String
    let hint: String?
    var testDescription: String { message }

    init(_ text: String, _ place: String, _ message: String, hint: String? = nil) {
      (self.text, self.place, self.message, self.hint) = (text, place, message, hint)
    }
  }

  static let malformed: [Malformed] = [
    Malformed(
      "a:\n\tb: 1", "f:2:1", "a tab where YAML wants spaces",
      hint: "indent with spaces\n\tb: 1\n^"),
    Malformed(
      "é: [1, 2\nb: 3", "f:2:2",
      "invalid YAML: did not find expected ',' or ']' while parsing a flow sequence",
      hint: "look for a bracket, a quote or a colon that is missing or one too many\nb: 3\n ^"),
    Malformed(
      "paths: *.jsonl", "f:1:9", "a name of letters and digits must follow \"*\" or \"&\"",
      hint: "a text that starts with `*` or `&` needs quotes, as in paths: [\"*.jsonl\"]\n"
        + "paths: *.jsonl\n        ^"),
    Malformed(
      "paths: -\n", "f:1:8", "a list cannot start with \"-\" here"),
    Malformed("a: b: c", "f:1:5", "a key with a value cannot start here"),
    Malformed("a: 1\nbc\nd: 2", "f:3:1", "a key without \":\""),
    Malformed("a: @x", "f:1:4", "a text cannot start with this character"),
    Malformed(
      "a: 1\nb: 2\na: 3", "f:3:1", "\"a\" is given twice",
      hint: "remove one of them; the first is in line 1"),
    Malformed("a: {b: 1, b: 2}", "f:1:11", "\"b\" is given twice"),
    Malformed("a: 1\n---\nb: 1", "f:2:1", "a second document starts here"),
    Malformed("a: *b", "f:1:4", "no anchor \"&b\" before the alias \"*b\""),
    Malformed("a: &b [*b]", "f:1:8", "no anchor \"&b\" before the alias \"*b\""),
    Malformed("a: !x 1", "f:1:4", "the tag \"!x\" means nothing here"),
    Malformed("a: !!int 1", "f:1:4", "the tag \"tag:yaml.org,2002:int\" means nothing here"),
    Malformed("[a]: 1", "f:1:1", "a key must be a plain text"),
    Malformed("a: \u{1}", "f:1:4", "a control character"),
    Malformed("a: é\u{FFFE}", "f:1:6", "a control character"),
    Malformed(
      "a: 'x", "f:1:6",
      "invalid YAML: found unexpected end of stream while scanning a quoted scalar"),
  ]

  @Test(arguments: malformed)
  func malformedTextsAreExplained(example: Malformed) throws {
    let error = try #require(throws: ConfigurationError.self) {
      try YAMLNode.parse(Array(example.text.utf8), file: "f")
    }
    #expect(error.code == .malformedText)
    #expect(error.diagnostic.message == example.message)
    #expect(error.diagnostic.location?.description == example.place)
    if let hint = example.hint { #expect(error.diagnostic.hint == hint) }
  }

  @Test(
    arguments: [
      ([0x61, 0x3A, 0x20, 0xFF], "f:1:4"), ([0x0A, 0xC3], "f:2:1"),
      ([0xFF, 0xFE, 0x61, 0], "f:1:1"),
      ([0x61, 0xED, 0xA0, 0x80], "f:1:2"),
    ] as [([UInt8], String)])
  func invalidUTF8IsFound(bytes: [UInt8], place: String) throws {
    let error = try #require(throws: ConfigurationError.self) {
      try YAMLNode.parse(bytes, file: "f")
    }
    #expect(error.diagnostic.message == "invalid UTF-8")
    #expect(error.diagnostic.location?.description == place)
  }

  @Test func tagsCanForceText() throws {
    let root = try #require(try YAMLNode.parse(Array("!!str 5".utf8), file: "f"))
    #expect(root.content == .scalar("5", isPlain: false))
  }

  @Test func aliasesDoNotExplode() throws {
    // Nine levels of ten aliases each: a thousand million nodes.
    var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in 1...9 {
      let aliases = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
      text += "a\(level): &a\(level) [\(aliases)]\n"
    }
    let error = try #require(throws: ConfigurationError.self) {
      try YAMLNode.parse(Array(text.utf8), file: "f")
    }
    #expect(error.diagnostic.message.contains("more than 100000 nodes"))
  }

  @Test(arguments: ["[", "{a: ", "- ", "? "])
  func depthIsLimited(opening: String) throws {
    let text = String(repeating: opening, count: 2000)
    let error = try #require(throws: ConfigurationError.self) {
      try YAMLNode.parse(Array(text.utf8), file: "f")
    }
    #expect(error.diagnostic.message == "more than 64 levels of nesting")
  }

  @Test func hugeFilesAreRefused() throws {
    let bytes = [UInt8](repeating: UInt8(ascii: "\n"), count: (1 << 20) + 1)
    let error = try #require(throws: ConfigurationError.self) {
      try YAMLNode.parse(bytes, file: "f")
    }
    #expect(error.diagnostic.message.contains("too many for a configuration"))
  }

  /// Random bytes, random YAML punctuation and broken copies of the template: no crash, and every
  /// error has a place inside the text.
  @Test(arguments: [1, 2, 3, 4] as [UInt64])
  func noBytesCrashTheReader(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let template = Array(Configuration.template.utf8)
    let punctuation = Array("{}[],:-?&*!|>'\"%@`#~ \n\t\r\\a1.=<é\u{2028}\u{FEFF}".utf8)
    for round in 0..<600 {
      var bytes: [UInt8]
      switch round % 3 {
      case 0:
        bytes = (0..<Int.random(in: 0...60, using: &random)).map { _ in
          UInt8.random(in: 0...255, using: &random)
        }
      case 1:
        bytes = (0..<Int.random(in: 0...60, using: &random)).map { _ in
          punctuation[Int.random(in: 0..<punctuation.count, using: &random)]
        }
      default:
        bytes = template
        for _ in 0..<Int.random(in: 1...4, using: &random) {
          bytes[Int.random(in: 0..<bytes.count, using: &random)] =
            punctuation[Int.random(in: 0..<punctuation.count, using: &random)]
        }
      }
      do throws(ConfigurationError) {
        _ = try Configuration.parse(bytes, named: "f")
      } catch {
        for diagnostic in error.diagnostics {
          let line = diagnostic.location?.line ?? 1
          let breaks = bytes.count { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
          #expect((1...(breaks + 1)).contains(line), "seed \(seed), round \(round): \(bytes)")
        }
      }
    }
  }
}
