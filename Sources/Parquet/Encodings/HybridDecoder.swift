internal import Bytes

/// Reads the RLE and bit-packing hybrid, as it stands in levels, indices and booleans.
enum HybridDecoder {
  /// Decodes `count` values of `bitWidth` bits each, 0 to 32.
  ///
  /// - Returns: The values, and how many bytes they took.
  static func values<Value: FixedWidthInteger & UnsignedInteger>(
    _ bytes: Span<UInt8>, count: Int, bitWidth: Int, as type: Value.Type
  ) throws(ParquetError) -> (values: [Value], byteCount: Int) {
    var values: [Value] = []
    // No reservation beyond what bytes can hold but for runs, which are cheap to lie about.
    values.reserveCapacity(min(count, max(bytes.count, 1) * 64))
    var position = 0
    while values.count < count {
      let header = try variable(bytes, &position)
      let left = count - values.count
      if header & 1 == 0 {
        let run = Int(clamping: header >> 1)
        let width = (bitWidth + 7) / 8
        guard run > 0, width <= bytes.count - position else { throw damaged }
        var value: UInt64 = 0
        for byte in 0..<width { value |= UInt64(bytes[position + byte]) << UInt64(8 * byte) }
        position += width
        guard let value = Value(exactly: value) else { throw damaged }
        values.append(contentsOf: repeatElement(value, count: min(run, left)))
      } else {
        let groups = Int(clamping: header >> 1)
        guard groups > 0, groups <= (1 << 31) else { throw damaged }
        // Some writers cut the last group short.
        let wanted = min(groups * 8, left)
        guard (wanted * bitWidth + 7) / 8 <= bytes.count - position else { throw damaged }
        let packed = bytes.extracting(position..<bytes.count)
        for index in 0..<wanted {
          let value = BitReader.value(packed, at: index * bitWidth, width: bitWidth)
          values.append(Value(truncatingIfNeeded: value))
        }
        position += min(groups * bitWidth, bytes.count - position)
      }
    }
    return (values, position)
  }

  private static func variable(
    _ bytes: Span<UInt8>, _ position: inout Int
  ) throws(ParquetError) -> UInt64 {
    guard let value = Varint.read(bytes, &position) else { throw damaged }
    return value
  }

  private static var damaged: ParquetError { .damaged("a page's levels or indices are damaged") }
}

/// Reads numbers of any width from packed bits, the lowest first.
enum BitReader {
  /// The `width` bits, up to 64, from bit `bit` on; bits behind the end are 0.
  static func value(_ bytes: Span<UInt8>, at bit: Int, width: Int) -> UInt64 {
    guard width > 0 else { return 0 }
    let first = bit >> 3
    let shift = UInt64(bit & 7)
    var low: UInt64 = 0
    if first + 8 <= bytes.count {
      low = bytes.littleEndian(UInt64.self, at: first)
    } else {
      for byte in first..<max(first, bytes.count) {
        low |= UInt64(bytes[byte]) << UInt64(8 * (byte - first))
      }
    }
    var value = low >> shift
    if Int(shift) + width > 64, first + 8 < bytes.count {
      value |= UInt64(bytes[first + 8]) << (64 - shift)
    }
    return width == 64 ? value : value & (1 << UInt64(width) - 1)
  }
}
