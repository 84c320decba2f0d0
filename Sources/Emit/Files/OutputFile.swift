internal import CLinux
internal import Glibc
internal import Hashing
internal import Records

/// A new file that counts and digests what is written to it.
struct OutputFile: ~Copyable {
  private let descriptor: Int32
  private let output: OpenOutput
  private var digest = SHA256()
  private(set) var byteCount = 0
  /// How many of the bytes are on their way to the disk.
  private var startedByteCount = 0

  private static let writebackStep = 8 << 20

  init(path: String) throws(EmitError) {
    descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else {
      throw .system(.cannotCreate, "create the file", file: path, errno: errno)
    }
    output = OpenOutput(descriptor, path: path, closes: true)
  }

  /// Writes all of `bytes`.
  mutating func write(_ bytes: RawSpan) throws(EmitError) {
    try output.write(bytes)
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
    try output.sync()
    return (byteCount, digest.finish())
  }
}
