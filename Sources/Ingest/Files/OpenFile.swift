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

  /// Reads bytes from `offset` on into the front of `buffer`.
  ///
  /// - Returns: How many; 0 only at the end of the file or for an empty buffer.
  func read(
    at offset: Int, into buffer: UnsafeMutableRawBufferPointer
  ) throws(IngestError) -> Int {
    while true {
      let count = pread(descriptor, buffer.baseAddress, buffer.count, off_t(offset))
      if count >= 0 { return count }
      guard errno == EINTR else {
        throw SystemError.error("cannot read this file", number: errno, file: displayName)
      }
    }
  }

  /// Reads the bytes that come next into the front of `buffer`; of pipes too.
  ///
  /// - Returns: How many; 0 only at the end or for an empty buffer.
  func readNext(into buffer: UnsafeMutableRawBufferPointer) throws(IngestError) -> Int {
    while true {
      let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      if count >= 0 { return count }
      guard errno == EINTR else {
        throw SystemError.error("cannot read this file", number: errno, file: displayName)
      }
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
