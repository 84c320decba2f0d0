internal import CUTF8Proc

extension Character {
  /// The cells of a terminal that the character takes: 0, 1 or 2.
  ///
  /// What stands in one cell is a grapheme cluster: marks that combine with a letter, and all that is
  /// joined to an emoji, take none of their own. Characters whose width is ambiguous in East Asian
  /// text take one (Unicode Standard Annex #11).
  package var cellWidth: Int {
    if let ascii = asciiValue { return ascii < 0x20 || ascii == 0x7F ? 0 : 1 }
    var width = 0
    var regions = 0
    for scalar in unicodeScalars {
      // What follows is shown as an emoji.
      if scalar == "\u{FE0F}" { return 2 }
      if (0x1F1E6...0x1F1FF).contains(scalar.value) { regions += 1 }
      width = max(width, Int(utf8proc_charwidth(Int32(bitPattern: scalar.value))))
    }
    // Two letters of regions are a flag.
    return regions == 2 ? 2 : min(2, width)
  }
}

extension StringProtocol {
  /// The cells of a terminal that the text takes on a line.
  package var cellWidth: Int {
    // Printable ASCII, most of what is shown.
    if utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return utf8.count }
    return reduce(0) { $0 + $1.cellWidth }
  }

  /// As many of the first characters as `cells` hold.
  package func prefix(cells: Int) -> SubSequence {
    var rest = cells
    return prefix {
      rest -= $0.cellWidth
      return rest >= 0
    }
  }

  /// As many of the last characters as `cells` hold.
  package func suffix(cells: Int) -> SubSequence {
    var rest = cells
    var start = endIndex
    while start > startIndex {
      let previous = index(before: start)
      rest -= self[previous].cellWidth
      guard rest >= 0 else { break }
      start = previous
    }
    return self[start...]
  }
}

extension String {
  /// The text with spaces after it, so that it takes so many cells; as it is where it takes more.
  package func padded(toCells cells: Int) -> String {
    self + String(repeating: " ", count: max(0, cells - cellWidth))
  }

  /// The text with spaces before it, so that it takes so many cells; as it is where it takes more.
  package func indented(toCells cells: Int) -> String {
    String(repeating: " ", count: max(0, cells - cellWidth)) + self
  }
}
