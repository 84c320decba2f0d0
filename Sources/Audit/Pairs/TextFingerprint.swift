internal import Foundation
internal import Hashing
internal import Ingest

/// Fingerprints by which texts are compared without being kept.
struct TextFingerprint: Hashable, Sendable {
  /// Of the bytes.
  var exact: UInt64
  /// Of the text in Unicode's composed form (NFC), with every run of white space as one space and
  /// none at the ends: the same for texts that look the same.
  var loose: UInt64

  init(_ text: [UInt8]) {
    exact = text.withUnsafeBytes { Fingerprint.of($0) }
    let collapsed = Self.collapsed(Self.isComposed(text) ? text : Self.composed(text))
    loose = collapsed.withUnsafeBytes { Fingerprint.of($0) }
  }

  /// Whether composing can change nothing, told by ranges whose characters stand for themselves.
  private static func isComposed(_ text: [UInt8]) -> Bool {
    // Most texts have nothing beyond U+02FF; of others each character is looked at.
    guard text.contains(where: { $0 >= 0xCC }) else { return true }
    return String(decoding: text, as: UTF8.self).unicodeScalars.allSatisfy {
      switch $0.value {
      // Latin, Cyrillic letters, punctuation, kana, ideographs, Hangul syllables, emoji.
      case 0..<0x300, 0x400..<0x483, 0x2010..<0x2100, 0x3000..<0x3099, 0x30A0..<0x3100,
        0x4E00..<0xA000, 0xAC00..<0xD7A4, 0xFF01..<0xFFF0, 0x1F300..<0x1FB00:
        true
      default: false
      }
    }
  }

  private static func composed(_ text: [UInt8]) -> [UInt8] {
    Array(String(decoding: text, as: UTF8.self).precomposedStringWithCanonicalMapping.utf8)
  }

  private static func collapsed(_ text: [UInt8]) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(text.count)
    text.withUnsafeBufferPointer { text in
      var position = 0
      var isSpaceDue = false
      while position < text.count {
        let (isSpace, length) = Words.space(in: text, at: position)
        if isSpace {
          isSpaceDue = !output.isEmpty
        } else {
          if isSpaceDue { output.append(0x20) }
          isSpaceDue = false
          output.append(contentsOf: text[position..<position + length])
        }
        position += length
      }
    }
    return output
  }
}
