internal import CKernels

/// Unicode code points of UTF-8.
package enum CodePoints {
  /// The number of code points, Python's `len`, in well-formed UTF-8 (or WTF-8, where a lone surrogate is one).
  ///
  /// Every code point has one byte that is no continuation byte, so the others are subtracted.
  package static func count(_ text: Span<UInt8>) -> Int {
    text.withUnsafeBufferPointer { $0.count - count_utf8_continuations($0.baseAddress, $0.count) }
  }

  /// The code point that begins at `position` of well-formed UTF-8 (or WTF-8), and the bytes that it
  /// takes.
  package static func scalar(
    in text: Span<UInt8>, at position: Int
  ) -> (scalar: UInt32, length: Int) {
    let lead = UInt32(text[position])
    func rest(_ offset: Int) -> UInt32 { UInt32(text[position + offset] & 0x3F) }
    switch lead {
    case ..<0x80: return (lead, 1)
    case ..<0xE0: return ((lead & 0x1F) << 6 | rest(1), 2)
    case ..<0xF0: return ((lead & 0x0F) << 12 | rest(1) << 6 | rest(2), 3)
    default: return ((lead & 0x07) << 18 | rest(1) << 12 | rest(2) << 6 | rest(3), 4)
    }
  }
}
