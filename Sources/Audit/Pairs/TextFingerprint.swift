internal import Bytes
internal import Hashing
internal import Ingest
internal import Text

/// Fingerprints by which texts are compared without being kept.
struct TextFingerprint: Hashable, Sendable {
  /// Of the bytes.
  var exact: UInt64
  /// Of the text in Unicode's composed form (NFC), with every run of white space as one space and
  /// none at the ends: the same for texts that look the same.
  ///
  /// 0 where texts are not compared.
  var loose: UInt64

  /// - Parameter isCompared: whether texts that look the same are to be found.
  init(_ text: Span<UInt8>, isCompared: Bool) {
    exact = Fingerprint.of(text.bytes)
    loose = isCompared ? Self.loose(text) : 0
  }

  private static func loose(_ text: Span<UInt8>) -> UInt64 {
    // Most texts are composed, and need no copy.
    let words =
      ComposedForm.isComposed(text)
      ? Words.collapsed(text) : Words.collapsed(ComposedForm.of([UInt8](copying: text)).span)
    return Fingerprint.of(words.span.bytes)
  }
}
