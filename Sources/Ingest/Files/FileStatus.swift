internal import Glibc

/// What the file system says about a path, symbolic links followed.
struct FileStatus {
  enum Kind {
    case regular, folder, stream
  }

  /// What makes two paths the same file.
  struct Identity: Hashable {
    let device: UInt64
    let node: UInt64
  }

  let kind: Kind
  let byteCount: Int
  let identity: Identity

  /// Looks a path up; nil if there is nothing.
  init?(_ path: String) throws(IngestError) {
    var status = stat()
    guard stat(path, &status) == 0 else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw SystemError.error("cannot look at this file", number: errno, file: path)
    }
    switch status.st_mode & S_IFMT {
    case S_IFREG: kind = .regular
    case S_IFDIR: kind = .folder
    default: kind = .stream
    }
    byteCount = Int(status.st_size)
    identity = Identity(device: UInt64(status.st_dev), node: UInt64(status.st_ino))
  }

  /// The names in a folder but `.` and `..`, sorted by their bytes.
  static func names(inFolder path: String) throws(IngestError) -> [String] {
    guard let directory = opendir(path) else {
      throw SystemError.error("cannot list this folder", number: errno, file: path)
    }
    defer { closedir(directory) }
    var names = [String]()
    while true {
      errno = 0
      guard let entry = readdir(directory) else {
        guard errno == 0 else {
          throw SystemError.error("cannot list this folder", number: errno, file: path)
        }
        return names.sorted(by: ByteOrder.areInIncreasingOrder)
      }
      // A name that is not UTF-8 comes out changed and then fails to open, which is reported.
      let name = withUnsafePointer(to: &entry.pointee.d_name) { field in
        field.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
  }
}

/// The order of names by their bytes, which no locale and no Unicode version changes.
enum ByteOrder {
  static func areInIncreasingOrder(_ first: String, _ second: String) -> Bool {
    first.utf8.lexicographicallyPrecedes(second.utf8)
  }
}
