internal import JSON
internal import Records

extension DatasetFolder {
  /// Writes a small file into the folder.
  package func write(_ bytes: [UInt8], to name: String) throws(EmitError) {
    try SmallFile.write(bytes, to: path + "/" + name)
  }

  /// Writes what the readers of some profiles want beside the data files.
  package func writeSideFiles(of layout: DatasetLayout) throws(EmitError) {
    guard layout.profiles.contains(.llamaFactory) else { return }
    let info = LlamaFactoryInfo(
      splits: layout.splits.map { Profile.llamaFactory.name(of: $0) },
      context: Profile.llamaFactory.contextNames(layout.types))
    try write(
      info.document.document, to: layout.folder(of: .llamaFactory) + "/dataset_info.json")
  }
}
