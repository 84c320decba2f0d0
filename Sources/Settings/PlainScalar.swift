/// What an unquoted YAML text means: the core schema of YAML 1.2 (section 10.3.2), without
/// `.inf` and `.nan`, which no setting can be, and without octal and hexadecimal numbers.
package enum PlainScalar: Equatable, Sendable {
  case null
  case bool(Bool)
  case int(Int)
  /// A number with a point or an exponent; nil where it is too large for a double.
  case double(Double?)
  /// A whole number that does not fit 64 bits.
  case hugeInteger
  case text

  package init(_ text: String) {
    switch text {
    case "", "~", "null", "Null", "NULL": self = .null
    case "true", "True", "TRUE": self = .bool(true)
    case "false", "False", "FALSE": self = .bool(false)
    default: self = PlainScalar.number(text)
    }
  }

  /// Reads `[-+]?digits` and `[-+]?(.digits|digits[.[digits]])([eE][-+]?digits)?`.
  ///
  /// The grammar is checked by hand since `Double("0x1p3")` and `Double("nan")` succeed.
  private static func number(_ text: String) -> PlainScalar {
    var rest = text.utf8[...]
    func takeDigits() -> Int {
      let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      rest = rest.dropFirst(digits.count)
      return digits.count
    }
    func take(_ accepted: StaticString) -> Bool {
      guard let byte = rest.first else { return false }
      let isAccepted = accepted.withUTF8Buffer { $0.contains(byte) }
      if isAccepted { rest = rest.dropFirst() }
      return isAccepted
    }

    _ = take("+-")
    var digitCount = takeDigits()
    if digitCount > 0, rest.isEmpty { return Int(text).map { .int($0) } ?? .hugeInteger }
    if take(".") { digitCount += takeDigits() }
    guard digitCount > 0 else { return .text }
    if take("eE") {
      _ = take("+-")
      guard takeDigits() > 0 else { return .text }
    }
    guard rest.isEmpty, let value = Double(text.hasSuffix(".") ? text + "0" : text) else {
      return .text
    }
    return .double(value.isFinite ? value : nil)
  }
}
