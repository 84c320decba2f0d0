extension String {
  /// The text in lines of at most so many cells, parted at spaces; a longer word is broken, names and
  /// paths between their parts.
  package func wrapped(width: Int) -> [String] {
    let width = max(1, width)
    // Spaces of names stay as they are where nothing has to be broken.
    guard cellWidth > width else { return [self] }
    var lines: [String] = []
    var line = ""
    var used = 0
    for word in split(separator: " ") {
      var word = word
      let size = word.cellWidth
      if !line.isEmpty, used + 1 + size > width {
        lines.append(line)
        line = ""
      }
      while line.isEmpty, word.cellWidth > width {
        // A character that is wider than the line stands on one of its own.
        let part = Self.beginning(of: word, cells: width)
        lines.append(String(part.isEmpty ? word.prefix(1) : part))
        word = word.dropFirst(max(1, part.count))
      }
      guard !word.isEmpty else { continue }
      used = line.isEmpty ? word.cellWidth : used + 1 + size
      line += line.isEmpty ? "\(word)" : " \(word)"
    }
    return line.isEmpty && !lines.isEmpty ? lines : lines + [line]
  }

  /// As much of a word as a line holds, up to the end of one of its parts where that fills much of it.
  private static func beginning(of word: Substring, cells: Int) -> Substring {
    let most = word.prefix(cells: cells)
    guard let joint = most.lastIndex(where: { "_-./=,:".contains($0) }),
      most[...joint].cellWidth * 3 > cells
    else { return most }
    return most[...joint]
  }
}
