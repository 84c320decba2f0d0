internal import Glibc
internal import Records

/// A temporary file without a name: whatever ends the process, the file is gone.
struct SpillFile: ~Copyable {
  private let descriptor: Int32
  private let folder: String
  private var pending: [UInt8] = []
  private var byteCount = 0

  private static let blockSize = 1 << 16
  /// What says where the file is.
  private static let setting = "run.tmp_dir"

  init(folder: String) throws(EmitError) {
    self.folder = folder
    let template = folder + "/.dpo-prep-XXXXXX"
    var path = Array(template.utf8CString)
    descriptor = mkstemp(&path)
    guard descriptor >= 0 else {
      throw .system(
        .cannotCreate, "create a temporary file", file: folder, setting: Self.setting, errno: errno)
    }
    unlink(path)
  }

  deinit { close(descriptor) }

  /// Appends a piece that belongs to the prompt of this number.
  mutating func append(_ piece: TextPiece, prompt: UInt32) throws(EmitError) {
    piece.write(prompt: prompt, to: &pending)
    if pending.count >= Self.blockSize { try flush() }
  }

  /// Everything that was appended.
  mutating func contents() throws(EmitError) -> [UInt8] {
    try flush()
    var bytes = [UInt8](repeating: 0, count: byteCount)
    var position = 0
    while position < byteCount {
      let count = bytes.withUnsafeMutableBytes {
        pread(descriptor, $0.baseAddress?.advanced(by: position), byteCount - position, position)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        throw .system(
          .readFailed, "read a temporary file", file: folder, setting: Self.setting, errno: errno)
      }
      position += count
    }
    return bytes
  }

  private mutating func flush() throws(EmitError) {
    var position = 0
    while position < pending.count {
      let count = pending.withUnsafeBytes {
        write(descriptor, $0.baseAddress?.advanced(by: position), pending.count - position)
      }
      if count < 0 {
        if errno == EINTR { continue }
        throw .system(
          .writeFailed, "write a temporary file", file: folder, setting: Self.setting, errno: errno)
      }
      position += count
    }
    byteCount += pending.count
    pending.removeAll(keepingCapacity: true)
  }
}
