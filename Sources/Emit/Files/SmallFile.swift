/// A file that is written at once.
enum SmallFile {
  /// Creates the file and makes it durable.
  static func write(_ bytes: [UInt8], to path: String) throws(EmitError) {
    var file = try OutputFile(path: path)
    try file.write(bytes.span.bytes)
    _ = try file.finish()
  }
}
