internal import Glibc
internal import Records

/// A folder that a run which died left beside its target, locked against others that would take it.
final class AbandonedWork {
  let path: String
  /// The mark's; -1 where the run died before it had one.
  private let descriptor: Int32

  private init(_ path: String, _ descriptor: Int32) {
    (self.path, self.descriptor) = (path, descriptor)
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Removes the folder with all it holds, the mark last.
  func remove() { WorkFolder.remove(path) }

  /// What is left beside a target.
  ///
  /// - Parameter doubt: called with folders of which nothing says whether their process lives.
  static func all(
    beside target: String, doubt: (String) -> Void = { _ in }
  ) -> [AbandonedWork] {
    FileSystem.names(in: FileSystem.parent(of: target)).compactMap { name in
      guard let path = WorkName(name, of: target)?.path else { return nil }
      switch State(of: path) {
      case .foreign, .alive: return nil
      case .unknown:
        doubt(path)
        return nil
      case .dead(let descriptor): return AbandonedWork(path, descriptor)
      }
    }
  }

  /// Removes what is left beside a target.
  ///
  /// - Parameter keeps: whether a folder is kept nevertheless.
  /// - Returns: what the user should know of folders that were not removed.
  static func remove(
    beside target: String, unless keeps: (String) -> Bool = { _ in false }
  ) -> [Diagnostic] {
    var warnings: [Diagnostic] = []
    for work in all(beside: target, doubt: { warnings.append(warning(of: $0)) })
    where !keeps(work.path) {
      work.remove()
    }
    return warnings
  }

  private static func warning(of path: String) -> Diagnostic {
    Diagnostic(
      .warning,
      "an unfinished output is left here, and without locks nothing says whether a run "
        + "still writes to it", at: SourceLocation(file: path),
      hint: "remove the folder if no run does", code: "unfinished_output")
  }

  private enum State {
    case foreign, alive, unknown
    case dead(Int32)

    init(of path: String) {
      // A folder of another user may change under our hands.
      guard FileSystem.isOwnFolder(path) else {
        self = .foreign
        return
      }
      let names = FileSystem.names(in: path)
      guard names.contains(WorkMark.name) else {
        self = names.isEmpty ? .dead(-1) : .foreign
        return
      }
      let file = path + "/" + WorkMark.name
      let descriptor = open(file, O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
      guard descriptor >= 0 else {
        self = .foreign
        return
      }
      let bytes = FileSystem.head(of: file, count: WorkMark.byteCount)
      let mark = WorkMark(bytes)
      if mark == nil, names.count > 1 || !WorkMark.isBegun(bytes) {
        self = .foreign
      } else {
        self = Self.state(mark, descriptor)
      }
      if case .dead = self, FileSystem.isSame(file, descriptor) { return }
      close(descriptor)
      if case .dead = self { self = .alive }
    }

    /// A mark that was only begun says nothing: its process may hold any lock.
    private static func state(_ mark: WorkMark?, _ descriptor: Int32) -> State {
      let kinds = mark.map { $0.lock.map { [$0] } ?? [] } ?? FileLock.allCases
      var isLocked = false
      for kind in kinds {
        switch kind.take(descriptor) {
        case .taken: return .alive
        case .locked: isLocked = true
        case .unsupported: continue
        }
      }
      if isLocked || mark?.owner?.isGone == true { return .dead(descriptor) }
      return .unknown
    }
  }
}
