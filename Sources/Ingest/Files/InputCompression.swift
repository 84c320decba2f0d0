/// The compressed formats that are read.
package enum InputCompression: String, CaseIterable, Sendable {
  case gzip, zstd, xz, bzip2, lz4

  /// The command that checks a file of this format.
  var checkCommand: String { "\(rawValue) -t" }
}
