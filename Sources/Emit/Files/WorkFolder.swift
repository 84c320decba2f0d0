internal import Glibc
internal import Records

/// A folder beside a target, in which it is made before it gets its name in one step.
///
/// It is named `NAME.partial-…` and holds a mark, written before anything else and removed after
/// everything else. The mark is locked while its process lives. So the next run can tell what a
/// dead one left behind and removes that, and nothing else: a folder is litter only if both its
/// name and the mark in it are of this program.
final class WorkFolder: Sendable {
  /// Where files are written.
  let path: String
  /// What the user should know of the lock; nil where all is well.
  let warning: Diagnostic?
  private let descriptor: Int32

  /// Makes the folder.
  ///
  /// - Parameter target: what is made; the folder it will be in is there.
  init(beside target: String) throws(EmitError) {
    for _ in 0..<Self.attempts {
      let path = WorkName(of: target).path
      guard mkdir(path, 0o777) == 0 else {
        if errno == EEXIST { continue }
        throw .system(.cannotCreate, "write beside this path", file: target, errno: errno)
      }
      do {
        guard let (descriptor, lock) = try Self.mark(path) else { continue }
        (self.path, self.descriptor) = (path, descriptor)
        warning = lock == nil ? Self.withoutLock(target) : nil
        return
      } catch {
        Self.remove(path)
        throw error
      }
    }
    throw EmitError(
      .cannotCreate, "cannot make a folder beside this path: others take each away", at: target,
      hint: "see what else works in the folder above it")
  }

  deinit { close(descriptor) }

  /// Removes the folder with all it holds, the mark last.
  func remove() { Self.remove(path) }

  // MARK: Parts

  private static let attempts = 16

  private static func withoutLock(_ target: String) -> Diagnostic {
    Diagnostic(
      .warning, "the file system has no locks (flock and fcntl fail)",
      at: SourceLocation(file: target),
      hint: "should this run be killed, remove \(FileSystem.name(of: target))"
        + "\(WorkName.infix)* beside it by hand if a later run on this machine does not",
      code: "no_file_locks")
  }

  /// Locks a new folder and writes its mark.
  ///
  /// - Returns: nil if another run took the folder for litter before it was locked.
  private static func mark(_ folder: String) throws(EmitError) -> (Int32, FileLock?)? {
    let path = folder + "/" + WorkMark.name
    let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else {
      if errno == ENOENT { return nil }
      throw .system(.cannotCreate, "write into this folder", file: folder, errno: errno)
    }
    var lock: FileLock?
    search: for kind in FileLock.allCases {
      switch kind.take(descriptor) {
      case .locked:
        lock = kind
        break search
      case .taken:
        close(descriptor)
        return nil
      case .unsupported: continue
      }
    }
    guard FileSystem.isSame(path, descriptor) else {
      close(descriptor)
      return nil
    }
    let text = Array(WorkMark(lock: lock, owner: .current).text.utf8)
    let written = text.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    guard written == text.count else {
      let number = written < 0 ? errno : ENOSPC
      close(descriptor)
      throw .system(.writeFailed, "write", file: path, errno: number)
    }
    return (descriptor, lock)
  }

  /// Removes such a folder with all it holds, the mark last.
  static func remove(_ path: String) {
    for name in FileSystem.names(in: path) where name != WorkMark.name {
      FileSystem.remove(path + "/" + name)
    }
    unlink(path + "/" + WorkMark.name)
    rmdir(path)
  }
}
