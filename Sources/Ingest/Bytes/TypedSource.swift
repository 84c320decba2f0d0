internal import Arrow
internal import Bytes
internal import JSON
package import Parquet
internal import Records

/// The rows of a file of typed columns as JSON Lines: row n of the file is line n of the text.
final class TypedSource: ByteSource {
  /// The formats whose files have such columns.
  enum Format {
    case parquet
    case arrow
  }

  private enum Rows {
    case parquet(ParquetRows)
    case arrow(ArrowRows)

    var progress: Double {
      switch self {
      case .parquet(let rows): rows.progress
      case .arrow(let rows): rows.progress
      }
    }

    func next(into output: inout JSONText) throws(ParquetError) -> Bool {
      switch self {
      case .parquet(let rows): try rows.next(into: &output)
      case .arrow(let rows): try rows.next(into: &output)
      }
    }
  }

  private let file: FileAccess
  private let format: Format
  private let rows: Rows
  private var text = JSONText()
  /// How much of the text has been handed out.
  private var position = 0
  private var isAtEnd = false

  /// Rows are collected up to this many bytes.
  private static let blockSize = 1 << 18

  /// Reads the file's metadata.
  ///
  /// - Parameters:
  ///   - columns: The columns that are wanted; nil for all.
  ///   - rowLimit: The longest row, in bytes of text.
  init(
    _ file: OpenFile, _ format: Format, columns: WantedColumns?, rowLimit: Int
  ) throws(IngestError) {
    let access = FileAccess(file: file, byteCount: try file.byteCount())
    self.file = access
    self.format = format
    do throws(ParquetError) {
      rows =
        switch format {
        case .parquet: .parquet(try ParquetRows(access, columns: columns, rowLimit: rowLimit))
        case .arrow: .arrow(try ArrowRows(access, columns: columns))
        }
    } catch {
      throw access.failure ?? IngestError(error, format, file: file.displayName)
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
      throw file.failure ?? IngestError(error, format, file: file.file.displayName)
    }
  }

  /// The columns of a file.
  static func columns(
    of file: OpenFile, _ format: Format
  ) throws(IngestError) -> [ParquetColumn] {
    let access = FileAccess(file: file, byteCount: try file.byteCount())
    do throws(ParquetError) {
      return switch format {
      case .parquet: try ParquetColumn.columns(of: access)
      case .arrow: try ArrowRows.columns(of: access)
      }
    } catch {
      throw access.failure ?? IngestError(error, format, file: file.displayName)
    }
  }

  /// How many rows a Parquet file has, by its footer.
  static func rowCount(ofParquet file: OpenFile) throws(IngestError) -> Int? {
    guard
      case .parquet(let rows) = try TypedSource(file, .parquet, columns: nil, rowLimit: .max).rows
    else {
      return nil
    }
    return Int(clamping: rows.rowCount)
  }

  /// The file as the readers want it.
  private final class FileAccess: ArrowInput {
    let file: OpenFile
    let byteCount: Int
    /// What the system said, in the words that other files' errors have.
    fileprivate(set) var failure: IngestError?

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

    func contents(of range: Range<Int>, compression: ArrowCompression) -> any ArrowContents {
      let stored = BufferedSource(
        FileSource(file, range: range), capacity: min(range.count + 16, 1 << 16))
      let (name, command) = (file.displayName, "")
      let source: any ByteSource =
        switch compression {
        case .lz4:
          DecodingSource(
            stored, decoder: LZ4Decoder(), formatName: "lz4", checkCommand: command, name: name)
        case .zstd:
          DecodingSource(
            stored, decoder: ZstdDecoder(), formatName: "zstd", checkCommand: command, name: name)
        }
      return Contents(source)
    }
  }

  /// What a compressed part of the file holds.
  private final class Contents: ArrowContents {
    private let source: any ByteSource

    init(_ source: any ByteSource) { self.source = source }

    func read(into room: inout OutputSpan<UInt8>) throws(ParquetError) -> Int {
      do throws(IngestError) {
        return try source.read(into: &room)
      } catch {
        throw .damaged(error.message)
      }
    }
  }
}

extension InputFile {
  /// The columns of a file that declares their types; nil where its format does not.
  package func typedColumns() throws(IngestError) -> [ParquetColumn]? {
    guard !isStream else { return nil }
    let file = try open()
    return switch try Self.format(of: file) {
    case .parquet: try TypedSource.columns(of: file, .parquet)
    case .arrow: try TypedSource.columns(of: file, .arrow)
    default: nil
    }
  }

  /// How many rows a Parquet file says it has; nil where it is of another format.
  func parquetRowCount() throws(IngestError) -> Int? {
    guard !isStream else { return nil }
    let file = try open()
    guard case .parquet = try Self.format(of: file) else { return nil }
    return try TypedSource.rowCount(ofParquet: file)
  }

  private static func format(of file: OpenFile) throws(IngestError) -> ContentFormat {
    let head = try [UInt8](capacity: ContentFormat.prefixCount) { (room) throws(IngestError) in
      try file.fill(&room, from: 0)
    }
    return ContentFormat(prefix: head.span)
  }
}

extension IngestError {
  /// What is wrong with a file of typed columns.
  fileprivate init(_ error: ParquetError, _ format: TypedSource.Format, file: String) {
    let place = error.column.map { "column \"\($0)\": " } ?? ""
    let check =
      switch format {
      case .parquet: "import pyarrow.parquet as p; p.read_table('FILE')"
      case .arrow: "import pyarrow as p; p.ipc.open_stream('FILE').read_all()"
      }
    switch error.code {
    case .tooLarge:
      self.init(
        .corrupt, "\(place)\(error.message)", at: SourceLocation(file: file),
        hint: "if it is meant to be so, raise input.max_row, or write it in smaller pieces")
    case .damaged, .unreadable:
      self.init(
        .corrupt, "\(place)\(error.message)", at: SourceLocation(file: file),
        hint: "write or download the file again; `python -c \"\(check)\"` checks it")
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
