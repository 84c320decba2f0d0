/// Numbers of bytes as people write them.
enum ByteSize {
  private static let units: [(name: String, byteCount: Int)] = [
    ("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30),
    ("KB", 1_000), ("MB", 1_000_000), ("GB", 1_000_000_000),
  ]

  /// A regular expression (ECMA 262, for JSON Schema) for texts with a unit.
  static let pattern = #"^[0-9]+(\.[0-9]+)? ?(KiB|MiB|GiB|KB|MB|GB)$"#

  /// The bytes that a text with a unit means; nil if it is something else, or too large.
  static func byteCount(_ text: String) -> Int? {
    guard let unit = units.first(where: { text.utf8.count > 2 && text.hasSuffix($0.name) }) else {
      return nil
    }
    var number = text.dropLast(unit.name.utf8.count)
    if number.hasSuffix(" ") { number.removeLast() }
    guard let first = number.utf8.first, first != UInt8(ascii: "-"), first != UInt8(ascii: "+"),
      first != UInt8(ascii: "."), number.utf8.last != UInt8(ascii: ".")
    else { return nil }
    switch PlainScalar(String(number)) {
    case .int(let count):
      let (bytes, overflow) = count.multipliedReportingOverflow(by: unit.byteCount)
      return overflow ? nil : bytes
    case .double(let count?) where !number.utf8.contains { $0 | 0x20 == UInt8(ascii: "e") }:
      return Int(exactly: (count * Double(unit.byteCount)).rounded())
    default:
      return nil
    }
  }

  /// A number of bytes as it is written back: with the largest binary unit that divides it.
  static func value(of byteCount: Int) -> ConfigValue {
    guard let unit = units[..<3].last(where: { byteCount > 0 && byteCount % $0.byteCount == 0 })
    else { return .int(byteCount) }
    return .string("\(byteCount / unit.byteCount)\(unit.name)")
  }

  /// A number of bytes for a message.
  static func text(of byteCount: Int) -> String {
    if case .string(let text) = value(of: byteCount) { return text }
    return byteCount == 1 ? "1 byte" : "\(byteCount) bytes"
  }
}
