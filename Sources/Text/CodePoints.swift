internal import CKernels

/// Counts Unicode code points, Python's `len`.
package enum CodePoints {
  /// The number of code points in well-formed UTF-8 (or WTF-8, where a lone surrogate is one).
  ///
  /// Every code point has one byte that is no continuation byte, so the others are subtracted.
  package static func count(_ text: Span<UInt8>) -> Int {
    text.withUnsafeBufferPointer { $0.count - count_utf8_continuations($0.baseAddress, $0.count) }
  }
}
