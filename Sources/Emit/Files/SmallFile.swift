internal import Hashing

/// A file that is written at once.
enum SmallFile {
  /// Creates the file and makes it durable.
  @discardableResult
  static func write(
    _ bytes: [UInt8], to path: String
  ) throws(EmitError) -> (byteCount: Int, digest: SHA256.Digest) {
    var file = try OutputFile(path: path)
    try file.write(bytes.span.bytes)
    return try file.finish()
  }
}
