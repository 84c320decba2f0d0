package import JSON

extension WrittenFile {
  /// The file as manifests tell of it.
  package var document: JSONValue {
    [
      "path": .string(path), "bytes": .integer(byteCount), "rows": .integer(rows),
      "sha256": .string(sha256),
    ]
  }

  /// Reads what ``document`` writes; nil where it is something else.
  package init?(_ document: JSONValue) {
    guard let path = document.text("path"), let byteCount = document.integer("bytes"),
      let rows = document.integer("rows"), let sha256 = document.text("sha256")
    else { return nil }
    self.init(path: path, byteCount: byteCount, rows: rows, sha256: sha256)
  }
}
