internal import Glibc

/// An open file that can be read at any place, by several readers at once.
///
/// It is closed when the last reference goes.
final class OpenFile: Sendable {
  private let descriptor: Int32
  /// The file as the user knows it, for errors.
  let displayName: String

  /// Opens a file for reading.
  init(path: String, displayName: String) throws(IngestError) {
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    self.displayName = displayName
    guard descriptor >= 0 else {
      throw SystemError.error("cannot open this file", number: errno, file: displayName)
    }
  }

  /// Takes over an open descriptor.
  init(adopting descriptor: Int32, displayName: String) {
    self.descriptor = descriptor
    self.displayName = displayName
  }

  deinit { close(descriptor) }

  /// Appends bytes from `offset` on to what there is room for.
  ///
  /// - Returns: How many; 0 only at the end of the file or where there is no room.
  func append(
    at offset: Int, atMost limit: Int = .max, to room: inout OutputSpan<UInt8>
  ) throws(IngestError) -> Int {
    try room.withUnsafeMutableBufferPointer { (buffer, filled) throws(IngestError) in
      let rest = buffer[filled...].prefix(limit)
      guard let base = rest.base.baseAddress else { return 0 }
      while true {
        let count = pread(descriptor, base + rest.startIndex, rest.count, off_t(offset))
        if count >= 0 {
          filled += count
          return count
        }
        guard errno == EINTR else {
          throw SystemError.error("cannot read this file", number: errno, file: displayName)
        }
      }
    }
  }

  /// Fills the room there is with bytes from `offset` on, but for what is behind the file's end.
  func fill(_ room: inout OutputSpan<UInt8>, from offset: Int) throws(IngestError) {
    var place = offset
    while !room.isFull {
      let count = try append(at: place, to: &room)
      guard count > 0 else { return }
      place += count
    }
  }

  /// The file's size in bytes at this moment.
  func byteCount() throws(IngestError) -> Int {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      throw SystemError.error("cannot read this file's size", number: errno, file: displayName)
    }
    return Int(status.st_size)
  }
}
