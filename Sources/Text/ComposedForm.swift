internal import Bytes
internal import CUTF8Proc
internal import Glibc

/// Unicode's composed form (NFC), the same for texts that look the same.
package enum ComposedForm {
  /// A text, which is valid UTF-8, in composed form.
  package static func of(_ text: [UInt8]) -> [UInt8] {
    isComposed(text.span) ? text : composed(text)
  }

  private static func composed(_ text: [UInt8]) -> [UInt8] {
    var form: UnsafeMutablePointer<UInt8>?
    let options = utf8proc_option_t(UTF8PROC_STABLE.rawValue | UTF8PROC_COMPOSE.rawValue)
    let count = text.withUnsafeBufferPointer {
      utf8proc_map($0.baseAddress, $0.count, &form, options)
    }
    defer { free(form) }
    guard count >= 0, let form else { preconditionFailure("a text that is not UTF-8") }
    return Array(UnsafeBufferPointer(start: form, count: count))
  }

  /// Whether composing can change nothing, told by ranges whose characters stand for themselves.
  package static func isComposed(_ text: Span<UInt8>) -> Bool {
    var position = 0
    // What is below begins no character beyond U+02FF, and most texts have none.
    while let start = text.firstIndex(ofAtLeast: 0xCC, from: position) {
      guard standsForItself(scalar(in: text, at: start)) else { return false }
      position = start + 1
    }
    return true
  }

  /// The code point that begins with a lead byte of two, three or four.
  private static func scalar(in text: Span<UInt8>, at position: Int) -> UInt32 {
    let lead = UInt32(text[position])
    func rest(_ offset: Int) -> UInt32 { UInt32(text[position + offset] & 0x3F) }
    switch lead {
    case ..<0xE0: return (lead & 0x1F) << 6 | rest(1)
    case ..<0xF0: return (lead & 0x0F) << 12 | rest(1) << 6 | rest(2)
    default: return (lead & 0x07) << 18 | rest(1) << 12 | rest(2) << 6 | rest(3)
    }
  }

  /// Latin; Greek, Cyrillic, Hebrew, Arabic and Thai letters; punctuation, arrows, signs; kana,
  /// ideographs, Hangul syllables; emoji.
  ///
  /// Marks that combine with what is before them are not among them.
  private static func standsForItself(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0..<0x300, 0x388..<0x483, 0x5D0..<0x5EB, 0x621..<0x63B, 0x641..<0x64B, 0xE00..<0xE80,
      0x1E00..<0x1E9B, 0x1EA0..<0x1F00, 0x2010..<0x2100, 0x2190..<0x2329, 0x232B..<0x2ADC,
      0x3000..<0x3099, 0x30A0..<0xA000, 0xAC00..<0xD7A4, 0xFF01..<0xFFF0, 0x1F300..<0x1FB00:
      true
    default: false
    }
  }
}
