internal import Foundation
package import Ingest
internal import Records

/// The data files of a dataset and the splits that they are of.
package struct DatasetFiles: Sendable {
  package private(set) var files: [InputFile]
  /// For each file its split.
  package private(set) var splits: [String]

  /// Whether a dataset card beside the files says what types the columns have.
  private let hasDeclaredTypes: Bool

  /// Whether loaders fix the types of a file's columns by its first rows: those of JSON, unless the
  /// card declares them; Parquet has a schema.
  func fixesTypesByRows(ofFile file: Int) -> Bool {
    !hasDeclaredTypes && !files[file].path.hasSuffix(".parquet")
  }

  /// Whether a file is named like one JSON document, which loaders read at once.
  func isArray(file: Int) -> Bool { files[file].path.hasSuffix(".json") }

  /// Whether the front matter of a card has features.
  private static func declaresTypes(_ folder: String) -> Bool {
    guard let card = FileManager.default.contents(atPath: folder + "/README.md") else {
      return false
    }
    let lines = String(decoding: card, as: UTF8.self).split(separator: "\n")
    guard lines.first == "---" else { return false }
    return lines.dropFirst().prefix { $0 != "---" }.contains { $0.hasSuffix("features:") }
  }

  /// Finds the files of a folder, file or pattern.
  ///
  /// Of a folder it takes those in the folder of the config's name, else in `data`, else all.
  ///
  /// - Parameter config: The config of a dataset that has several; nil for its default.
  package init(_ path: String, config: String? = nil) throws(IngestError) {
    hasDeclaredTypes = Self.declaresTypes(path)
    var files: [InputFile]?
    for folder in [config, "data"].compactMap(\.self) where files == nil {
      files = try? InputDiscovery.files(for: [path + "/" + folder])
    }
    let found = if let files { files } else { try InputDiscovery.files(for: [path]) }
    self.files = found
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
