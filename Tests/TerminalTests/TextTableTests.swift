import TestSupport
import Testing
import Text

@testable import Terminal

@Suite struct TextTableTests {
  private static func lines(_ text: String) -> [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
  }

  /// The cells before the first point that has a digit before it and behind it, as a terminal counts.
  private static func places(ofPointsIn line: String) -> [Int] {
    let characters = Array(line)
    var places: [Int] = []
    for place in characters.indices.dropFirst().dropLast() where characters[place] == "." {
      guard characters[place - 1].isNumber, characters[place + 1].isNumber else { continue }
      places.append(characters[..<place].reduce(0) { $0 + String($1).cellWidth })
    }
    return places
  }

  @Test func pointsStandBelowEachOther() {
    var table = TextTable([.name, .figure], hasHeader: true)
    table.add("", "before", "after")
    table.add("日本語", "+0.535 [+0.482, +0.588]", "-0.1")
    table.add("share", "88.4 % [82.8, 92.4]", "100.0 %")
    table.add("gap", "+1379.0 [+328.4, +429.7]", "7.25")
    let lines = Self.lines(table.text())
    let places = lines.dropFirst().map(Self.places)
    #expect(places.allSatisfy { $0.count == 4 })
    // The first and the second number of a cell, and the number of the next.
    for number in [0, 1, 3] { #expect(Set(places.map { $0[number] }).count == 1) }
  }

  @Test func wholeNumbersEndWherePointsStand() {
    var table = TextTable([.label, .figure])
    for cell in ["1,234", "0.5", "–", "88 of 99"] { table.add("a", cell) }
    #expect(
      table.text(indent: 0) == """
        a  1,234
        a      0.5
        a      –
        a     88 of 99

        """)
  }

  /// Random tables at every width: no line is wider, and no figure is lost.
  @Test func everyLineFits() {
    var random = SeededRandom(seed: 21)
    for _ in 0..<200 {
      let columns = Int.random(in: 1...6, using: &random)
      let kinds = (0..<columns).map { _ -> TextTable.Column in
        [.label, .name, .figure, .prose].randomElement(using: &random) ?? .name
      }
      let hasHeader = Bool.random(using: &random)
      var table = TextTable(kinds, hasHeader: hasHeader)
      // A column of anything, or of intervals, of dashes or of nothing alone.
      let forms = kinds.map { _ in [0, 0, 1, 2, 3, 4].randomElement(using: &random) ?? 0 }
      if hasHeader {
        table.add(
          kinds.map { _ in ["a title", "", "a"].randomElement(using: &random) ?? "" })
      }
      var figures: [String] = []
      for _ in 0..<6 {
        table.add(
          zip(kinds, forms).map { kind, form in
            guard kind == .figure else {
              return (0..<Int.random(in: 0...8, using: &random)).map { _ in
                ["name", "a/path", "日本", "of", "👍"].randomElement(using: &random) ?? ""
              }.joined(separator: " ")
            }
            switch form {
            case 1: return "[+1.5, -2.25]"
            case 2: return ["–", ""].randomElement(using: &random) ?? ""
            case 3 where Bool.random(using: &random): return "[1.5, 2]"
            default: break
            }
            let number = "\(Int.random(in: 1000...9_999_999, using: &random)).25"
            figures.append(number)
            return number + (Bool.random(using: &random) ? " [1.5, 2]" : "")
          })
      }
      for width in [20, 40, 60, 80, 120, 200] {
        let text = table.text(width: width)
        let widest = Self.lines(text).map(\.cellWidth).max() ?? 0
        #expect(widest <= width)
        // A terminal of 20 columns breaks no figure of these in two.
        #expect(figures.allSatisfy { text.contains($0) })
      }
    }
  }

  @Test func partsOfATableRepeatTheirFirstColumn() {
    var table = TextTable([.label, .figure], hasHeader: true)
    table.add(["model"] + (1...9).map { "method \($0)" })
    table.add(["one"] + (1...9).map { "\($0).125" })
    let text = table.text(width: 40)
    #expect(text.split(separator: "\n").count { $0.contains("one") } > 1)
    #expect((1...9).allSatisfy { text.contains("\($0).125") })
  }

  @Test func headingsTakeTheWholeLine() {
    var table = TextTable([.label, .figure], hasHeader: true)
    table.add("", "value")
    table.add(["199 prompts with a rather long remark"])
    table.add("a", "1.5")
    #expect(
      table.text(indent: 0) == """
           value
        199 prompts with a rather long remark
        a    1.5

        """)
  }
}
