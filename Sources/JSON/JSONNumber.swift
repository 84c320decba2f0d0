internal import Glibc
internal import Text

/// Reads numbers as Python's `float` does: correctly rounded, overflow to infinity.
package enum JSONNumber {
  /// The value of a number by JSON's grammar.
  package static func double(in source: PaddedBytes, from start: Int, to end: Int) -> Double {
    exact(in: source, from: start, to: end) ?? converted(source.copy(start..<end))
  }

  /// The value of a number inside a string, by the grammar of Python's `float`.
  ///
  /// Unicode white space around it, a sign, `inf`, `infinity` or `nan` in any case, and single
  /// underscores between digits are allowed; hexadecimal is not. Digits are those of ASCII.
  ///
  /// - Precondition: `text` is well-formed UTF-8.
  package static func double(text: [UInt8]) -> Double? {
    guard let digits = withoutUnderscores(trimmed(text)) else { return nil }
    var rest = digits[...]
    if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") { rest.removeFirst() }
    let word = String(decoding: rest.map { $0 | 0x20 }, as: UTF8.self)
    guard ["inf", "infinity", "nan"].contains(word) || isDecimal(rest) else { return nil }
    return converted(digits)
  }

  /// The value of `NaN`, `Infinity` or `-Infinity`.
  package static func nonFinite(in source: PaddedBytes, from start: Int) -> Double {
    switch source[start] {
    case UInt8(ascii: "N"): .nan
    case UInt8(ascii: "-"): -.infinity
    default: .infinity
    }
  }

  // MARK: Conversion

  /// Clinger's fast path: up to 2^53 as digits and up to 10^22 as scale are exact doubles, so one
  /// division or multiplication rounds correctly.
  private static func exact(
    in source: PaddedBytes, from start: Int, to end: Int
  ) -> Double? {
    guard end - start <= 18 else { return nil }
    var position = start
    let isNegative = source[position] == UInt8(ascii: "-")
    if isNegative { position += 1 }
    var digits: UInt64 = 0
    var decimals = 0
    var isFraction = false
    while position < end {
      let byte = source[position]
      if byte == UInt8(ascii: ".") {
        isFraction = true
      } else if byte &- 0x30 < 10 {
        digits = digits &* 10 &+ UInt64(byte &- 0x30)
        if isFraction { decimals += 1 }
      } else {
        return nil
      }
      position += 1
    }
    guard digits <= 1 << 53 else { return nil }
    let value = Double(digits) / powersOfTen[decimals]
    return isNegative ? -value : value
  }

  private static let powersOfTen: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18,
  ]

  private static func converted(_ digits: [UInt8]) -> Double {
    strtod(String(decoding: digits, as: UTF8.self), nil)
  }

  // MARK: Grammar of numbers in strings

  private static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

  /// `text` less the white space before and behind it.
  private static func trimmed(_ text: [UInt8]) -> [UInt8] {
    var content: Range<Int>?
    var position = 0
    while position < text.count {
      let (isSpace, length) = Words.space(in: text.span, at: position)
      if !isSpace { content = (content?.lowerBound ?? position)..<(position + length) }
      position += length
    }
    return Array(text[content ?? 0..<0])
  }

  /// `bytes` less the underscores that stand between two digits; nil where one stands elsewhere.
  private static func withoutUnderscores(_ bytes: [UInt8]) -> [UInt8]? {
    guard bytes.contains(UInt8(ascii: "_")) else { return bytes }
    for index in bytes.indices where bytes[index] == UInt8(ascii: "_") {
      guard index > 0, index + 1 < bytes.count, isDigit(bytes[index - 1]), isDigit(bytes[index + 1])
      else { return nil }
    }
    return bytes.filter { $0 != UInt8(ascii: "_") }
  }

  /// Whether `bytes` is `digits[.digits][e[±]digits]` with a digit on one side of the point.
  private static func isDecimal(_ bytes: ArraySlice<UInt8>) -> Bool {
    var rest = bytes
    func skipDigits() -> Int {
      let count = rest.prefix(while: isDigit).count
      rest.removeFirst(count)
      return count
    }
    var digits = skipDigits()
    if rest.first == UInt8(ascii: ".") {
      rest.removeFirst()
      digits += skipDigits()
    }
    guard digits > 0 else { return false }
    if let byte = rest.first, byte | 0x20 == UInt8(ascii: "e") {
      rest.removeFirst()
      if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") { rest.removeFirst() }
      guard skipDigits() > 0 else { return false }
    }
    return rest.isEmpty
  }
}
