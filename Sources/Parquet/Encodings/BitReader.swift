internal import Bytes

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
