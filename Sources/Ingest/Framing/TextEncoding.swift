internal import Records

/// What can be said of a text's encoding from its first bytes.
enum TextEncoding {
  /// The byte order mark that some programs write in front of UTF-8.
  static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// How many bytes ``refuseWide(_:name:)`` looks at.
  static let prefixCount = 4

  /// Refuses UTF-16 and UTF-32, which begin with a byte order mark, or with a character of ASCII
  /// and zeros.
  static func refuseWide(_ bytes: Span<UInt8>, name: String) throws(IngestError) {
    guard bytes.count >= 2 else { return }
    let first = (bytes[0], bytes[1])
    let isWide =
      first == (0xFF, 0xFE) || first == (0xFE, 0xFF) || (first.0 == 0) != (first.1 == 0)
      || (bytes.count >= 4 && first == (0, 0) && (bytes[2] != 0 || bytes[3] != 0))
    guard isWide else { return }
    throw IngestError(
      .unsupported, "this text is in UTF-16 or UTF-32, not in UTF-8",
      at: SourceLocation(file: name),
      hint: "convert it with `iconv -f UTF-16 -t UTF-8 FILE`")
  }
}
