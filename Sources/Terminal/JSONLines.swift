internal import Glibc
internal import JSON
internal import Synchronization

/// A descriptor that takes one JSON object a line.
package final class JSONLines: Sendable {
  /// Stages report from several threads, and lines stay whole.
  private let lock = Mutex(())
  let descriptor: Int32

  init(_ descriptor: Int32) { self.descriptor = descriptor }

  func write(_ object: JSONValue) {
    let line = object.compact + [UInt8(ascii: "\n")]
    lock.withLock { _ in
      var position = 0
      while position < line.count {
        let written = line.withUnsafeBytes { bytes in
          Glibc.write(descriptor, bytes.baseAddress?.advanced(by: position), bytes.count - position)
        }
        if written < 0, errno == EINTR { continue }
        // The reader is gone: nothing can be reported.
        guard written >= 0 else { return }
        position += written
      }
    }
  }
}
