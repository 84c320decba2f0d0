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

  /// The first bytes of a file; none where it cannot be read.
  static func head(of path: String) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return [] }
    defer { close(descriptor) }
    return [UInt8](unsafeUninitializedCapacity: 256) { bytes, count in
      count = max(0, read(descriptor, bytes.baseAddress, bytes.count))
    }
  }

  /// Makes a folder and those above it that are missing.
  static func createFolders(_ path: String) throws(EmitError) {
    if kind(path) == .folder { return }
    let parent = parent(of: path)
    if parent != path { try createFolders(parent) }
    guard mkdir(path, 0o777) == 0 || errno == EEXIST && kind(path) == .folder else {
      throw .system(.cannotCreate, "create the folder", file: path, errno: errno)
    }
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

  /// Gives a file another name, in place of one that has it.
  static func rename(_ path: String, to other: String) throws(EmitError) {
    guard Glibc.rename(path, other) == 0 else {
      throw .system(.cannotCreate, "rename to this file", file: other, errno: errno)
    }
  }

  /// Where a link leads to; the path itself where it is no link.
  static func resolved(_ path: String) -> String {
    var status = stat()
    guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFLNK,
      let resolved = realpath(path, nil)
    else { return path }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  static func parent(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  static func name(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
  }
}
