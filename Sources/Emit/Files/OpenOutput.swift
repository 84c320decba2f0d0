internal import Glibc

/// An open descriptor that takes bytes.
struct OpenOutput: ~Copyable {
  private let descriptor: Int32
  private let path: String
  private let closes: Bool

  /// - Parameter closes: whether the descriptor is closed at the end.
  init(_ descriptor: Int32, path: String, closes: Bool) {
    self.descriptor = descriptor
    self.path = path
    self.closes = closes
  }

  deinit { if closes { close(descriptor) } }

  /// Writes all of `bytes`.
  func write(_ bytes: RawSpan) throws(EmitError) {
    var position = 0
    while position < bytes.byteCount {
      let rest = bytes.extracting(position..<bytes.byteCount)
      let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if written < 0 {
        if errno == EINTR { continue }
        throw .system(.writeFailed, "write", file: path, errno: errno)
      }
      position += written
    }
  }

  /// Makes what was written durable.
  func sync() throws(EmitError) {
    guard fsync(descriptor) == 0 else {
      throw .system(.writeFailed, "sync", file: path, errno: errno)
    }
  }
}
