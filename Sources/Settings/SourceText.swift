internal import Records

/// The text of a configuration, and the way from libyaml's positions to lines and columns.
///
/// libyaml counts characters and takes U+2028 for a line break; editors and the rest of the
/// program count bytes within lines that end at a line feed or a carriage return.
struct SourceText {
  let file: String
  /// Valid UTF-8 without a byte order mark.
  let bytes: [UInt8]
  private let lineStarts: [Int]
  /// The byte each character starts at; nil where every character is one byte.
  private let characterStarts: [Int]?

  init(_ bytes: [UInt8], file: String) {
    self.file = file
    self.bytes = bytes
    let lineFeed = UInt8(ascii: "\n")
    let carriageReturn = UInt8(ascii: "\r")
    var lineStarts = [0]
    for (index, byte) in bytes.enumerated() {
      let endsLine =
        byte == lineFeed
        || (byte == carriageReturn && (index + 1 == bytes.count || bytes[index + 1] != lineFeed))
      if endsLine { lineStarts.append(index + 1) }
    }
    self.lineStarts = lineStarts
    let isASCII = bytes.allSatisfy { $0 < 0x80 }
    characterStarts = isASCII ? nil : bytes.indices.filter { bytes[$0] & 0xC0 != 0x80 }
  }

  /// The byte offset of the character that `index` others precede.
  func offset(ofCharacter index: Int) -> Int {
    guard let characterStarts else { return min(index, bytes.count) }
    return index < characterStarts.count ? characterStarts[index] : bytes.count
  }

  /// The line and column of a byte.
  func location(ofByte offset: Int) -> SourceLocation {
    let line = lineIndex(ofByte: offset)
    return SourceLocation(file: file, line: line + 1, column: offset - lineStarts[line] + 1)
  }

  /// The line of a byte, and below it a caret at that byte.
  ///
  /// Tabs are kept in the caret's line so that the caret stays in place; long lines are left out.
  func excerpt(atByte offset: Int) -> String? {
    let line = lineIndex(ofByte: offset)
    let end = line + 1 < lineStarts.count ? lineStarts[line + 1] : bytes.count
    let lineBytes = bytes[lineStarts[line]..<end]
    let text = String(decoding: lineBytes, as: UTF8.self).unicodeScalars
      .filter { $0 != "\r" && $0 != "\n" }
    guard text.count <= 160, !text.isEmpty else { return nil }
    guard !text.contains(where: { $0 != "\t" && $0.properties.generalCategory == .control })
    else { return nil }
    let before = String(decoding: lineBytes.prefix(offset - lineStarts[line]), as: UTF8.self)
    let padding = before.unicodeScalars.map { $0 == "\t" ? "\t" : " " }.joined()
    return "\(String(String.UnicodeScalarView(text)))\n\(padding)^"
  }

  private func lineIndex(ofByte offset: Int) -> Int {
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }
}
