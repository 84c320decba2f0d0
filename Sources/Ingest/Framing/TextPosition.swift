internal import Bytes

/// A line and a column in a text, both from 1, the column in bytes.
package struct TextPosition: Hashable, Sendable {
  package var line = 1
  package var column = 1

  package init(line: Int = 1, column: Int = 1) {
    self.line = line
    self.column = column
  }

  /// Moves past `bytes`.
  package mutating func advance(over bytes: Span<UInt8>) {
    guard let last = bytes.lastIndex(of: TextByte.newline) else {
      column += bytes.count
      return
    }
    line += bytes.count(of: TextByte.newline)
    column = bytes.count - last
  }
}

/// The bytes that framing knows.
package enum TextByte {
  package static let newline = UInt8(ascii: "\n")
  package static let carriageReturn = UInt8(ascii: "\r")
  package static let quote = UInt8(ascii: "\"")
  package static let backslash = UInt8(ascii: "\\")

  /// Whether JSON counts a byte as white space.
  package static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
  }
}
