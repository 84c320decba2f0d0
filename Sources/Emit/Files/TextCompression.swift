/// How a file of text is compressed.
package enum TextCompression: String, CaseIterable, Sendable {
  case none, gzip, zstd

  /// What the file's name ends in.
  package var fileExtension: String {
    switch self {
    case .none: ""
    case .gzip: ".gz"
    case .zstd: ".zst"
    }
  }
}
