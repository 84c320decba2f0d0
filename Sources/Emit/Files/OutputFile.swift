internal import CLinux
internal import Glibc
internal import Hashing
internal import Records

/// A new file that counts and digests what is written to it.
struct OutputFile: ~Copyable {
  private let descriptor: Int32
  private let path: String
  private var digest = SHA256()
  private(set) var byteCount = 0
  /// How many of the bytes are on their way to the disk.
  private var startedByteCount = 0

  private static let writebackStep = 8 << 20

  init(path: String) throws(EmitError) {
    self.path = path
    descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else {
      throw .system(.cannotCreate, "create the file", file: path, errno: errno)
    }
  }

  deinit { close(descriptor) }

  /// Writes all of `bytes`.
  mutating func write(_ bytes: RawSpan) throws(EmitError) {
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
    digest.update(bytes)
    byteCount += bytes.byteCount
    if byteCount - startedByteCount >= Self.writebackStep { startWriteback() }
  }

  /// Has the system begin to write to the disk what it holds, so that little is left at the end.
  ///
  /// No more than a hint: `fsync` is what makes the file durable.
  private mutating func startWriteback() {
    start_writeback(descriptor, Int64(startedByteCount), Int64(byteCount - startedByteCount))
    startedByteCount = byteCount
  }

  /// Makes what was written durable and returns its size and SHA-256.
  consuming func finish() throws(EmitError) -> (byteCount: Int, digest: SHA256.Digest) {
    guard fsync(descriptor) == 0 else {
      throw .system(.writeFailed, "sync", file: path, errno: errno)
    }
    return (byteCount, digest.finish())
  }
}
