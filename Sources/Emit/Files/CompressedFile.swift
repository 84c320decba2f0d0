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
  private var file: OutputFile
  private var compressor: any Compressor
  private let relativePath: String
  private var pending = JSONText()
  private(set) var rows = 0

  /// What is collected before it is compressed.
  private static let blockSize = 1 << 18

  /// Creates the file at `path` in `folder`.
  static func create(
    folder: String, path: String, compression: Compression, workers: Int
  ) throws(EmitError) -> CompressedFile {
    let whole = folder + "/" + path
    let compressor: any Compressor =
      switch compression {
      case .none: NoCompressor()
      case .gzip: try GzipCompressor(file: whole)
      case .zstd: try ZstdCompressor(file: whole, workers: workers)
      }
    return CompressedFile(
      file: try OutputFile(path: whole), compressor: compressor, relativePath: path)
  }

  private init(file: consuming OutputFile, compressor: any Compressor, relativePath: String) {
    self.file = file
    self.compressor = compressor
    self.relativePath = relativePath
    pending.reserve(Self.blockSize + (1 << 16))
  }

  /// Writes one row: what `encode` appends, which ends in a line break.
  mutating func appendRow(_ encode: (inout JSONText) -> Void) throws(EmitError) {
    encode(&pending)
    rows += 1
    if pending.count >= Self.blockSize { try flush(isLast: false) }
  }

  /// Ends the file.
  consuming func finish() throws(EmitError) -> WrittenFile {
    try flush(isLast: true)
    let path = relativePath
    let rows = rows
    let (byteCount, digest) = try file.finish()
    return WrittenFile(
      path: path, byteCount: byteCount, rows: rows, sha256: digest.hexadecimal)
  }

  private mutating func flush(isLast: Bool) throws(EmitError) {
    try pending.withBytes { (bytes) throws(EmitError) in
      try compressor.compress(bytes.bytes, isLast: isLast) {
        (piece) throws(EmitError) in try file.write(piece)
      }
    }
    pending.clear()
  }
}
