internal import CLinux
internal import Glibc
package import Records

/// A place that the user named for a result: the one idea of it that all commands have.
///
/// A regular file is replaced in one step, behind a symbolic link too: a reader sees the old bytes
/// or the new ones. Open descriptors (`-`, `/dev/stdout`, `/dev/fd/N`), terminals and other
/// character devices, and FIFOs are written to. Everything else is refused before any work is done.
package struct OutputPath: Sendable, Equatable {
  /// How the bytes get there.
  private enum Way: Equatable {
    case descriptor(Int32)
    case device
    case file
  }

  /// What must not be replaced because the work reads it.
  package struct Source: Sendable {
    package var path: String
    /// What it is, as in "the configuration".
    package var role: String

    package init(_ path: String, role: String) {
      self.path = path
      self.role = role
    }
  }

  /// The path as the user wrote it.
  package let name: String
  /// Where links lead.
  private let path: String
  private let way: Way

  /// Looks at what is there.
  ///
  /// - Throws: where nothing can be written, or something would be lost.
  package init(_ name: String, sparing sources: [Source] = []) throws(EmitError) {
    self.name = name
    if let descriptor = Self.descriptor(name) {
      guard fcntl(descriptor, F_GETFL) >= 0, fcntl(descriptor, F_GETFL) & O_ACCMODE != O_RDONLY
      else {
        throw Self.refusal("this descriptor is not open for writing", name, "open it, as in 3>FILE")
      }
      (path, way) = (name, .descriptor(descriptor))
      return
    }
    if name.isEmpty { throw Self.refusal("this path is empty", name, "name a file") }
    if let flaw = PathSpelling.flaw(ofOutput: name) {
      throw Self.refusal("this path is not created", name, flaw)
    }
    path = try FileSystem.destination(of: name)
    // A link may lead to `/dev/stdout`.
    if let descriptor = Self.descriptor(path) {
      way = .descriptor(descriptor)
      return
    }
    way = try Self.way(to: path, named: name)
    if way == .file { try Self.check(path, named: name, sparing: sources) }
  }

  /// Whether the bytes go to standard output.
  package var isStandardOutput: Bool { way == .descriptor(STDOUT_FILENO) }

  /// Whether writing may wait for a reader.
  package var mayWait: Bool { way != .file }

  /// Whether both are one place.
  package func isSame(as other: OutputPath) -> Bool {
    if way != other.way { return false }
    if way == .file || way == .device {
      return path == other.path || FileSystem.areSame(path, other.path)
        || FileSystem.name(of: path) == FileSystem.name(of: other.path)
          && FileSystem.areSame(FileSystem.parent(of: path), FileSystem.parent(of: other.path))
    }
    return true
  }

  /// Whether a folder that will be made would be in the way: the same path, or one in the other.
  package func overlaps(folder: String) -> Bool {
    guard way == .file else { return false }
    var folder = folder
    while folder.count > 1, folder.hasSuffix("/") { folder.removeLast() }
    let (file, whole) = (FileSystem.absolutePath(path), FileSystem.absolutePath(folder))
    return file == whole || file.hasPrefix(whole + "/") || whole.hasPrefix(file + "/")
  }

  /// Writes all of a result.
  ///
  /// - Returns: what the user should know of how it was written.
  @discardableResult
  package func write(_ bytes: [UInt8]) throws -> [Diagnostic] {
    switch way {
    case .descriptor, .device: try write { try $0(bytes.span.bytes) }.warnings
    case .file: try replace { try SmallFile.write(bytes, to: $0) }.warnings
    }
  }

  /// Writes a result piece by piece, as it is made.
  ///
  /// - Parameter make: is given what takes the next piece, which may be called on any thread, one at
  ///   a time; all of the pieces have been taken when it returns.
  /// - Returns: what `make` returned, and what the user should know of how it was written.
  package func write<Value>(
    by make: (_ output: @escaping (RawSpan) throws -> Void) throws -> Value
  ) throws -> (value: Value, warnings: [Diagnostic]) {
    switch way {
    case .descriptor(let descriptor):
      let open = OpenOutputBox(OpenOutput(descriptor, path: name, closes: false))
      return (try make { try open.output.write($0) }, [])
    case .device:
      let open = OpenOutputBox(OpenOutput(try opened(), path: name, closes: true))
      return (try make { try open.output.write($0) }, [])
    case .file:
      return try replace { new in
        let open = OpenFileBox(try DataFile(path: new))
        let value = try make { try open.file?.write($0) }
        _ = try open.file.take()?.finish()
        return value
      }
    }
  }

  /// Whether a path names an open descriptor, such as standard output.
  package static func isDescriptor(_ path: String) -> Bool { descriptor(path) != nil }

  // MARK: Parts

  /// How long a FIFO waits for its reader, in steps of a twentieth of a second.
  private static let patience = 200

  private func opened() throws(EmitError) -> Int32 {
    for _ in 0..<Self.patience {
      let descriptor = open(path, O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
      if descriptor >= 0 {
        _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) & ~O_NONBLOCK)
        return descriptor
      }
      guard errno == ENXIO else {
        throw .system(.cannotCreate, "open it for writing", file: name, errno: errno)
      }
      usleep(50_000)
    }
    throw Self.refusal(
      "no program reads this FIFO", name, "start its reader first, which is waited for 10 s")
  }

  private final class OpenOutputBox {
    let output: OpenOutput
    init(_ output: consuming OpenOutput) { self.output = output }
  }

  private final class OpenFileBox {
    var file: DataFile?
    init(_ file: consuming DataFile) { self.file = consume file }
  }

  /// - Parameter write: makes the new file.
  private func replace<Value>(
    by write: (_ new: String) throws -> Value
  ) throws -> (value: Value, warnings: [Diagnostic]) {
    let work = try WorkFolder(beside: path)
    defer { work.remove() }
    let new = work.path + "/new"
    let value = try write(new)
    FileSystem.copyRights(of: path, to: new)
    guard rename(new, path) == 0 else {
      throw EmitError.system(.cannotCreate, "rename to this file", file: name, errno: errno)
    }
    try FileSystem.sync(folder: FileSystem.parent(of: path))
    return (value, (work.warning.map { [$0] } ?? []) + AbandonedWork.remove(beside: path))
  }

  private static func refusal(_ message: String, _ name: String, _ hint: String) -> EmitError {
    EmitError(.cannotCreate, message, at: name, hint: hint)
  }

  /// The number of an own descriptor that a path names; nil for all other paths.
  private static func descriptor(_ path: String) -> Int32? {
    switch path {
    case "-", "/dev/stdout": return STDOUT_FILENO
    case "/dev/stderr": return STDERR_FILENO
    default: break
    }
    let folders = ["/dev/fd/", "/proc/self/fd/", "/proc/thread-self/fd/", "/proc/\(getpid())/fd/"]
    guard let folder = folders.first(where: path.hasPrefix) else { return nil }
    return Int32(path.dropFirst(folder.count)).flatMap { $0 >= 0 ? $0 : nil }
  }

  private static func way(to path: String, named name: String) throws(EmitError) -> Way {
    var status = stat()
    guard stat(path, &status) == 0 else {
      guard errno == ENOENT else {
        throw .system(.cannotCreate, "write to this path", file: name, errno: errno)
      }
      if path.hasSuffix("/") {
        throw refusal("expected a file, found the name of a folder", name, "name a file in it")
      }
      return .file
    }
    switch status.st_mode & S_IFMT {
    case S_IFREG:
      // Another process' open file, which has no folder to write beside it.
      return FileSystem.isInProcesses(FileSystem.parent(of: path)) ? .device : .file
    case S_IFCHR, S_IFIFO:
      guard access(path, W_OK) == 0 else {
        throw .system(.cannotCreate, "write to this path", file: name, errno: errno)
      }
      return .device
    case S_IFDIR:
      throw refusal("expected a file, found a folder", name, "name a file in it")
    case S_IFSOCK:
      throw refusal(
        "expected a file, found a socket", name, "name a file, or pipe the result to a program")
    default:
      throw refusal(
        "expected a file, found a block device", name,
        "writing there would overwrite a disk; name a file")
    }
  }

  /// Whether a file can be made or replaced, and what would be lost.
  private static func check(
    _ path: String, named name: String, sparing sources: [Source]
  ) throws(EmitError) {
    let parent = FileSystem.parent(of: path)
    var (folder, file) = (stat(), stat())
    guard stat(parent, &folder) == 0 else {
      throw .system(.cannotCreate, "create the file", file: name, errno: errno)
    }
    guard folder.st_mode & S_IFMT == S_IFDIR else {
      throw .system(.cannotCreate, "create the file", file: name, errno: ENOTDIR)
    }
    guard access(parent, W_OK | X_OK) == 0 else {
      throw .system(.cannotCreate, "write into the folder above", file: name, errno: errno)
    }
    try FileSystem.checkHoldsFiles(parent, named: name)
    try SurroundingDataset.refuse(path, named: name)
    guard stat(path, &file) == 0 else { return }
    // In a folder like `/tmp`, only its owner replaces a file.
    let users = [0, file.st_uid, folder.st_uid]
    if folder.st_mode & S_ISVTX != 0, !users.contains(geteuid()) {
      throw refusal("this file is another user's", name, "name another path")
    }
    for source in sources where FileSystem.areSame(path, source.path) {
      throw refusal(
        "this is \(source.role), which is not overwritten", name, "name another path")
    }
  }
}
