internal import Records

/// The characters that figures for a terminal are drawn with.
package enum Glyphs: Sendable {
  /// Blocks and Braille patterns.
  case unicode
  /// For terminals that show nothing else.
  case ascii

  /// The dots of a line that a cell holds, across and down.
  var dots: (across: Int, down: Int) { self == .unicode ? (2, 4) : (1, 1) }

  /// A cell of a line.
  ///
  /// - Parameter pattern: the dots that are set, in the order of Braille's code points.
  func line(_ pattern: UInt8) -> Character {
    guard self == .unicode, let scalar = Unicode.Scalar(0x2800 + UInt32(pattern)) else {
      return "*"
    }
    return Character(scalar)
  }

  /// The bit of a dot in a line's pattern.
  static func bit(column: Int, row: Int) -> UInt8 {
    // The fourth row came to Braille after the other three.
    row == 3 ? 0x40 << UInt8(column) : 1 << UInt8(3 * column + row)
  }

  /// The parts of a cell that a bar can fill.
  var barSteps: Int { self == .unicode ? 8 : 3 }

  /// A cell of which a bar fills some parts.
  func bar(_ steps: Int) -> Character {
    let characters: [Character] =
      self == .unicode ? ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"] : [".", ":", "#"]
    return characters[min(max(steps, 1), characters.count) - 1]
  }

  var band: Character { self == .unicode ? "░" : "." }
  var rule: Character { self == .unicode ? "┄" : "-" }

  /// The mark of a layer.
  func mark(_ ink: SeriesColor) -> Character {
    switch self {
    case .unicode: ink.isDashed ? "○" : "●"
    case .ascii: ink.isDashed ? "o" : "*"
    }
  }

  /// Marks of two layers in one cell.
  var bothMarks: Character { self == .unicode ? "◉" : "@" }

  /// How far a mark may be off.
  func whisker(_ ink: SeriesColor) -> Character {
    switch self {
    case .unicode: ink.isDashed ? "┆" : "│"
    case .ascii: ink.isDashed ? ":" : "|"
    }
  }

  var axis: Character { self == .unicode ? "│" : "|" }
  var axisTick: Character { self == .unicode ? "┤" : "+" }
  var corner: Character { self == .unicode ? "└" : "+" }
  var floor: Character { self == .unicode ? "─" : "-" }
  var floorTick: Character { self == .unicode ? "┴" : "+" }

  /// Words as these characters can write them.
  func text(_ text: String) -> String {
    guard self == .ascii else { return text.shown }
    return text.shown.replacing("\u{2212}", with: "-").replacing("–", with: "-")
      .replacing("→", with: "->").replacing("…", with: "...")
  }
}
