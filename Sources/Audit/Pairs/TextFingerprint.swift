internal import Hashing
internal import Ingest
internal import Text

/// Fingerprints by which texts are compared without being kept.
struct TextFingerprint: Hashable, Sendable {
  /// Of the bytes.
  var exact: UInt64
  /// Of the text in Unicode's composed form (NFC), with every run of white space as one space and
  /// none at the ends: the same for texts that look the same.
  var loose: UInt64

  init(_ text: [UInt8]) {
    exact = text.withUnsafeBytes { Fingerprint.of($0) }
    let collapsed = Words.collapsed(ComposedForm.of(text))
    loose = collapsed.withUnsafeBytes { Fingerprint.of($0) }
  }
}
