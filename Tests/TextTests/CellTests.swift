import TestSupport
import Testing

@testable import Text

@Suite struct CellTests {
  /// Widths that a terminal (tmux 3.3, with UTF-8) gives, told by where its cursor stands afterwards.
  @Test(arguments: [
    ("", 0), ("abc", 3), ("naïve", 5), ("nai\u{308}ve", 5), ("日本語", 6), ("ｱｲｳ", 3), ("한국", 4),
    ("\u{1112}\u{1161}\u{11AB}", 2), ("→–…", 3), ("😀", 2), ("a\u{200B}b", 2), ("\u{FFFD}", 1),
    ("e\u{301}\u{323}", 1), ("Привет", 6), ("שלום", 4), ("█▁⣿", 3),
  ])
  func width(text: String, cells: Int) {
    #expect(text.cellWidth == cells)
  }

  @Test func emojiThatAreJoinedTakeOnePlace() {
    for emoji in ["👩‍👩‍👧", "🇩🇪", "👍🏽", "❤️"] { #expect(emoji.cellWidth == 2) }
  }

  private static let letters = Array("ab /._-é日本👍e\u{301}Ω")

  private static func text(_ random: inout SeededRandom, upTo count: Int) -> String {
    String(
      (0..<Int.random(in: 0...count, using: &random)).map { _ in
        letters[Int.random(in: 0..<letters.count, using: &random)]
      })
  }

  @Test func wrappedLinesFitAndLoseNothing() {
    var random = SeededRandom(seed: 11)
    for _ in 0..<500 {
      let text = Self.text(&random, upTo: 60)
      let width = Int.random(in: 2...30, using: &random)
      let lines = text.wrapped(width: width)
      #expect(lines.allSatisfy { $0.cellWidth <= width }, "\(text) in \(width)")
      #expect(lines.joined().filter { $0 != " " } == text.filter { $0 != " " })
    }
  }

  @Test func cutTextFitsAndKeepsItsEnds() {
    var random = SeededRandom(seed: 12)
    for _ in 0..<500 {
      let text = Self.text(&random, upTo: 40)
      let cells = Int.random(in: 1...30, using: &random)
      let cut = text.cut(toCells: cells)
      #expect(cut.cellWidth <= cells)
      guard text.cellWidth > cells else {
        #expect(cut == text)
        continue
      }
      // No more is lost than a character of two cells at either side.
      #expect(cut.cellWidth >= cells - 2)
      let parts = cut.split(separator: "…", omittingEmptySubsequences: false)
      #expect(parts.count == 2)
      #expect(text.hasPrefix(String(parts[0])) && text.hasSuffix(String(parts[1])))
    }
  }

  @Test func differentNamesStayDifferent() {
    var random = SeededRandom(seed: 13)
    for _ in 0..<300 {
      let (start, end) = (Self.text(&random, upTo: 30), Self.text(&random, upTo: 30))
      let names = Set((0..<8).map { _ in start + Self.text(&random, upTo: 6) + end })
      let cells = Int.random(in: 8...30, using: &random)
      let short = ShortNames(Array(names).sorted(), cells: cells)
      let shown = names.map { short[$0] }
      #expect(shown.allSatisfy { $0.cellWidth <= cells })
      #expect(Set(shown).count == names.count, "\(names.sorted()) in \(cells)")
    }
  }

  @Test func whatDiffersIsVisible() {
    let paths = (1...3).map { "/data/experiments/run-\($0)/outputs/generations.jsonl.zst" }
    let short = ShortNames(paths, cells: 24)
    for (number, path) in paths.enumerated() {
      #expect(short[path].contains("run-\(number + 1)") || short[path].contains("-\(number + 1)/"))
    }
    #expect(ShortNames(["short", "names"], cells: 5)["short"] == "short")
  }
}
