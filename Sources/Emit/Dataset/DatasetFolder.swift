internal import CLinux
internal import Glibc
package import Records

/// A dataset's folder while it is written: beside its final name, and given that name in one step.
package final class DatasetFolder: Sendable {
  /// Where the dataset will be.
  package let target: String
  /// Where its files are written.
  package let path: String
  private let work: WorkFolder
  /// The folders above it that were made for it, the outermost first.
  private let created: [String]
  private let overwrites: Bool

  /// Makes the folder to write to.
  ///
  /// - Parameter overwrites: whether a dataset that is there may be replaced. A folder that holds
  ///   anything but a dataset of ours never is.
  package init(target name: String, overwrites: Bool) throws(EmitError) {
    // Behind a link the dataset itself is replaced, not the link.
    target = try Self.destination(of: name)
    self.overwrites = overwrites
    Self.restoreSetAside(target)
    try Self.checkPlace(target, overwrites: overwrites)
    created = try FileSystem.createFolders(FileSystem.parent(of: target))
    do {
      work = try WorkFolder(beside: target)
    } catch {
      for folder in created.reversed() { rmdir(folder) }
      throw error
    }
    path = work.path + "/new"
    try FileSystem.createFolders(path)
  }

  /// What the user should know of the folder; nil where all is well.
  package var warning: Diagnostic? { work.warning }

  /// Throws where a file that is read would go with the old dataset.
  package func refuseInside(_ paths: [String]) throws(EmitError) {
    guard let whole = FileSystem.realPath(target) else { return }
    for path in paths where FileSystem.realPath(path)?.hasPrefix(whole + "/") == true {
      throw EmitError(
        .exists, "this input is in the output folder, which is to be replaced", at: path,
        hint: "set output.dir to another path")
    }
  }

  /// Why no dataset can be written to a place, as far as that is known without writing; nil where
  /// nothing is in the way.
  package static func obstacle(to name: String, overwrites: Bool) -> EmitError? {
    do throws(EmitError) {
      try checkPlace(try destination(of: name), overwrites: overwrites)
      return nil
    } catch {
      return error
    }
  }

  /// Why nothing can be written into a folder; nil where nothing is in the way.
  package static func obstacle(toFilesIn folder: String) -> EmitError? {
    do throws(EmitError) {
      try SurroundingDataset.refuse(folder + "/file", named: folder)
      try FileSystem.checkWritable(folder)
      return nil
    } catch {
      return error
    }
  }

  /// Removes what runs that died have left beside the target.
  ///
  /// - Returns: what the user should know of folders that were not removed.
  package func removeLitter() -> [Diagnostic] { Self.removeLitter(beside: target) }

  /// Removes what runs that died have left beside a dataset.
  ///
  /// - Returns: what the user should know of folders that were not removed.
  package static func removeLitter(beside name: String) -> [Diagnostic] {
    let target = (try? destination(of: name)) ?? name
    return AbandonedWork.remove(beside: target) {
      // The only copy of a dataset that could not be given its name back.
      FileSystem.kind(target) == .missing && FileSystem.kind($0 + setAside) == .folder
    }
  }

  /// Gives the folder its final name, replacing the old dataset in the same step.
  package func commit() throws(EmitError) {
    for folder in [path] + FileSystem.names(in: path).map({ path + "/" + $0 })
    where FileSystem.kind(folder) == .folder {
      try FileSystem.sync(folder: folder)
    }
    try publish()
    try FileSystem.sync(folder: FileSystem.parent(of: target))
    // With it goes the old dataset.
    work.remove()
  }

  /// Removes everything that was written.
  package func discard() {
    work.remove()
    for folder in created.reversed() { rmdir(folder) }
  }

  // MARK: Parts

  /// Where the work folder keeps a dataset that is being replaced in two steps.
  private static let setAside = "/old"
  /// How often the target may change while it is replaced.
  private static let attempts = 8

  private static func destination(of name: String) throws(EmitError) -> String {
    var name = name
    while name.count > 1, name.hasSuffix("/") { name.removeLast() }
    let target = try FileSystem.destination(of: name)
    // A link to a disk that is not there makes no folders in its place.
    guard
      target == name || FileSystem.kind(target) != .missing
        || FileSystem.kind(FileSystem.parent(of: target)) == .folder
    else {
      throw EmitError(
        .cannotCreate, "this link leads to \(target), and the folder above that is not there",
        at: name, hint: "make the folder, or remove the link")
    }
    return target
  }

  /// Throws where no dataset can be made, as far as that is known without writing.
  private static func checkPlace(_ target: String, overwrites: Bool) throws(EmitError) {
    _ = try check(target, overwrites: overwrites)
    try SurroundingDataset.refuse(target, named: target)
    try FileSystem.checkWritable(FileSystem.nearestFolder(above: target))
  }

  /// Whether there is a dataset to replace; an error where something else is in the way.
  private static func check(_ target: String, overwrites: Bool) throws(EmitError) -> Bool {
    switch FileSystem.kind(target) {
    case .missing: return false
    case .other:
      throw EmitError(
        .exists, "the output folder is a file", at: target,
        hint: "set output.dir to another path")
    case .folder: break
    }
    let names = FileSystem.names(in: target)
    if names.isEmpty { return false }
    let manifest = FileSystem.head(
      of: target + "/" + Manifest.name, count: SurroundingDataset.manifestLimit)
    guard overwrites else {
      let isDataset = names.contains("README.md") && Manifest(manifest) != nil
      throw EmitError(
        .exists, "the output folder exists and is not empty", at: target,
        hint: isDataset
          ? "set output.overwrite: true to replace it, or output.dir to another path"
          : "set output.dir to another path; only datasets of dpo-prep can be replaced")
    }
    guard names.contains("README.md"), let manifest = Manifest(manifest) else {
      throw EmitError(
        .exists, "the output folder holds no dataset of dpo-prep, so it is not replaced",
        at: target, hint: "set output.dir to another path, or remove the folder yourself")
    }
    let covered = Set(manifest.files.map(\.path))
    let foreign = FileSystem.files(below: target).first {
      !covered.contains($0) && !manifest.covers($0)
    }
    if let foreign {
      throw EmitError(
        .exists,
        "the output folder holds \(foreign), which dpo-prep did not write, so it is not "
          + "replaced", at: target,
        hint: "move the file elsewhere, or set output.dir to another path")
    }
    return true
  }

  private func publish() throws(EmitError) {
    // The target may have changed since the start of the run, and may change still: another run to
    // the same place may end at this moment.
    for _ in 0..<Self.attempts {
      if try Self.check(target, overwrites: overwrites) {
        if exchange_paths(path, target) == 0 { return }
        switch errno {
        case ENOENT: continue
        // A file system that cannot exchange, such as NFS.
        case EINVAL, ENOSYS, EOPNOTSUPP: if try replaceInTwoSteps() { return }
        default:
          throw .system(.cannotCreate, "replace the old dataset", file: target, errno: errno)
        }
      } else {
        if rename(path, target) == 0 { return }
        guard [EEXIST, ENOTEMPTY, ENOTDIR].contains(errno) else {
          throw .system(.cannotCreate, "rename the finished dataset", file: target, errno: errno)
        }
      }
    }
    throw EmitError(
      .cannotCreate, "the output folder changes all the time", at: target,
      hint: "see what else writes to it")
  }

  /// Sets the old dataset aside and renames the new one; between the steps the work folder has the
  /// old one, where the next run finds it.
  ///
  /// - Returns: whether it is done; not if another run was faster.
  private func replaceInTwoSteps() throws(EmitError) -> Bool {
    let old = work.path + Self.setAside
    FileSystem.remove(old)
    guard rename(target, old) == 0 else {
      if errno == ENOENT { return false }
      throw .system(.cannotCreate, "set the old dataset aside", file: target, errno: errno)
    }
    if rename(path, target) == 0 { return true }
    let number = errno
    if FileSystem.kind(target) == .missing { rename(old, target) }
    if [EEXIST, ENOTEMPTY].contains(number) { return false }
    throw .system(.cannotCreate, "replace the old dataset", file: target, errno: number)
  }

  /// Gives a dataset its name back that a run had set aside when it died.
  private static func restoreSetAside(_ target: String) {
    guard FileSystem.kind(target) == .missing else { return }
    for work in AbandonedWork.all(beside: target)
    where FileSystem.kind(work.path + setAside) == .folder {
      if rename(work.path + setAside, target) == 0 { return }
    }
  }
}
