internal import CLinux
internal import Glibc
internal import Records

/// The few file-system calls that writing a dataset takes, with errors in words.
enum FileSystem {
  /// Whether a path exists, and what it is.
  enum Kind { case missing, folder, other }

  static func kind(_ path: String) -> Kind {
    var status = stat()
    guard stat(path, &status) == 0 else { return .missing }
    return status.st_mode & S_IFMT == S_IFDIR ? .folder : .other
  }

  /// The nearest folder or file above a path that is there.
  static func nearestFolder(above path: String) -> String {
    var path = parent(of: path)
    while kind(path) == .missing, path != parent(of: path) { path = parent(of: path) }
    return path
  }

  /// Throws where nothing can be made in a folder.
  static func checkWritable(_ folder: String) throws(EmitError) {
    let kind = kind(folder)
    guard kind == .folder else {
      throw .system(
        .cannotCreate, "write into this folder", file: folder,
        errno: kind == .missing ? ENOENT : ENOTDIR)
    }
    guard access(folder, W_OK | X_OK) == 0 else {
      throw .system(.cannotCreate, "write into this folder", file: folder, errno: errno)
    }
    try checkHoldsFiles(folder, named: folder)
  }

  /// Throws where a folder is one of those in which the kernel shows itself, whatever its rights say.
  static func checkHoldsFiles(_ folder: String, named name: String) throws(EmitError) {
    guard is_of_kernel(folder) == 1 else { return }
    throw EmitError(
      .cannotCreate, "no file can be made here, where the kernel shows its own state", at: name,
      hint: "name a path on a disk")
  }

  /// The names in a folder, sorted; empty where it cannot be read.
  static func names(in folder: String) -> [String] {
    guard let handle = opendir(folder) else { return [] }
    defer { closedir(handle) }
    var names: [String] = []
    while let entry = readdir(handle) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// The first bytes of a regular file; none where it cannot be read.
  static func head(of path: String, count limit: Int) -> [UInt8] {
    // Opening a FIFO would wait for its writer.
    let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { return [] }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return [] }
    var bytes: [UInt8] = []
    var part = [UInt8](repeating: 0, count: min(limit, 1 << 16))
    while bytes.count < limit {
      let count = Glibc.read(descriptor, &part, min(part.count, limit - bytes.count))
      if count <= 0 { break }
      bytes += part[..<count]
    }
    return bytes
  }

  /// Reads a file from beginning to end.
  static func read(_ path: String, _ body: (RawSpan) throws -> Void) throws {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw EmitError.system(.readFailed, "open the file", file: path, errno: errno)
    }
    defer { close(descriptor) }
    var part = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      let count = Glibc.read(descriptor, &part, part.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else {
        throw EmitError.system(.readFailed, "read", file: path, errno: errno)
      }
      if count == 0 { return }
      try body(part.span.bytes.extracting(0..<count))
    }
  }

  /// What a symbolic link says; nil for all else.
  static func linkText(of path: String) -> String? {
    var text = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = readlink(path, &text, text.count)
    return count < 0
      ? nil : String(decoding: text[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Whether an open file is the one of this name.
  static func isSame(_ path: String, _ descriptor: Int32) -> Bool {
    var (named, opened) = (stat(), stat())
    return lstat(path, &named) == 0 && fstat(descriptor, &opened) == 0
      && named.st_dev == opened.st_dev && named.st_ino == opened.st_ino
  }

  /// Whether two names are of one file or folder, links followed.
  static func areSame(_ path: String, _ other: String) -> Bool {
    var (first, second) = (stat(), stat())
    return stat(path, &first) == 0 && stat(other, &second) == 0
      && first.st_dev == second.st_dev && first.st_ino == second.st_ino
  }

  /// Gives a file the rights, and as far as allowed the owner, of one that it takes the place of.
  static func copyRights(of path: String, to new: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return }
    _ = chown(new, status.st_uid, status.st_gid)
    chmod(new, status.st_mode & 0o777)
  }

  /// The absolute path without links; nil where nothing is there.
  static func realPath(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  /// The absolute path without links, as far as something is there.
  static func absolutePath(_ path: String) -> String {
    if let real = realPath(path) { return real }
    let above = absolutePath(parent(of: path))
    return (above == "/" ? "" : above) + "/" + name(of: path)
  }

  /// Whether a path is a folder, no link to one, of the user whose rights this process has.
  static func isOwnFolder(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
      && status.st_uid == geteuid()
  }

  /// The paths of everything below a folder that is not a folder itself.
  static func files(below folder: String, at prefix: String = "") -> [String] {
    names(in: folder + "/" + prefix).flatMap { name in
      let path = prefix + name
      return isFolder(folder + "/" + path) ? files(below: folder, at: path + "/") : [path]
    }
  }

  /// Whether a path is a folder and no link to one.
  private static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// Makes a folder and those above it that are missing.
  ///
  /// - Returns: those that were made, the outermost first.
  @discardableResult
  static func createFolders(_ path: String) throws(EmitError) -> [String] {
    if kind(path) == .folder { return [] }
    let parent = parent(of: path)
    let created = parent == path ? [] : try createFolders(parent)
    if mkdir(path, 0o777) == 0 { return created + [path] }
    guard errno == EEXIST, kind(path) == .folder else {
      let number = errno
      for folder in created.reversed() { rmdir(folder) }
      throw .system(.cannotCreate, "create the folder", file: path, errno: number)
    }
    return created
  }

  /// Removes a file or a folder with all it holds, as far as that is possible.
  static func remove(_ path: String) {
    var status = stat()
    guard lstat(path, &status) == 0 else { return }
    if status.st_mode & S_IFMT == S_IFDIR {
      for name in names(in: path) { remove(path + "/" + name) }
      rmdir(path)
    } else {
      unlink(path)
    }
  }

  /// Makes a folder's entries durable.
  static func sync(folder: String) throws(EmitError) {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw .system(.writeFailed, "open the folder", file: folder, errno: errno)
    }
    defer { close(descriptor) }
    // Some file systems cannot sync a folder; then there is nothing more to be done.
    guard fsync(descriptor) == 0 || errno == EINVAL else {
      throw .system(.writeFailed, "sync the folder", file: folder, errno: errno)
    }
  }

  /// Where a path leads through symbolic links, whether or not something is there.
  ///
  /// The folders on the way are left to the system, and links of `/proc`, whose texts are not paths,
  /// are not followed.
  static func destination(of path: String) throws(EmitError) -> String {
    var destination = path
    for _ in 0..<40 {
      if ["", ".", ".."].contains(name(of: destination)), let real = realPath(destination) {
        return real
      }
      guard !isInProcesses(parent(of: destination)), let text = linkText(of: destination) else {
        return destination
      }
      destination = text.hasPrefix("/") ? text : parent(of: destination) + "/" + text
      while destination.count > 1, destination.hasSuffix("/") { destination.removeLast() }
    }
    throw .system(.cannotCreate, "follow the link", file: path, errno: ELOOP)
  }

  /// Whether a folder is of the file system that shows processes.
  static func isInProcesses(_ folder: String) -> Bool { is_in_proc(folder) == 1 }

  static func parent(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// The path of another name in the folder that a path is in.
  static func sibling(_ name: String, of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[...$0]) + name } ?? name
  }

  static func name(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
  }
}
