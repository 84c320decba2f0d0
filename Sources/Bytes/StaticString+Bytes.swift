extension StaticString {
  /// Gives access to the bytes of a text of the program.
  @inlinable
  package func withBytes<Result>(_ body: (Span<UInt8>) -> Result) -> Result {
    // They last as long as the program.
    body(UnsafeBufferPointer(start: utf8Start, count: utf8CodeUnitCount).span)
  }
}
