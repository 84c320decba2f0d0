internal import CLinux
internal import Glibc
internal import Records

/// A dataset's folder while it is written: beside its final name, and given that name in one step.
///
/// The folder `NAME.partial-…` is locked while its run lives, and the lock goes when the process
/// does, however it ends. So the next run can tell what a dead one left behind, and removes it.
package final class DatasetFolder: Sendable {
  /// Where the dataset will be.
  package let target: String
  /// Where its files are written.
  package let path: String
  private let lock: Int32
  private let replaces: Bool

  /// Makes the folder to write to.
  ///
  /// - Parameter overwrites: whether a dataset that is there may be replaced. A folder that holds
  ///   anything but a dataset of ours never is.
  package init(target: String, overwrites: Bool) throws(EmitError) {
    // Behind a link the dataset itself is replaced, not the link.
    let target = FileSystem.resolved(Self.trimmed(target))
    Self.restoreSetAside(target)
    replaces = try Self.check(target, overwrites: overwrites)
    let parent = FileSystem.parent(of: target)
    try FileSystem.createFolders(parent)
    Self.removeLitter(of: target)
    (path, lock) = try Self.makeLocked(beside: target)
    self.target = target
  }

  deinit { close(lock) }

  /// Gives the folder its final name, replacing the old dataset in the same step.
  package func commit() throws(EmitError) {
    for folder in [path] + FileSystem.names(in: path).map({ path + "/" + $0 })
    where FileSystem.kind(folder) == .folder {
      try FileSystem.sync(folder: folder)
    }
    // The target may have changed since the start of the run.
    let replaces = try Self.check(target, overwrites: replaces)
    if replaces {
      try exchange()
      // Now this is the old dataset.
      FileSystem.remove(path)
    } else {
      guard rename(path, target) == 0 else {
        throw .system(.cannotCreate, "rename the finished dataset", file: target, errno: errno)
      }
    }
    try FileSystem.sync(folder: FileSystem.parent(of: target))
  }

  /// Removes everything that was written.
  package func discard() { FileSystem.remove(path) }

  // MARK: Parts

  private static let mark = ".partial-"
  private static let setAside = ".dpo-prep-replaced"

  private static func trimmed(_ path: String) -> String {
    var path = path
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    return path
  }

  /// Whether there is a dataset to replace; an error where something else is in the way.
  private static func check(_ target: String, overwrites: Bool) throws(EmitError) -> Bool {
    switch FileSystem.kind(target) {
    case .missing: return false
    case .other:
      throw EmitError(
        .exists, "the output folder is a file", at: target,
        hint: "set output.dir to another path")
    case .folder:
      let names = FileSystem.names(in: target)
      if names.isEmpty { return false }
      guard overwrites else {
        throw EmitError(
          .exists, "the output folder exists and is not empty", at: target,
          hint: "set output.overwrite: true to replace it, or output.dir to another path")
      }
      guard names.contains("README.md"), isOurs(manifest: target + "/manifest.json") else {
        throw EmitError(
          .exists, "the output folder holds no dataset of dpo-prep, so it is not replaced",
          at: target, hint: "set output.dir to another path, or remove the folder yourself")
      }
      return true
    }
  }

  /// Whether a manifest is one of this program; other tools write files of that name, too.
  private static func isOurs(manifest: String) -> Bool {
    String(decoding: FileSystem.head(of: manifest), as: UTF8.self)
      .contains("\"tool\": \"dpo-prep\"")
  }

  private static func makeLocked(beside target: String) throws(EmitError) -> (String, Int32) {
    while true {
      let suffix = String(UInt32.random(in: 0...UInt32.max), radix: 36)
      let path = target + mark + suffix
      guard mkdir(path, 0o777) == 0 else {
        if errno == EEXIST { continue }
        throw .system(.cannotCreate, "create the output folder", file: path, errno: errno)
      }
      let lock = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
      // Another run may take the folder for litter before it is locked.
      if lock >= 0, flock(lock, LOCK_EX | LOCK_NB) == 0, FileSystem.kind(path) == .folder {
        return (path, lock)
      }
      if lock >= 0 { close(lock) }
      FileSystem.remove(path)
    }
  }

  /// Removes what runs that died have left beside the target.
  private static func removeLitter(of target: String) {
    let parent = FileSystem.parent(of: target)
    let prefix = FileSystem.name(of: target) + mark
    for name in FileSystem.names(in: parent) where name.hasPrefix(prefix) {
      let path = parent + "/" + name
      let lock = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
      guard lock >= 0 else { continue }
      defer { close(lock) }
      if flock(lock, LOCK_EX | LOCK_NB) == 0 { FileSystem.remove(path) }
    }
  }

  private func exchange() throws(EmitError) {
    if exchange_paths(path, target) == 0 { return }
    guard errno == EINVAL || errno == ENOSYS else {
      throw .system(.cannotCreate, "replace the old dataset", file: target, errno: errno)
    }
    // A file system that cannot exchange, such as NFS: two steps. Between them the old dataset has
    // another name, which the next run takes back.
    let old = target + Self.setAside
    guard rename(target, old) == 0 else {
      throw .system(.cannotCreate, "set the old dataset aside", file: target, errno: errno)
    }
    guard rename(path, target) == 0 else {
      let number = errno
      Self.restoreSetAside(target)
      throw .system(.cannotCreate, "replace the old dataset", file: target, errno: number)
    }
    FileSystem.remove(old)
  }

  /// Gives a dataset its name back that a run had set aside when it died, or removes it where the
  /// new one took its place.
  private static func restoreSetAside(_ target: String) {
    let old = target + setAside
    guard FileSystem.kind(old) == .folder else { return }
    if FileSystem.kind(target) == .missing {
      rename(old, target)
    } else {
      FileSystem.remove(old)
    }
  }
}
