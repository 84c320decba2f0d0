internal import CLinux
internal import Glibc

/// A lock on a file that goes with its process, however that ends.
///
/// Not every file system has every kind of lock: Lustre may be mounted without flock(2), and NFS
/// without a lock daemon has neither.
enum FileLock: String, CaseIterable {
  /// flock(2).
  case whole = "flock"
  /// A lock of the open file's bytes (fcntl(2), F_OFD_SETLK).
  case bytes = "fcntl"

  enum Outcome {
    case locked
    /// Another process has it.
    case taken
    case unsupported
  }

  /// How often a call that a signal interrupts is repeated before it counts as one that fails.
  private static let attempts = 16

  /// Takes the lock if it is free, without waiting.
  func take(_ descriptor: Int32) -> Outcome {
    for _ in 0..<Self.attempts {
      let status =
        switch self {
        case .whole: flock(descriptor, LOCK_EX | LOCK_NB)
        case .bytes: lock_open_file(descriptor)
        }
      if status == 0 { return .locked }
      switch errno {
      case EINTR: continue
      case EWOULDBLOCK, EACCES: return .taken
      default: return .unsupported
      }
    }
    return .unsupported
  }
}
