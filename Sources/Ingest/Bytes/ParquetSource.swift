internal import Bytes
internal import JSON
package import Parquet
internal import Records

/// The rows of a Parquet file as JSON Lines: row n of the file is line n of the text.
final class ParquetSource: ByteSource {
  private let file: FileAccess
  private let rows: ParquetRows
  private var text = JSONText()
  /// How much of the text has been handed out.
  private var position = 0
  private var isAtEnd = false

  /// Rows are collected up to this many bytes.
  private static let blockSize = 1 << 18

  /// Reads the file's metadata.
  ///
  /// - Parameter columns: The columns that are wanted; nil for all.
  init(_ file: OpenFile, columns: WantedColumns?) throws(IngestError) {
    let access = FileAccess(file: file, byteCount: try file.byteCount())
    self.file = access
    do throws(ParquetError) {
      rows = try ParquetRows(access, columns: columns)
    } catch {
      throw access.failure ?? IngestError(error, file: file.displayName)
    }
  }

  /// How many bytes of the file have been read, about.
  var bytesRead: Int { Int(clamped: rows.progress * Double(file.byteCount)) }

  func read(into room: inout OutputSpan<UInt8>) throws(IngestError) -> Int {
    if position == text.count { try fill() }
    let count = min(room.freeCapacity, text.count - position)
    text.withBytes { room.append(copying: $0.extracting(position..<(position + count))) }
    position += count
    return count
  }

  private func fill() throws(IngestError) {
    text.clear()
    position = 0
    do throws(ParquetError) {
      while !isAtEnd, text.count < Self.blockSize {
        isAtEnd = try !rows.next(into: &text)
      }
    } catch {
      throw file.failure ?? IngestError(error, file: file.file.displayName)
    }
  }

  /// The columns of a file, which is Parquet.
  static func columns(of file: OpenFile) throws(IngestError) -> [ParquetColumn] {
    let access = FileAccess(file: file, byteCount: try file.byteCount())
    do throws(ParquetError) {
      return try ParquetColumn.columns(of: access)
    } catch {
      throw access.failure ?? IngestError(error, file: file.displayName)
    }
  }

  /// The file as the Parquet reader wants it.
  private final class FileAccess: ParquetInput {
    let file: OpenFile
    let byteCount: Int
    /// What the system said, in the words that other files' errors have.
    private(set) var failure: IngestError?

    init(file: OpenFile, byteCount: Int) {
      self.file = file
      self.byteCount = byteCount
    }

    func read(
      at offset: Int, into room: inout OutputSpan<UInt8>
    ) throws(ParquetError) {
      do throws(IngestError) {
        try file.fill(&room, from: offset)
      } catch {
        failure = error
        throw ParquetError(.unreadable, error.message)
      }
    }
  }
}

extension InputFile {
  /// The columns of a Parquet file; nil where it is of another format.
  package func parquetColumns() throws(IngestError) -> [ParquetColumn]? {
    guard !isStream else { return nil }
    let file = try open()
    let head = try [UInt8](capacity: Magic.parquet.count) { (room) throws(IngestError) in
      try file.fill(&room, from: 0)
    }
    guard head == Magic.parquet else { return nil }
    return try ParquetSource.columns(of: file)
  }
}

extension IngestError {
  /// What is wrong with a Parquet file.
  fileprivate init(_ error: ParquetError, file: String) {
    let place = error.column.map { "column \"\($0)\": " } ?? ""
    switch error.code {
    case .damaged, .tooLarge, .unreadable:
      self.init(
        .corrupt, "\(place)\(error.message)", at: SourceLocation(file: file),
        hint: "write or download the file again; `python -c \"import pyarrow.parquet as p; "
          + "p.read_table('FILE')\"` checks it")
    case .unsupported:
      self.init(
        .unsupported, "\(place)\(error.message) is not read", at: SourceLocation(file: file),
        hint: error.column == nil
          ? "write it with pyarrow's or Polars' defaults"
          : "write the column as text, numbers or lists of them, with the defaults of pyarrow or "
            + "Polars, or do not ask for it in input.fields and output.keep")
    }
  }
}
