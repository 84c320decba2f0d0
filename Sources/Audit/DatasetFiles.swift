package import Ingest
internal import Records

/// The data files of a dataset and the splits that they are of.
package struct DatasetFiles: Sendable {
  package private(set) var files: [InputFile]
  /// For each file its split.
  package private(set) var splits: [String]

  /// Finds the files of a folder, file or pattern.
  ///
  /// Of a folder it takes those in the folder of the config's name, else in `data`, else all.
  ///
  /// - Parameter config: The config of a dataset that has several; nil for its default.
  package init(_ path: String, config: String? = nil) throws(IngestError) {
    var files: [InputFile]?
    for folder in [config, "data"].compactMap(\.self) where files == nil {
      files = try? InputDiscovery.files(for: [path + "/" + folder])
    }
    self.files = if let files { files } else { try InputDiscovery.files(for: [path]) }
    splits = self.files.map { Self.split(ofFile: $0.path) }
  }

  /// The split by the file's name, as loaders tell it: `train` unless it says something else.
  static func split(ofFile path: String) -> String {
    let name = path.split(separator: "/").last ?? ""
    let stem = name.prefix { $0 != "-" && $0 != "." }
    let isSplit = ["train", "test", "valid", "dev", "eval"].contains { stem.hasPrefix($0) }
    return isSplit || stem == "val" ? String(stem) : "train"
  }
}
