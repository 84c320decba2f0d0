internal import Records

/// The dataset of this program whose folder a path is in.
package enum SurroundingDataset {
  /// The folder of the dataset of this program that a path is in, which holds what its manifest lists
  /// and nothing else; nil where it is in none.
  package static func folder(of path: String) -> String? {
    guard var folder = FileSystem.realPath(FileSystem.nearestFolder(above: path)) else {
      return nil
    }
    while true {
      let manifest = FileSystem.head(of: folder + "/" + Manifest.name, count: manifestLimit)
      if !manifest.isEmpty, Manifest(manifest) != nil { return folder }
      if folder == "/" { return nil }
      folder = FileSystem.parent(of: folder)
    }
  }

  /// Throws where something new would be in the folder of a dataset.
  ///
  /// - Parameter name: the path as the user wrote it.
  package static func refuse(_ path: String, named name: String) throws(EmitError) {
    guard let dataset = folder(of: path) else { return }
    throw EmitError(
      .cannotCreate,
      "this is in the folder of the dataset \(dataset), which holds what its manifest lists and "
        + "nothing else", at: name, hint: "name a path outside of it")
  }

  /// More than a manifest has.
  static let manifestLimit = 1 << 28
}
