/// Floating-point numbers of 16 bits (IEEE 754 binary16), every one of which is a double.
///
/// Swift's own `Float16` is not there on every platform.
enum HalfFloat {
  /// The number with the given bits: a sign, 5 bits of exponent, 10 of fraction.
  static func value(ofBits bits: UInt16) -> Double {
    let sign: FloatingPointSign = bits >> 15 == 1 ? .minus : .plus
    let exponent = Int(bits >> 10 & 0x1F)
    let fraction = Double(bits & 0x3FF) / 1024
    let magnitude =
      switch exponent {
      case 0: Double(sign: .plus, exponent: -14, significand: fraction)
      case 0x1F: fraction == 0 ? Double.infinity : .nan
      default: Double(sign: .plus, exponent: exponent - 15, significand: 1 + fraction)
      }
    return sign == .minus ? -magnitude : magnitude
  }
}
