/// Code points of well-formed UTF-8.
enum Scalars {
  /// The code point that begins at a place, and the bytes it takes.
  static func scalar(in text: Span<UInt8>, at place: Int) -> (scalar: UInt32, length: Int) {
    let lead = UInt32(text[place])
    func rest(_ offset: Int) -> UInt32 { UInt32(text[place + offset] & 0x3F) }
    switch lead {
    case ..<0x80: return (lead, 1)
    case ..<0xE0: return ((lead & 0x1F) << 6 | rest(1), 2)
    case ..<0xF0: return ((lead & 0x0F) << 12 | rest(1) << 6 | rest(2), 3)
    default: return ((lead & 0x07) << 18 | rest(1) << 12 | rest(2) << 6 | rest(3), 4)
    }
  }

  /// The place where the code point before another place begins.
  static func start(in text: Span<UInt8>, before place: Int) -> Int {
    var start = place - 1
    while start > 0, text[start] & 0xC0 == 0x80 { start -= 1 }
    return start
  }

  /// What Unicode says of a code point.
  static func properties(_ scalar: UInt32) -> Unicode.Scalar.Properties? {
    Unicode.Scalar(scalar)?.properties
  }

  /// Unicode's `White_Space`, the `\s` of regular expressions in Rust.
  static func isSpace(_ scalar: UInt32) -> Bool {
    properties(scalar)?.isWhitespace == true
  }

  /// The `\w` of regular expressions in Rust (UTS 18, annex C).
  static func isWord(_ scalar: UInt32) -> Bool {
    guard let properties = properties(scalar) else { return false }
    if properties.isAlphabetic || properties.isJoinControl { return true }
    switch properties.generalCategory {
    case .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .connectorPunctuation:
      return true
    default: return false
    }
  }

  /// A number of any kind, Rust's `char::is_numeric`.
  static func isNumeric(_ scalar: UInt32) -> Bool {
    guard scalar >= 0x80 else { return scalar &- 0x30 < 10 }
    switch properties(scalar)?.generalCategory {
    case .decimalNumber, .letterNumber, .otherNumber: return true
    default: return false
    }
  }
}
