internal import Glibc

/// Unescaping of JSON strings that `JSONScanner` has found well formed.
enum JSONString {
  /// Writes the text of a string to `output` and returns its byte count.
  ///
  /// Lone surrogates, which JSON can hold and UTF-8 cannot, become three bytes each (WTF-8), so
  /// that texts differ here exactly where they differ in Python.
  ///
  /// - Parameter output: room for as many bytes as the string takes escaped.
  static func unescape(
    _ value: JSONValue, in base: UnsafePointer<UInt8>, to output: UnsafeMutablePointer<UInt8>
  ) -> (byteCount: Int, hasLoneSurrogate: Bool) {
    var written = 0
    var position = value.start
    var hasLoneSurrogate = false
    while position < value.end {
      let rest = value.end - position
      let run: Int
      if let next = memchr(base + position, Int32(UInt8(ascii: "\\")), rest) {
        run = UnsafeRawPointer(next) - UnsafeRawPointer(base + position)
      } else {
        run = rest
      }
      memcpy(output + written, base + position, run)
      written += run
      position += run
      guard position < value.end else { break }
      switch base[position + 1] {
      case UInt8(ascii: "n"): output[written] = 0x0A
      case UInt8(ascii: "t"): output[written] = 0x09
      case UInt8(ascii: "r"): output[written] = 0x0D
      case UInt8(ascii: "b"): output[written] = 0x08
      case UInt8(ascii: "f"): output[written] = 0x0C
      case UInt8(ascii: "u"):
        var scalar = codeUnit(at: base + position + 2)
        position += 6
        if scalar & 0xFC00 == 0xD800, value.end - position >= 6,
          base[position] == UInt8(ascii: "\\"), base[position + 1] == UInt8(ascii: "u")
        {
          let low = codeUnit(at: base + position + 2)
          if low & 0xFC00 == 0xDC00 {
            scalar = 0x10000 + ((scalar & 0x3FF) << 10) + (low & 0x3FF)
            position += 6
          }
        }
        if scalar & 0xFFFF_F800 == 0xD800 { hasLoneSurrogate = true }
        written += encode(scalar, to: output + written)
        continue
      case let literal: output[written] = literal
      }
      written += 1
      position += 2
    }
    return (written, hasLoneSurrogate)
  }

  /// The text of a string; lone surrogates become U+FFFD.
  static func text(of value: JSONValue, in base: UnsafePointer<UInt8>) -> [UInt8] {
    guard value.kind == .escapedString else {
      return Array(UnsafeBufferPointer(start: base + value.start, count: value.end - value.start))
    }
    return [UInt8](unsafeUninitializedCapacity: value.end - value.start) { buffer, count in
      guard let output = buffer.baseAddress else { return }
      let result = unescape(value, in: base, to: output)
      if result.hasLoneSurrogate { replaceLoneSurrogates(in: output, byteCount: result.byteCount) }
      count = result.byteCount
    }
  }

  /// Whether a string's text is `bytes`.
  static func bytes(
    of value: JSONValue, in base: UnsafePointer<UInt8>, equal bytes: [UInt8]
  ) -> Bool {
    guard value.kind == .plainString else { return text(of: value, in: base) == bytes }
    return value.end - value.start == bytes.count
      && memcmp(base + value.start, bytes, bytes.count) == 0
  }

  /// Makes well-formed UTF-8 of WTF-8: U+FFFD takes three bytes too.
  static func replaceLoneSurrogates(in bytes: UnsafeMutablePointer<UInt8>, byteCount: Int) {
    var index = 0
    while index + 2 < byteCount {
      if bytes[index] == 0xED, bytes[index + 1] >= 0xA0 {
        bytes[index] = 0xEF
        bytes[index + 1] = 0xBF
        bytes[index + 2] = 0xBD
        index += 3
      } else {
        index += 1
      }
    }
  }

  private static func codeUnit(at digits: UnsafePointer<UInt8>) -> UInt32 {
    var unit: UInt32 = 0
    for index in 0..<4 {
      let digit = digits[index]
      let value = digit < 0x40 ? digit &- 0x30 : (digit | 0x20) &- 0x57
      unit = unit << 4 | UInt32(value)
    }
    return unit
  }

  private static func encode(_ scalar: UInt32, to output: UnsafeMutablePointer<UInt8>) -> Int {
    func continuation(_ shift: UInt32) -> UInt8 { UInt8(0x80 | (scalar >> shift & 0x3F)) }
    switch scalar {
    case ..<0x80:
      output[0] = UInt8(scalar)
      return 1
    case ..<0x800:
      output[0] = UInt8(0xC0 | scalar >> 6)
      output[1] = continuation(0)
      return 2
    case ..<0x10000:
      output[0] = UInt8(0xE0 | scalar >> 12)
      output[1] = continuation(6)
      output[2] = continuation(0)
      return 3
    default:
      output[0] = UInt8(0xF0 | scalar >> 18)
      output[1] = continuation(12)
      output[2] = continuation(6)
      output[3] = continuation(0)
      return 4
    }
  }
}
