/// The bytes of a text with the padding behind them that ``JSONScanner`` and its kernels read into.
///
/// The scanner, rows and their readers keep this beside the places that they find, which a span does
/// not allow. So it is an address, valid only inside the closure that it is handed to; but nothing
/// outside of this module sees the address, and every place is checked against the end.
package struct PaddedBytes {
  private let base: UnsafePointer<UInt8>
  /// How many bytes there are, without the padding.
  package let count: Int

  /// Gives access to bytes, the last ``JSONScanner/paddingCount`` of which are the padding.
  package static func with<Result: ~Copyable, Failure: Error>(
    _ padded: Span<UInt8>, _ body: (PaddedBytes) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try padded.withUnsafeBufferPointer { (buffer) throws(Failure) in
      guard let base = buffer.baseAddress, buffer.count >= JSONScanner.paddingCount else {
        preconditionFailure("a text lacks its padding")
      }
      return try body(
        PaddedBytes(base: base, count: buffer.count - JSONScanner.paddingCount))
    }
  }

  /// A byte of the text, or of the padding.
  package subscript(place: Int) -> UInt8 {
    precondition(place >= 0 && place < count + JSONScanner.paddingCount)
    return base[place]
  }

  /// Gives access to a part of the text.
  package func withBytes<Result: ~Copyable, Failure: Error>(
    _ range: Range<Int>, _ body: (Span<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try body(UnsafeBufferPointer(start: address(of: range), count: range.count).span)
  }

  /// A copy of a part of the text.
  package func copy(_ range: Range<Int>) -> [UInt8] {
    Array(UnsafeBufferPointer(start: address(of: range), count: range.count))
  }

  /// The address of a part of the text, for kernels that read no further than the padding behind.
  func address(of range: Range<Int>) -> UnsafePointer<UInt8> {
    precondition(range.lowerBound >= 0 && range.upperBound <= count)
    return base + range.lowerBound
  }
}
