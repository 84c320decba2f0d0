/// What a file's name says about its content.
///
/// Names choose which files of a folder or archive are read, and what is to be expected of them.
/// What a file *is* comes from its bytes alone (``ContentFormat``).
package enum DataFileName {
  private static let text = [
    "jsonl", "json", "ndjson", "parquet", "arrow", "feather", "csv", "tsv",
  ]
  /// What Spark and its kin keep beside their files; like `datasets`, two underscores hide, too.
  private static let hiddenNames = ["_delta_log", "_metadata", "_spark_metadata", "_temporary"]
  private static let compressions: [String: InputCompression] = [
    "gz": .gzip, "zst": .zstd, "zstd": .zstd, "xz": .xz, "bz2": .bzip2, "lz4": .lz4,
  ]
  private static let compressedArchives: [String: InputCompression] = [
    "tgz": .gzip, "tzst": .zstd, "txz": .xz, "tbz": .bzip2, "tbz2": .bzip2,
  ]

  /// A layer around the text that a name announces.
  enum Layer: Equatable {
    case compressed(InputCompression)
    case tar
    case zip

    /// The name of the format in messages.
    var name: String {
      switch self {
      case .compressed(let compression): compression.rawValue
      case .tar: "tar"
      case .zip: "zip"
      }
    }
  }

  /// The layers that a name announces, outermost first: `a.tar.gz` is gzip around tar.
  static func announcedLayers(_ path: String) -> [Layer] {
    var layers = [Layer]()
    var extensions = extensions(path)
    while let last = extensions.popLast() {
      if let compression = compressions[last] {
        layers.append(.compressed(compression))
      } else if let compression = compressedArchives[last] {
        return layers + [.compressed(compression), .tar]
      } else if last == "tar" {
        return layers + [.tar]
      } else if last == "zip" {
        return layers + [.zip]
      } else {
        break
      }
    }
    return layers
  }

  /// Whether a file of a folder, or a member of an archive, is read.
  ///
  /// It is if the name ends in `.jsonl`, `.json`, `.ndjson`, `.parquet`, `.arrow`, `.feather`, `.csv`
  /// or `.tsv`, compressed or not, if it is an archive's, or if it is compressed and says nothing else
  /// (`part-0001.gz`, not `notes.txt.gz`); unless it is known to be no data.
  package static func looksLikeData(_ path: String) -> Bool {
    guard !isSideFile(path) else { return false }
    var extensions = extensions(path)
    var isCompressed = false
    while let last = extensions.last, compressions[last] != nil {
      isCompressed = true
      extensions.removeLast()
    }
    guard let last = extensions.last else { return isCompressed }
    if text.contains(last) || last == "tar" || last == "zip" { return true }
    if compressedArchives[last] != nil { return true }
    return isCompressed && last.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")) ~= $0 }
  }

  /// What separates the cells of a table, which only the name can tell; nil for other names.
  static func tableSeparator(_ path: String) -> UInt8? {
    let extensions = extensions(path).reversed().drop { compressions[$0] != nil }
    return switch extensions.first {
    case "csv": UInt8(ascii: ",")
    case "tsv": UInt8(ascii: "\t")
    default: nil
    }
  }

  /// Names of what programs put beside the data.
  private static let sideFiles: Set<String> = [
    "manifest.json", "curve.json", "dataset_info.json", "dataset_infos.json", "dataset_dict.json",
    "state.json", "rejects.jsonl.zst", "_SUCCESS", "_metadata", "_common_metadata",
  ]

  /// Whether a file stands beside data and is none, though it may look like it: what this program,
  /// `datasets` and Spark write about their data, and texts about it.
  static func isSideFile(_ path: String) -> Bool {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    if sideFiles.contains(name) { return true }
    // What `datasets` makes of a dataset that was saved, beside it.
    if name.hasPrefix("cache-"), name.hasSuffix(".arrow") { return true }
    if name.hasPrefix("_committed_") || name.hasPrefix("_started_") { return true }
    return ["crc", "md", "html", "htm"].contains(extensions(name).last)
  }

  /// Whether a name in a folder or archive is hidden, or lies in a hidden folder.
  static func isHidden(_ path: String) -> Bool {
    path.utf8.split(separator: UInt8(ascii: "/")).contains { part in
      let isDots = part.allSatisfy { $0 == UInt8(ascii: ".") } && part.count <= 2
      return part.first == UInt8(ascii: ".") && !isDots || part.starts(with: "__".utf8)
        || hiddenNames.contains { part.elementsEqual($0.utf8) }
    }
  }

  /// The extensions of the last part of a path, lower case, in their order.
  private static func extensions(_ path: String) -> [String] {
    let name = path.utf8.split(separator: UInt8(ascii: "/")).last ?? Substring("").utf8
    return name.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).dropFirst()
      .map { String(Substring($0)).lowercased() }
  }
}
