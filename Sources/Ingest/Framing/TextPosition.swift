internal import Glibc

/// A line and a column in a text, both from 1, the column in bytes.
struct TextPosition: Hashable, Sendable {
  var line = 1
  var column = 1

  /// Moves past `bytes`.
  mutating func advance(over bytes: UnsafeRawBufferPointer) {
    guard let last = bytes.lastIndex(of: TextByte.newline, from: 0) else {
      column += bytes.count
      return
    }
    line += bytes.newlineCount
    column = bytes.count - last
  }
}

/// The bytes that framing knows.
enum TextByte {
  static let newline = UInt8(ascii: "\n")
  static let carriageReturn = UInt8(ascii: "\r")
  static let quote = UInt8(ascii: "\"")
  static let backslash = UInt8(ascii: "\\")

  /// Whether JSON counts a byte as white space.
  static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
  }
}

extension UnsafeRawBufferPointer {
  /// The first place of `byte` at or behind `start`.
  func firstIndex(of byte: UInt8, from start: Int) -> Int? {
    guard let base = baseAddress, start < count,
      let found = memchr(base + start, Int32(byte), count - start)
    else { return nil }
    return UnsafeRawPointer(found) - base
  }

  /// The last place of `byte` at or behind `start`.
  func lastIndex(of byte: UInt8, from start: Int) -> Int? {
    var place = count - 1
    while place >= start {
      if self[place] == byte { return place }
      place -= 1
    }
    return nil
  }

  /// How many line feeds there are.
  var newlineCount: Int {
    typealias Block = SIMD32<UInt8>
    let width = MemoryLayout<Block>.size
    let newlines = Block(repeating: TextByte.newline)
    var total = 0
    var place = 0
    while place + width <= count {
      // A lane counts to 255 before it must be emptied.
      let end = Swift.min(place + 255 * width, count / width * width)
      var lanes = Block.zero
      while place < end {
        let block = loadUnaligned(fromByteOffset: place, as: Block.self)
        // A true lane of the mask has all bits set, which is -1.
        lanes &-= unsafeBitCast(block .== newlines, to: Block.self)
        place += width
      }
      for lane in lanes.indices { total += Int(lanes[lane]) }
    }
    for byte in self[place...] where byte == TextByte.newline { total += 1 }
    return total
  }
}
