/// Counts Unicode code points, Python's `len`.
enum CodePoints {
  /// The number of code points in well-formed UTF-8 (or WTF-8, where a lone surrogate is one).
  ///
  /// Every code point has one byte that is no continuation byte, so the others are subtracted.
  static func count(_ text: UnsafeBufferPointer<UInt8>) -> Int {
    guard let base = text.baseAddress else { return 0 }
    let raw = UnsafeRawPointer(base)
    var continuations = 0
    var position = 0
    while position + 8 <= text.count {
      let word = raw.loadUnaligned(fromByteOffset: position, as: UInt64.self)
      let marks = (word >> 7) & ~(word >> 6) & 0x0101_0101_0101_0101
      continuations += marks.nonzeroBitCount
      position += 8
    }
    while position < text.count {
      if base[position] & 0xC0 == 0x80 { continuations += 1 }
      position += 1
    }
    return text.count - continuations
  }
}
