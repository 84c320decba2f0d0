internal import Hashing
internal import JSON
internal import Records

/// What is known of a file that has been written.
package struct WrittenFile: Equatable, Sendable {
  /// Relative to the dataset's folder.
  package var path: String
  /// Bytes on disk.
  package var byteCount: Int
  package var rows: Int
  /// The SHA-256 of the bytes on disk, in hexadecimal.
  package var sha256: String

  package init(path: String, byteCount: Int, rows: Int, sha256: String) {
    self.path = path
    self.byteCount = byteCount
    self.rows = rows
    self.sha256 = sha256
  }
}

/// A file of rows, compressed as they come.
struct CompressedFile: ~Copyable {
  private var file: DataFile
  private var compressor: any Compressor
  private let relativePath: String
  private(set) var rows = 0

  /// Creates the file at `path` in `folder`.
  static func create(
    folder: String, path: String, compression: TextCompression, workers: Int
  ) throws -> CompressedFile {
    let whole = folder + "/" + path
    return CompressedFile(
      file: try DataFile(path: whole),
      compressor: try compression.compressor(file: whole, workers: workers),
      relativePath: path)
  }

  private init(file: consuming DataFile, compressor: any Compressor, relativePath: String) {
    self.file = file
    self.compressor = compressor
    self.relativePath = relativePath
  }

  /// Writes the text of some rows, each of which ends in a line break.
  mutating func append(_ text: Span<UInt8>, rows count: Int) throws {
    try compress(text, isLast: false)
    rows += count
  }

  /// Ends the file.
  consuming func finish() throws -> WrittenFile {
    try compress(Span(), isLast: true)
    let path = relativePath
    let rows = rows
    let (byteCount, digest) = try file.finish()
    return WrittenFile(
      path: path, byteCount: byteCount, rows: rows, sha256: digest.hexadecimal)
  }

  private mutating func compress(_ text: Span<UInt8>, isLast: Bool) throws {
    try compressor.compress(text.bytes, isLast: isLast) { try file.write($0) }
  }
}
