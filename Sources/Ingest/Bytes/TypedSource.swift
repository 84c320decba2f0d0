internal import Arrow
internal import Bytes
internal import JSON
package import Parquet
internal import Records

/// The rows of a file of typed columns as JSON Lines: row n of the file is line n of the text.
final class TypedSource: ByteSource {
  typealias Format = TypedFile.Format

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

  private let file: TypedFile
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
    let access = try TypedFile(file)
    self.file = access
    self.format = format
    do throws(ParquetError) {
      rows =
        switch format {
        case .parquet: .parquet(try ParquetRows(access, columns: columns, rowLimit: rowLimit))
        case .arrow: .arrow(try ArrowRows(access, columns: columns))
        }
    } catch {
      throw access.error(error, format)
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
      throw file.error(error, format)
    }
  }

  /// The columns of a file.
  static func columns(
    of file: OpenFile, _ format: Format
  ) throws(IngestError) -> [ParquetColumn] {
    let access = try TypedFile(file)
    do throws(ParquetError) {
      return switch format {
      case .parquet: try ParquetColumn.columns(of: access)
      case .arrow: try ArrowRows.columns(of: access)
      }
    } catch {
      throw access.error(error, format)
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

  /// The file for readers of columns; nil where it is not Parquet, or where its path has columns of
  /// its rows.
  package func parquet() throws(IngestError) -> TypedFile? {
    guard !isStream, partition == nil else { return nil }
    let file = try open()
    guard case .parquet = try Self.format(of: file) else { return nil }
    return try TypedFile(file)
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
