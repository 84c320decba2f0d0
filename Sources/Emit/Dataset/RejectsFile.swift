internal import JSON

/// The malformed rows of a run, one JSON object each: where the row was, what is wrong with it, and
/// the row itself.
package struct RejectsFile {
  /// A row as the file keeps it.
  package struct Entry: Sendable {
    package var file: String
    package var line: Int
    package var column: Int
    package var code: String
    package var message: String
    /// The row, or its beginning where it is too long to be kept.
    package var bytes: [UInt8]
    package var byteCount: Int

    package init(
      file: String, line: Int, column: Int, code: String, message: String, bytes: [UInt8],
      byteCount: Int
    ) {
      self.file = file
      self.line = line
      self.column = column
      self.code = code
      self.message = message
      self.bytes = bytes
      self.byteCount = byteCount
    }
  }

  /// The file's name in the dataset's folder.
  package static let name = "rejects.jsonl.zst"

  private final class Open {
    var file: CompressedFile?
    init(_ file: consuming CompressedFile) { self.file = consume file }
  }

  private let folder: DatasetFolder
  private var open: Open?

  /// The file is made with the first row.
  package init(folder: DatasetFolder) { self.folder = folder }

  /// Adds a row.
  package mutating func append(_ entry: Entry) throws(EmitError) {
    if open == nil {
      open = Open(
        try CompressedFile.create(
          folder: folder.path, path: Self.name, compression: .zstd, workers: 1))
    }
    try open?.file?.appendRow { Self.encode(entry, to: &$0) }
  }

  /// Ends the file; nil where there was no row.
  package mutating func finish() throws(EmitError) -> WrittenFile? {
    try open?.file.take()?.finish()
  }

  private static func encode(_ entry: Entry, to line: inout JSONText) {
    line.append("{\"file\": ")
    line.append(string: entry.file)
    line.append(", \"line\": ")
    line.append(entry.line)
    line.append(", \"column\": ")
    line.append(entry.column)
    line.append(", \"code\": ")
    line.append(string: entry.code)
    line.append(", \"error\": ")
    line.append(string: entry.message)
    line.append(", \"bytes\": ")
    line.append(entry.byteCount)
    line.append(", \"row\": ")
    // JSON cannot hold bytes that are no UTF-8: they become U+FFFD, and the row is kept as it was
    // beside them.
    let text = String(decoding: entry.bytes, as: UTF8.self)
    line.append(string: text)
    if !text.utf8.elementsEqual(entry.bytes) {
      line.append(", \"row_base64\": ")
      line.append(string: Base64.text(of: entry.bytes))
    }
    line.append("}\n")
  }
}
