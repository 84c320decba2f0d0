/// How Arrow reads strings as values of other types.
enum LoaderText {
  /// Whether it is a date, alone or with a time to the second, by Arrow's rules.
  ///
  /// Fractions of seconds are none, so such strings stay strings.
  static func isTimestamp(_ text: [UInt8]) -> Bool {
    guard text.count >= 10, text[4] == dash, text[7] == dash,
      let year = number(text[0..<4]), let month = number(text[5..<7]),
      let day = number(text[8..<10]), (1...12).contains(month), day >= 1,
      day <= days(month, year)
    else { return false }
    guard text.count > 10 else { return true }
    guard text[10] == UInt8(ascii: "T") || text[10] == space else { return false }
    var time = text[11...]
    // The zone: Z, or hours and perhaps minutes.
    if time.last == UInt8(ascii: "Z") {
      time = time.dropLast()
    } else if let sign = time.lastIndex(where: { $0 == dash || $0 == plus }) {
      let zone = time[(sign + 1)...]
      time = time[..<sign]
      let digits = zone.count == 5 ? zone.prefix(2) + zone.suffix(2) : zone
      guard zone.count != 5 || zone[zone.startIndex + 2] == colon,
        digits.count == 2 || digits.count == 4, let hour = number(digits.prefix(2)), hour < 24,
        digits.count == 2 || (number(digits.suffix(2)) ?? 60) < 60
      else { return false }
    }
    let parts = time.split(separator: colon, omittingEmptySubsequences: false)
    guard (1...3).contains(parts.count), parts.allSatisfy({ $0.count == 2 }) else { return false }
    let limits = [24, 60, 60]
    return zip(parts, limits).allSatisfy { part, limit in (number(part) ?? limit) < limit }
  }

  /// Whether it is a whole number of 64 bits.
  static func isInteger(_ text: [UInt8]) -> Bool {
    if text.starts(with: [0x30, 0x78]) || text.starts(with: [0x30, 0x58]) {
      return (3...18).contains(text.count)
        && text.dropFirst(2).allSatisfy { isDigit($0) || (0x61...0x66).contains($0 | 0x20) }
    }
    let digits = text.first == dash ? text.dropFirst() : text[...]
    return !digits.isEmpty && text.count < 64 && digits.allSatisfy(isDigit)
      && Int64(String(decoding: text, as: UTF8.self)) != nil
  }

  /// Whether it is a number.
  static func isNumber(_ text: [UInt8]) -> Bool {
    guard (1...400).contains(text.count) else { return false }
    let unsigned = text.first == dash || text.first == plus ? text.dropFirst() : text[...]
    let lowercase = unsigned.map { $0 | 0x20 }
    if ["nan", "inf", "infinity"].contains(where: { lowercase.elementsEqual($0.utf8) }) {
      return true
    }
    guard let first = unsigned.first, isDigit(first) || first == UInt8(ascii: "."),
      !lowercase.contains(UInt8(ascii: "x"))
    else { return false }
    return Double(String(decoding: unsigned, as: UTF8.self)) != nil
      || unsigned.last == UInt8(ascii: ".") && unsigned.dropLast().allSatisfy(isDigit)
        && unsigned.count > 1
  }

  /// Whether it is a truth value.
  static func isTruth(_ text: [UInt8]) -> Bool {
    guard (1...5).contains(text.count) else { return false }
    if text == [0x30] || text == [0x31] { return true }
    let lowercase = text.map { $0 | 0x20 }
    return lowercase.elementsEqual("true".utf8) || lowercase.elementsEqual("false".utf8)
  }

  private static let dash = UInt8(ascii: "-")
  private static let plus = UInt8(ascii: "+")
  private static let colon = UInt8(ascii: ":")
  private static let space = UInt8(ascii: " ")

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  /// The value of digits; nil where there are others among them.
  private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
    guard !digits.isEmpty, digits.allSatisfy(isDigit) else { return nil }
    return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
  }

  private static func days(_ month: Int, _ year: Int) -> Int {
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
  }
}
