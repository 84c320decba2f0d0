import Foundation
import TestSupport
import Testing

@testable import Tokenizer

/// Counts against those of `tokenizers`, by small tokenizers that it trains (`Tests/oracle/tokens.py`).
@Suite(.enabled(if: JSONOracle.python != nil, Comment(rawValue: JSONOracle.reason)))
struct TokenizersComparison {
  /// Parts that texts are made of: words of several scripts, marks, spaces of all kinds, tokens.
  private static let parts =
    [
      "a", "The", "the", "thes", "ab", "jumping", "ing", "it's", "WE'LL", "'s", "'S", "ſ", "12345",
      "٣", "½", " ", " ", " ", "  ", "\n", "\r\n", "\t", "\u{A0}", "\u{3000}", "\u{2028}", "\u{85}",
      "\u{1C}", "\u{0}", "\u{FEFF}", "\u{FFFD}", ".", "...", "://", "—", "<|im_start|>", "<s>",
      "</s>",
      "<unk>", "<0x0A>", "▁", "Ġ", "é", "e\u{301}", "\u{301}", "\u{212B}", "ᄒ\u{1161}\u{11AB}",
      "한국어",
      "булок", "天地", "玄", "नमस्ते", "عربي", "😀", "👨‍👩‍👧", "x", "xx", "e", "\u{16FF}",
      // Newer than the tables of one library or the other.
      "a\u{898}\u{323}", "\u{31350}", "\u{11F04}", "\u{1E4D0}", "\u{10D41}", "\u{11935}\u{11930}",
    ]

  private static func texts() -> [String] {
    var random = SeededRandom(seed: 21)
    var texts = ["", " ", "\n\n\n"]
    for part in parts {
      for count in [1, 2, 3, 31, 32, 33, 48, 49, 50, 300] {
        texts.append(String(repeating: part, count: count))
        texts.append("x" + String(repeating: part, count: count) + " y")
      }
    }
    for _ in 0..<2000 {
      let count = Int.random(in: 1...40, using: &random)
      texts.append(
        (0..<count).map { _ in parts[Int.random(in: 0..<parts.count, using: &random)] }.joined())
    }
    for _ in 0..<500 {
      let scalars = (0..<20).compactMap { _ in
        Unicode.Scalar(UInt32.random(in: 0..<0x32000, using: &random))
      }
      texts.append(scalars.map { String($0) }.joined())
    }
    return texts
  }

  /// A folder that is gone in the end, and what an oracle does in it.
  private static func inFolder(
    _ body: (_ folder: URL, _ run: (String) throws -> Void) throws -> Void
  )
    throws
  {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "dpo-prep-tokens-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder) { oracle in
      let script = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../oracle/\(oracle)").standardized
      let process = try Process.run(
        URL(filePath: JSONOracle.python ?? ""),
        arguments: ["-B", script.path(percentEncoded: false), folder.path(percentEncoded: false)])
      process.waitUntilExit()
      try #require(process.terminationStatus == 0)
    }
  }

  /// Matches are those of Oniguruma, wherever the automaton or the library finds them.
  @Test func splitsAreThoseOfTokenizers() throws {
    struct Split: Decodable {
      var pattern: String
      var text: String
      var pieces: [String]
    }
    try Self.inFolder { folder, run in
      try run("splits.py")
      let splits = try JSONDecoder().decode(
        [Split].self, from: Data(contentsOf: folder.appending(path: "splits.json")))
      #expect(splits.count > 5000)
      var understood = 0
      let search = PatternSearch()
      for split in splits {
        let pattern = try Pattern(Array(split.pattern.utf8), named: "pattern")
        if pattern.automaton != nil { understood += 1 }
        let text = Array(split.text.utf8)
        var ends: [Int] = [0]
        try search.forEachMatch(of: pattern, in: text.span) { match in
          for end in [match.lowerBound, match.upperBound] where end != ends.last {
            ends.append(end)
          }
        }
        if ends.last != text.count { ends.append(text.count) }
        let pieces = zip(ends, ends.dropFirst()).map {
          String(decoding: text[$0..<$1], as: UTF8.self)
        }
        if pieces != split.pieces {
          Issue.record(
            "\(split.pattern) on \(split.text.debugDescription): \(pieces), not \(split.pieces)")
        }
      }
      #expect(understood * 2 > splits.count)
    }
  }

  /// The patterns of models in use are among those that an automaton is made of.
  @Test(arguments: [
    #"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"#,
    #"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{M}]*[\p{Ll}\p{M}]+(?i:'s|'ll)?|\p{N}{1,3}|\s*[\r\n]+"#,
    "[一-龥\u{3040}-ゟ゠-ヿ]+",
    "[:,]+|[;:]+",
  ])
  func usualPatternsAreUnderstood(pattern: String) throws {
    #expect(try Pattern(Array(pattern.utf8), named: "pattern").automaton != nil)
  }

  /// What goes back, looks back or repeats in another way is left to Oniguruma.
  @Test(arguments: [
    "a*", "a+?", "a++", "a{2}{3}", "(?<=a)b", #"(a)\1"#, "^a", "a$", ".", #"\w"#, "[a&&b]",

    "(?=a)", "(?!ab)c", "(?i:[a-c])", "(?i:é)", #"\p{Latin}"#, "a{1,99}", "(?m:a)", "a|",
  ])
  func othersAreNot(pattern: String) throws {
    #expect(try Pattern(Array(pattern.utf8), named: "pattern").automaton == nil)
  }

  /// Releases of Oniguruma disagree on these, and `tokenizers` has one of its own.
  @Test(arguments: [
    "[[:punct:]]+", #"\R+"#, #"a|\p{Alpha}"#, #"[\p{^Emoji}x]"#, #"\P{Lower}"#, #"\p{Common}+"#,
  ])
  func disputedPatternsAreRefused(pattern: String) {
    #expect(throws: TokenizerError.self) {
      try Pattern(Array(pattern.utf8), named: "pattern")
    }
  }

  @Test func countsAreThoseOfTokenizers() throws { try Self.inFolder(Self.compareCounts) }

  private static func compareCounts(in folder: URL, _ run: (String) throws -> Void) throws {
    let texts = Self.texts()
    try JSONEncoder().encode(texts).write(to: folder.appending(path: "texts.json"))
    try run("tokens.py")
    let counts = try JSONDecoder().decode(
      [String: [Int]].self, from: Data(contentsOf: folder.appending(path: "counts.json")))
    #expect(counts.count == 18)
    for (name, expected) in counts.sorted(by: { $0.key < $1.key }) {
      let bytes = [UInt8](try Data(contentsOf: folder.appending(path: "\(name).json")))
      let counter = TokenCounter(try TokenizerFile(bytes, named: name))
      for (text, expected) in zip(texts, expected) {
        let bytes = Array(text.utf8)
        let found = try counter.count(bytes.span)
        // Once more, as short pieces come from memory then.
        let again = try counter.count(bytes.span)
        if found != expected || again != expected {
          Issue.record(
            "\(name): \(found) and \(again), not \(expected) tokens: \(text.debugDescription)")
        }
      }
    }
  }
}
