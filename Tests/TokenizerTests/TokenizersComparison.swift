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

  @Test func countsAreThoseOfTokenizers() throws {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "dpo-prep-tokens-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let texts = Self.texts()
    try JSONEncoder().encode(texts).write(to: folder.appending(path: "texts.json"))
    let script = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../oracle/tokens.py").standardized
    let process = try Process.run(
      URL(filePath: JSONOracle.python ?? ""),
      arguments: ["-B", script.path(percentEncoded: false), folder.path(percentEncoded: false)])
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
    let counts = try JSONDecoder().decode(
      [String: [Int]].self, from: Data(contentsOf: folder.appending(path: "counts.json")))
    #expect(counts.count == 17)
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
