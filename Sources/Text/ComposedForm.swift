internal import Bytes
internal import CUTF8Proc
internal import Glibc

/// Unicode's composed form (NFC), the same for texts that look the same.
package enum ComposedForm {
  /// A text, which is valid UTF-8, in composed form.
  ///
  /// Only what stands around characters that composing may change is looked at; mostly there are
  /// none.
  package static func of(_ text: [UInt8]) -> [UInt8] {
    guard let first = nextPiece(in: text.span, from: 0) else { return text }
    var output: [UInt8] = []
    output.reserveCapacity(text.count)
    var piece: Range<Int>? = first
    var position = 0
    while let range = piece {
      output += text[position..<range.lowerBound]
      appendComposed(text[range], to: &output)
      position = range.upperBound
      piece = nextPiece(in: text.span, from: position)
    }
    output += text[position...]
    return output
  }

  /// Whether composing can change nothing, judged by ranges whose characters stand for themselves.
  package static func isComposed(_ text: Span<UInt8>) -> Bool {
    nextPiece(in: text, from: 0) == nil
  }

  /// The next characters that composing may change, with the one before them, which they may
  /// combine with.
  ///
  /// What stands for itself never combines with what is before it, so each such piece is composed
  /// on its own.
  private static func nextPiece(in text: Span<UInt8>, from begin: Int) -> Range<Int>? {
    var position = begin
    // What is below begins no character beyond U+02FF, and most texts have none.
    while let start = text.firstIndex(ofAtLeast: 0xCC, from: position) {
      let (scalar, length) = CodePoints.scalar(in: text, at: start)
      guard standsForItself(scalar) else {
        var end = start + length
        while end < text.count {
          let (next, length) = CodePoints.scalar(in: text, at: end)
          if standsForItself(next) { break }
          end += length
        }
        var base = start
        while base > begin {
          base -= 1
          if text[base] & 0xC0 != 0x80 { break }
        }
        return base..<end
      }
      position = start + length
    }
    return nil
  }

  private static func appendComposed(_ text: ArraySlice<UInt8>, to output: inout [UInt8]) {
    var form: UnsafeMutablePointer<UInt8>?
    let options = utf8proc_option_t(UTF8PROC_STABLE.rawValue | UTF8PROC_COMPOSE.rawValue)
    let count = text.withUnsafeBufferPointer {
      utf8proc_map($0.baseAddress, $0.count, &form, options)
    }
    defer { free(form) }
    guard count >= 0, let form else { preconditionFailure("a text that is not UTF-8") }
    output += UnsafeBufferPointer(start: form, count: count)
  }

  /// Latin; Greek, Cyrillic, Hebrew, Arabic and Thai letters; punctuation, joiners and variation
  /// selectors, arrows, signs; kana, ideographs, Hangul syllables; emoji.
  ///
  /// Marks that combine with what is before them are not among them.
  package static func standsForItself(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0..<0x300, 0x388..<0x483, 0x5D0..<0x5EB, 0x621..<0x63B, 0x641..<0x64B, 0xE00..<0xE38,
      0xE3F..<0xE48, 0xE4C..<0xE80, 0x1E00..<0x1E9B, 0x1EA0..<0x1F00, 0x2002..<0x20D0,
      0x2190..<0x2329, 0x232B..<0x2ADC, 0x3000..<0x302A, 0x3030..<0x3099, 0x30A0..<0xA000,
      0xAC00..<0xD7A4, 0xFE00..<0xFE10, 0xFF01..<0xFFF0, 0x1F000..<0x1FB00:
      true
    default: false
    }
  }
}
