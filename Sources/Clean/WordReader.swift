internal import Bytes
internal import Hashing
internal import Text

/// Reads texts as sequences of normalised words, each as a fingerprint.
///
/// 1. The text is brought into Unicode's composed form (NFC).
/// 2. A word is a run of letters, marks and numbers (general categories L, M and N). Everything else
///    stands between words: white space, punctuation, symbols.
/// 3. Of the scripts that are written without spaces (Han, kana, Thai, Lao, Burmese, Khmer) each letter
///    is a word, with the marks that follow it.
/// 4. Letters are lower-cased by Unicode's simple mapping, one code point for one.
///
/// So case, punctuation and white space tell no texts apart. The phrase search of open-instruct's
/// decontamination (allenai/open-instruct, decontamination/search.py, on the standard analyzer of
/// Elasticsearch) and OLMo's decon (allenai/decon, lower case without punctuation) take the same view;
/// datatrove (utils/text.py, `simplify_text`) also strips diacritics and takes all numbers for one,
/// which would make one task of two that differ in their numbers.
package struct WordReader: Sendable {
  /// The bytes of the word that is read.
  private var word: [UInt8] = []
  /// Whether that word is a letter that stands alone.
  private var isAlone = false

  package init() {}

  /// Appends the words of a text.
  ///
  /// - Parameter text: UTF-8, in which lone surrogates may stand as three bytes each.
  package mutating func append(_ text: Span<UInt8>, to words: inout [UInt64]) {
    guard !ComposedForm.isComposed(text) else { return split(text, into: &words) }
    let composed = ComposedForm.of(Self.withoutSurrogates(text))
    split(composed.span, into: &words)
  }

  private mutating func split(_ text: Span<UInt8>, into words: inout [UInt64]) {
    var position = 0
    while position < text.count {
      let lead = text[position]
      if lead < 0x80 {
        position += 1
        switch lead {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"):
          if isAlone { end(&words) }
          word.append(lead)
        case UInt8(ascii: "A")...UInt8(ascii: "Z"):
          if isAlone { end(&words) }
          word.append(lead | 0x20)
        default: end(&words)
        }
        continue
      }
      let (scalar, length) = CodePoints.scalar(in: text, at: position)
      position += length
      switch CodePointKind(scalar) {
      case .other: end(&words)
      case .mark: append(scalar)
      case .letter, .number:
        let standsAlone = Self.standsAlone(scalar)
        if isAlone || standsAlone { end(&words) }
        append(CodePointKind.lowercased(scalar))
        isAlone = standsAlone
      }
    }
    end(&words)
  }

  private mutating func end(_ words: inout [UInt64]) {
    guard !word.isEmpty else { return }
    words.append(Fingerprint.of(word.span.bytes))
    word.removeAll(keepingCapacity: true)
    isAlone = false
  }

  private mutating func append(_ scalar: UInt32) {
    guard let scalar = Unicode.Scalar(scalar) else { return }
    word.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
  }

  /// Whether a letter is of a script that is written without spaces between words.
  private static func standsAlone(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0xE00..<0xF00, 0x1000..<0x10A0, 0x1780..<0x1800, 0x2E80..<0x3000, 0x3005..<0x3008,
      0x3021..<0x3030, 0x3031..<0x3036, 0x3038..<0x303D, 0x3041..<0x3100, 0x31F0..<0x3200,
      0x3400..<0x4DC0, 0x4E00..<0xA000, 0xAA60..<0xAA80, 0xF900..<0xFB00, 0xFF66..<0xFFA0,
      0x1AFF0..<0x1B170, 0x20000..<0x32400:
      true
    default: false
    }
  }

  /// The text with U+FFFD, which also takes three bytes, in place of lone surrogates.
  private static func withoutSurrogates(_ text: Span<UInt8>) -> [UInt8] {
    var bytes = [UInt8](copying: text)
    for index in bytes.indices.dropLast(2) where bytes[index] == 0xED && bytes[index + 1] >= 0xA0 {
      (bytes[index], bytes[index + 1], bytes[index + 2]) = (0xEF, 0xBF, 0xBD)
    }
    return bytes
  }
}
