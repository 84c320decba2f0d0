/// A cell of figures, in parts that stand below those of other cells.
///
/// A part begins with an arrow and behind it, and with a bracket: `88.4 %`, `→`, `51.3 %`,
/// `[43.9, 58.6]`. Each is aligned by the point of its first number.
struct FigureCell {
  struct Part: Equatable {
    /// What stands before the point.
    var head: String
    /// The point and what follows it.
    var tail: String
  }

  /// None for a cell of words.
  let parts: [Part]
  let text: String

  /// - Parameter isWords: whether it is words even if there are digits in it.
  init(_ text: String, isWords: Bool = false) {
    self.text = text
    var parts: [String] = []
    for word in text.split(separator: " ", omittingEmptySubsequences: false) {
      if parts.isEmpty || word.hasPrefix("[") || word == "→" || parts.last == "→" {
        parts.append(String(word))
      } else {
        parts[parts.count - 1] += " \(word)"
      }
    }
    let isFigure =
      !isWords
      && (text == "–" || text.contains { $0.isASCII && $0.isNumber })
    self.parts = isFigure ? parts.map(Self.part) : []
  }

  private static func part(_ text: String) -> Part {
    func isDigit(_ character: Character) -> Bool { character.isASCII && character.isNumber }
    guard let first = text.firstIndex(where: isDigit) else { return Part(head: text, tail: "") }
    var end = first
    while end < text.endIndex {
      let next = text.index(after: end)
      let continues = text[end] == "," && next < text.endIndex && isDigit(text[next])
      guard isDigit(text[end]) || continues else { break }
      end = next
    }
    return Part(head: String(text[..<end]), tail: String(text[end...]))
  }
}
