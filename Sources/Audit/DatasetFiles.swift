package import Ingest
internal import Records
package import Work

/// The data files of a dataset and the splits that they are of.
package struct DatasetFiles: Sendable {
  package private(set) var files: [InputFile]
  /// For each file its split.
  package private(set) var splits: [String]
  /// The columns that the folder's card declares; nil where it declares none.
  private(set) var declaredColumns: [LoadedType.Field]?
  /// For each file the split that the loader takes it for: files without a folder are one split.
  let loadedSplits: [String]

  /// Finds the files of a folder, file or pattern.
  ///
  /// Of a folder it takes those in the folder of the config's name, else in `data`, else all.
  ///
  /// - Parameters:
  ///   - config: The config of a dataset that has several; nil for its default.
  ///   - partitions: Which folders' names are read as values: below the dataset's, as where it lies
  ///     is no part of it.
  package init(
    _ path: String, config: String? = nil, partitions: PartitionFolders = .belowPaths
  ) throws(IngestError) {
    var files: [InputFile]?
    var loadedConfig: String?
    for folder in [config, "data"].compactMap(\.self) where files == nil {
      files = try? InputDiscovery.files(for: [path + "/" + folder], partitions: partitions)
      if files != nil, folder == config { loadedConfig = config }
    }
    self.files =
      if let files { files } else {
        try InputDiscovery.files(for: [path], partitions: partitions)
      }
    splits = self.files.map { Self.split(ofFile: $0.path) }
    declaredColumns = DatasetCard.columns(in: path, config: loadedConfig)
    let isFolder = self.files.contains { $0.path.hasPrefix(path + "/") || path.hasSuffix("/") }
    loadedSplits = isFolder ? splits : splits.map { _ in "train" }
  }

  /// The same with copies of streams, so that all can be read any number of times.
  ///
  /// - Parameter progress: receives how much of a stream has come.
  package func rereadable(progress: any ProgressSink) throws -> DatasetFiles {
    var copy = self
    copy.files = try files.map { try $0.rereadable(progress: progress) }
    return copy
  }

  /// The split by the file's name, as loaders tell it: `train` unless it says something else.
  static func split(ofFile path: String) -> String {
    let name = path.split(separator: "/").last ?? ""
    let stem = name.prefix { $0 != "-" && $0 != "." }
    let isSplit = ["train", "test", "valid", "dev", "eval"].contains { stem.hasPrefix($0) }
    return isSplit || stem == "val" ? String(stem) : "train"
  }
}
