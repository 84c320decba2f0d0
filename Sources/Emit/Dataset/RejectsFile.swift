internal import JSON
package import Records

/// The malformed rows of a run, one JSON object each: where the row was, what is wrong with it, and
/// the row itself.
package struct RejectsFile {
  /// The file's name in the dataset's folder.
  package static let name = "rejects.jsonl.zst"

  private final class Open {
    var file: CompressedFile?
    init(_ file: consuming CompressedFile) { self.file = consume file }
  }

  private let folder: String
  private let fileName: String
  private let nameOf: (String) -> String
  private var open: Open?
  private var line = JSONText()

  /// The file is made with the first row.
  ///
  /// - Parameters:
  ///   - folder: where it is made.
  ///   - fileName: what it is called while it is made.
  ///   - nameOf: what a file of the input is called in documents.
  package init(
    folder: String, fileName: String = name, nameOf: @escaping (String) -> String = { $0 }
  ) {
    self.folder = folder
    self.fileName = fileName
    self.nameOf = nameOf
  }

  /// Adds a row.
  package mutating func append(_ row: RejectedRow) throws {
    if open == nil {
      open = Open(
        try CompressedFile.create(
          folder: folder, path: fileName, compression: .zstd, workers: 1))
    }
    line.clear()
    encode(row, to: &line)
    try line.withBytes { try open?.file?.append($0, rows: 1) }
  }

  /// Ends the file; nil where there was no row.
  package mutating func finish() throws -> WrittenFile? {
    guard var written = try open?.file.take()?.finish() else { return nil }
    written.path = Self.name
    return written
  }

  private func encode(_ row: RejectedRow, to line: inout JSONText) {
    line.append("{\"file\": ")
    line.append(string: nameOf(row.location.file))
    line.append(", \"line\": ")
    line.append(row.location.line ?? 0)
    line.append(", \"column\": ")
    line.append(row.location.column ?? 0)
    line.append(", \"code\": ")
    line.append(string: row.code.name)
    line.append(", \"error\": ")
    line.append(string: row.message)
    line.append(", \"bytes\": ")
    line.append(row.byteCount)
    line.append(", \"row\": ")
    // JSON cannot hold bytes that are not UTF-8: they become U+FFFD, and the row is kept as it was
    // beside them.
    let text = String(decoding: row.bytes, as: UTF8.self)
    line.append(string: text)
    if !text.utf8.elementsEqual(row.bytes) {
      line.append(", \"row_base64\": ")
      line.append(string: Base64.text(of: row.bytes))
    }
    line.append("}\n")
  }
}
