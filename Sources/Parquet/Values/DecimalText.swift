internal import Bytes

/// Decimals as JSON numbers with all their digits, so that none is lost on the way to a text.
enum DecimalText {
  /// Decimals of up to 76 digits take 32 bytes; what is longer is no decimal of any writer.
  private static let byteLimit = 64

  /// The number `unscaled` divided by ten to the power of `scale`.
  static func text(_ unscaled: Int64, scale: Int) -> String {
    text(String(unscaled.magnitude), isNegative: unscaled < 0, scale: scale)
  }

  /// The same of a number in two's complement, its highest byte first.
  static func text(_ unscaled: Span<UInt8>, scale: Int) throws(ParquetError) -> String {
    guard unscaled.count <= byteLimit else {
      throw .damaged("a decimal takes \(unscaled.count) bytes")
    }
    let isNegative = !unscaled.isEmpty && unscaled[0] >= 0x80
    var magnitude = Array(copying: unscaled)
    if isNegative {
      var carry: UInt16 = 1
      for place in magnitude.indices.reversed() {
        carry += UInt16(~magnitude[place])
        magnitude[place] = UInt8(truncatingIfNeeded: carry)
        carry >>= 8
      }
    }
    return text(digits(magnitude), isNegative: isNegative, scale: scale)
  }

  /// The digits of a number in base 256, by dividing it by ten until nothing is left.
  private static func digits(_ number: [UInt8]) -> String {
    var rest = number[...].drop { $0 == 0 }
    var digits: [UInt8] = []
    while !rest.isEmpty {
      var remainder = 0
      for place in rest.indices {
        let value = remainder << 8 | Int(rest[place])
        rest[place] = UInt8(value / 10)
        remainder = value % 10
      }
      digits.append(UInt8(ascii: "0") + UInt8(remainder))
      rest = rest.drop { $0 == 0 }
    }
    return digits.isEmpty ? "0" : String(decoding: digits.reversed(), as: UTF8.self)
  }

  private static func text(_ digits: String, isNegative: Bool, scale: Int) -> String {
    let sign = isNegative ? "-" : ""
    guard scale > 0 else { return sign + digits }
    let padded = String(repeating: "0", count: max(scale + 1 - digits.count, 0)) + digits
    return sign + padded.dropLast(scale) + "." + padded.suffix(scale)
  }
}
