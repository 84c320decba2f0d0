internal import Glibc
internal import Hashing
internal import Records

/// A file that several processes may make at the same time, on one machine or on many that share a
/// file system: each writes it under a name of its own and then gives it its name in one step.
///
/// Their bytes are the same, so which of them is the last does not matter.
package enum SharedFile {
  /// What a file in the making is called, behind its name: `.partial-HOST-PID-TIME`.
  static let infix = ".partial-"

  /// What was written.
  package struct Written: Equatable, Sendable {
    package var byteCount: Int
    package var sha256: String
  }

  /// Makes a file, and the folders above it.
  ///
  /// - Parameter write: is given what takes the file's bytes.
  /// - Returns: What `write` returned, and what was written.
  package static func make<Value>(
    _ path: String, by write: (_ output: (RawSpan) throws -> Void) throws -> Value
  ) throws -> (value: Value, written: Written) {
    try make(at: path) { partial in
      let open = Open(try OutputFile(path: partial))
      let value = try write { try open.file?.write($0) }
      guard let (byteCount, digest) = try open.file.take()?.finish() else {
        preconditionFailure("a file ends once")
      }
      return (value, Written(byteCount: byteCount, sha256: digest.hexadecimal))
    }
  }

  /// Writes a small file.
  @discardableResult
  package static func write(_ bytes: [UInt8], to path: String) throws -> Written {
    try make(path) { output in try output(bytes.span.bytes) }.written
  }

  /// Makes something under a name of its own, and gives it its name once it is whole.
  ///
  /// - Parameter write: makes the file at the path that it is given, and makes it durable; it may
  ///   also make none.
  package static func make<Value>(at path: String, by write: (String) throws -> Value) throws
    -> Value
  {
    let folder = FileSystem.parent(of: path)
    try FileSystem.createFolders(folder)
    removeAbandoned(of: path)
    let partial = path + infix + mark
    do {
      let value = try write(partial)
      guard FileSystem.kind(partial) != .missing else { return value }
      guard rename(partial, path) == 0 else {
        throw EmitError.system(.cannotCreate, "rename the finished file", file: path, errno: errno)
      }
      try FileSystem.sync(folder: folder)
      return value
    } catch {
      unlink(partial)
      throw error
    }
  }

  /// Removes a file, if it is there.
  package static func remove(_ path: String) { unlink(path) }

  /// Removes what processes of this machine that are gone have left of any file below a folder.
  package static func removeAbandoned(below folder: String) {
    for path in FileSystem.files(below: folder) where isAbandoned(FileSystem.name(of: path)) {
      unlink(folder + "/" + path)
    }
  }

  // MARK: Names

  private final class Open {
    var file: OutputFile?
    init(_ file: consuming OutputFile) { self.file = consume file }
  }

  /// The machine, and on it the numbering of processes: containers may share the one alone.
  private static var host: String {
    var name = [CChar](repeating: 0, count: 256)
    let bytes = gethostname(&name, 255) == 0 ? name.prefix { $0 != 0 } : []
    let space = FileSystem.linkText(of: "/proc/self/ns/pid") ?? ""
    return String(decoding: bytes.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      .replacing("-", with: "_").replacing("/", with: "_") + "." + space.filter(\.isNumber)
  }

  private static var mark: String { "\(host)-\(getpid())-\(nanoseconds(CLOCK_REALTIME))" }

  private static func nanoseconds(_ clock: clockid_t) -> Int {
    var now = timespec()
    clock_gettime(clock, &now)
    return now.tv_sec * 1_000_000_000 + now.tv_nsec
  }

  private static func removeAbandoned(of path: String) {
    let start = FileSystem.name(of: path) + infix
    for name in FileSystem.names(in: FileSystem.parent(of: path))
    where name.hasPrefix(start) && isAbandoned(name) {
      unlink(FileSystem.sibling(name, of: path))
    }
  }

  /// Whether a name is that of a file in the making whose process, of this machine, is gone.
  private static func isAbandoned(_ name: String) -> Bool {
    guard let infix = name.ranges(of: infix).last else { return false }
    let parts = name[infix.upperBound...].split(separator: "-")
    guard parts.count == 3, parts[0] == host, let process = Int32(parts[1]), process > 0,
      let time = Int(parts[2])
    else { return false }
    // Containers count processes from 1, so a number may soon be that of another process.
    let age = nanoseconds(CLOCK_REALTIME) - time
    return Owner.hasEnded(process, after: Double(age) * 1e-9)
  }
}
