extension Span<UInt8> {
  /// A number of the bytes at `place`, the lowest first.
  @inlinable
  package func littleEndian<Number: FixedWidthInteger & BitwiseCopyable>(
    _ type: Number.Type, at place: Int
  ) -> Number {
    // Any bytes make a number, and their place is checked.
    Number(littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: place, as: type))
  }

  /// A number of the bytes at `place`, the highest first.
  @inlinable
  package func bigEndian<Number: FixedWidthInteger & BitwiseCopyable>(
    _ type: Number.Type, at place: Int
  ) -> Number {
    littleEndian(type, at: place).byteSwapped
  }
}
