/// Whole numbers of seven bits a byte, the lowest first: ULEB128.
enum Varint {
  /// Reads a number of up to 64 bits.
  ///
  /// - Returns: The number; nil where it does not end.
  static func read(_ bytes: Span<UInt8>, _ position: inout Int) -> UInt64? {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 70, by: 7) {
      guard position < bytes.count else { return nil }
      let byte = bytes[position]
      position += 1
      value |= shift < 64 ? UInt64(byte & 0x7F) << shift : 0
      if byte & 0x80 == 0 { return value }
    }
    return nil
  }
}
