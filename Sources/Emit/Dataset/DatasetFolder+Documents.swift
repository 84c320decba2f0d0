internal import Glibc
internal import Hashing
internal import JSON
package import Records

extension DatasetFolder {
  /// Writes a small file into the folder.
  ///
  /// - Returns: what the manifest tells of it.
  @discardableResult
  package func write(_ bytes: [UInt8], to name: String) throws(EmitError) -> Manifest.File {
    let written = try SmallFile.write(bytes, to: path + "/" + name)
    return Manifest.File(
      path: name, byteCount: written.byteCount, sha256: written.digest.hexadecimal)
  }

  /// Puts a finished file into the folder: as a further name of it, or as a copy where the file
  /// system has none.
  package func place(_ source: String, as name: String) throws {
    let target = path + "/" + name
    try FileSystem.createFolders(FileSystem.parent(of: target))
    if link(source, target) == 0 { return }
    var file = try OutputFile(path: target)
    try FileSystem.read(source) { bytes in try file.write(bytes) }
    _ = try file.finish()
  }

  /// Writes what the readers of some profiles want beside the data files.
  ///
  /// - Returns: what the manifest tells of it.
  package func writeSideFiles(of layout: DatasetLayout) throws(EmitError) -> [Manifest.File] {
    guard layout.profiles.contains(.llamaFactory) else { return [] }
    let info = LlamaFactoryInfo(
      splits: layout.splits.map { Profile.llamaFactory.name(of: $0) },
      context: Profile.llamaFactory.contextNames(layout.types))
    let name = layout.folder(of: .llamaFactory) + "/dataset_info.json"
    return [try write(info.document.document, to: name)]
  }
}
