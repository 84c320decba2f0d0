/// JSON text under construction: UTF-8, minimal escapes, doubles in their shortest exact form.
struct JSONText {
  private(set) var bytes: [UInt8] = []

  /// Forgets the text, but not its memory.
  mutating func clear() { bytes.removeAll(keepingCapacity: true) }

  /// Makes room for so many bytes.
  mutating func reserve(_ byteCount: Int) { bytes.reserveCapacity(byteCount) }

  /// Appends text as it is.
  mutating func append(_ literal: StaticString) {
    bytes.append(
      contentsOf: UnsafeBufferPointer(start: literal.utf8Start, count: literal.utf8CodeUnitCount))
  }

  /// Appends text that is JSON already.
  mutating func append(_ json: [UInt8]) { bytes += json }

  /// Appends again what stands at `range`.
  mutating func appendCopy(of range: Range<Int>) { bytes += Array(bytes[range]) }

  /// Appends a string in quotes.
  mutating func append(string: some Collection<UInt8>) {
    let done: Void? = string.withContiguousStorageIfAvailable { append(text: $0) }
    if done == nil { Array(string).withUnsafeBufferPointer { append(text: $0) } }
  }

  /// Appends a string in quotes.
  mutating func append(string: String) { append(string: Array(string.utf8)) }

  /// Appends a whole number.
  mutating func append(_ number: Int) { bytes += String(number).utf8 }

  /// Appends a finite number, always with a point or an exponent; anything else becomes `null`.
  mutating func append(_ number: Double) {
    if number.isFinite { bytes += number.description.utf8 } else { append("null") }
  }

  private mutating func append(text: UnsafeBufferPointer<UInt8>) {
    bytes.append(UInt8(ascii: "\""))
    var plainStart = 0
    for index in text.indices {
      let byte = text[index]
      if byte >= 0x20, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") { continue }
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[plainStart..<index]))
      append(escape: byte)
      plainStart = index + 1
    }
    bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[plainStart...]))
    bytes.append(UInt8(ascii: "\""))
  }

  private mutating func append(escape byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""): append("\\\"")
    case UInt8(ascii: "\\"): append("\\\\")
    case 0x0A: append("\\n")
    case 0x0D: append("\\r")
    case 0x09: append("\\t")
    case 0x08: append("\\b")
    case 0x0C: append("\\f")
    default:
      let digits = Array("0123456789abcdef".utf8)
      append("\\u00")
      bytes.append(digits[Int(byte >> 4)])
      bytes.append(digits[Int(byte & 15)])
    }
  }
}
