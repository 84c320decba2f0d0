package import JSON

/// `manifest.json` of a dataset of this program: what it says of the dataset's files.
package struct Manifest: Sendable {
  /// A file as it was written.
  package struct File: Equatable, Sendable {
    /// Its path in the dataset's folder.
    package var path: String
    /// Nil in manifests of versions that did not count it.
    package var byteCount: Int?
    /// Nil for a file without rows.
    package var rows: Int?
    package var sha256: String

    package init(path: String, byteCount: Int?, rows: Int? = nil, sha256: String) {
      self.path = path
      self.byteCount = byteCount
      self.rows = rows
      self.sha256 = sha256
    }

    /// Whether the path stays in the folder.
    package var isInside: Bool {
      !path.isEmpty
        && path.split(separator: "/", omittingEmptySubsequences: false).allSatisfy {
          !$0.isEmpty && $0 != "." && $0 != ".."
        }
    }
  }

  /// The file's name in the dataset's folder.
  package static let name = "manifest.json"

  /// The name of the file that marks a folder in which a dataset is being made.
  package static let workMark = ".dpo-prep-work"

  package let document: JSONValue
  /// The files it has digests of.
  package let files: [File]

  /// Reads a manifest; nil for any other text, those of other tools included.
  package init?(_ bytes: [UInt8]) {
    guard let document = JSONValue(document: bytes),
      document["tool"]?.text == Array("dpo-prep".utf8)
    else { return nil }
    self.document = document
    let written = (document["outputs"]?.elements ?? []) + (document["files"]?.elements ?? [])
    var files = written.compactMap(Self.file)
    if let curve = document["curve"].flatMap(Self.file),
      !files.contains(where: { $0.path == curve.path })
    {
      files.append(curve)
    }
    self.files = files
  }

  /// Whether it is of a version that told no digests of what is not data.
  package var isOld: Bool { document["files"] == nil }

  /// Whether a file of the dataset's folder was written with the dataset.
  ///
  /// - Parameter path: a path in the folder.
  package func covers(_ path: String) -> Bool {
    if files.contains(where: { $0.path == path }) { return true }
    // What earlier versions wrote without telling its digest.
    return [Self.name, "README.md", "report.html"].contains(path)
      || path.hasSuffix("/dataset_info.json")
        && files.contains { $0.path.hasPrefix(path.prefix { $0 != "/" } + "/") }
  }

  private static func file(_ entry: JSONValue) -> File? {
    guard let path = entry["path"]?.text, let digest = entry["sha256"]?.text else { return nil }
    func count(_ key: String) -> Int? {
      guard case .integer(let count)? = entry[key] else { return nil }
      return count
    }
    return File(
      path: String(decoding: path, as: UTF8.self), byteCount: count("bytes"), rows: count("rows"),
      sha256: String(decoding: digest, as: UTF8.self))
  }
}
