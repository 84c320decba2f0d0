import JSON
import TestSupport
import Testing

@testable import Parquet

@Suite struct FlatColumnsTests {
  /// The rows of a file as values, by the reader of rows.
  private static func rows(of bytes: [UInt8]) throws -> [JSONValue] {
    let rows = try ParquetRows(ParquetBytes(bytes), columns: nil, rowLimit: 32 << 20)
    var values: [JSONValue] = []
    var text = JSONText()
    while try rows.next(into: &text) {
      values.append(try #require(JSONValue(document: text.bytes, isOurs: true)))
      text.clear()
    }
    return values
  }

  /// The values of a column as the reader of rows would write them.
  private static func values(
    _ column: FlatColumn, _ type: ColumnType
  ) -> [JSONValue] {
    (0..<column.count).map { row in
      guard !column.isNull(row) else { return .null }
      switch type {
      case .boolean: return .bool(column.numbers[row] != 0)
      case .int64: return .integer(Int(Int64(bitPattern: column.numbers[row])))
      case .double: return .number(Double(bitPattern: column.numbers[row]))
      default: return .string(column.text(row) ?? [])
      }
    }
  }

  /// The columns of a file that are numbers, truths and texts.
  private static func plainColumns(_ bytes: [UInt8]) throws -> [(name: String, type: ColumnType)] {
    try ParquetColumn.columns(of: ParquetBytes(bytes)).compactMap { column in
      switch column.kind {
      case .truth: (column.name, .boolean)
      case .integer: (column.name, .int64)
      case .number: (column.name, .double)
      case .text: (column.name, .text)
      default: nil
      }
    }
  }

  @Test(.enabled(if: ParquetFolder.python != nil, Comment(rawValue: ParquetFolder.reason)))
  func columnsOfOthersAreThoseOfTheirRows() throws {
    let folder = try ParquetFolder()
    _ = try folder.run("parquet_files.py", ["make"], ["--count", "60", "--seed", "5"])
    var columnCount = 0
    for name in try folder.names {
      let bytes = try folder.read("\(name).parquet")
      let rows = try Self.rows(of: bytes)
      let file = try FlatColumns(ParquetBytes(bytes))
      for (column, type) in try Self.plainColumns(bytes) {
        var found: [JSONValue] = []
        for group in 0..<file.groupCount {
          found += Self.values(try file.column(column, type, inGroup: group), type)
        }
        columnCount += 1
        #expect(found.count == rows.count)
        for (value, row) in zip(found, rows) {
          let same =
            value == row[column]
            || value.number.map { $0.isNaN && row[column]?.number?.isNaN == true } ?? false
          #expect(same, "\(name) \(column): \(value) \(row[column] ?? .null)")
        }
      }
    }
    #expect(columnCount > 60)
  }

  @Test(.enabled(if: ParquetFolder.python != nil, Comment(rawValue: ParquetFolder.reason)))
  func damageIsAnErrorOrValues() throws {
    let folder = try ParquetFolder()
    _ = try folder.run("parquet_files.py", ["make"], ["--count", "40", "--seed", "8"])
    var random = SeededRandom(seed: 3)
    var errors = 0
    for name in try folder.names {
      let whole = try folder.read("\(name).parquet")
      let columns = try Self.plainColumns(whole)
      guard whole.count < 100_000, !columns.isEmpty else { continue }
      for _ in 0..<20 {
        var bytes = whole
        for _ in 0...random.below(4) {
          bytes[random.below(bytes.count)] ^= UInt8(1 + random.below(255))
        }
        do throws(ParquetError) {
          let file = try FlatColumns(ParquetBytes(bytes))
          for group in 0..<file.groupCount {
            for (column, type) in columns {
              _ = Self.values(try file.column(column, type, inGroup: group), type)
            }
          }
        } catch {
          errors += 1
          #expect(!error.message.isEmpty)
        }
      }
    }
    #expect(errors > 20)
  }

  @Test func whatIsMissingOrOfAnotherTypeIsAnError() throws {
    let writer = ParquetWriter(
      columns: [ColumnType.Field("a", .int64), ColumnType.Field("b", .list(.text))],
      options: ParquetWriterOptions(), writer: "test")
    var bytes: [UInt8] = []
    func take(_ piece: RawSpan) { piece.withUnsafeBytes { bytes.append(contentsOf: $0) } }
    writer.append(
      { row in
        row[0].integer(-3)
        row[1].null()
      }, to: take)
    writer.finish(to: take)
    let file = try FlatColumns(ParquetBytes(bytes))
    #expect(try file.column("a", .int64, inGroup: 0).numbers == [UInt64(bitPattern: -3)])
    for (name, type) in [("a", ColumnType.double), ("b", .text), ("c", .int64)] {
      let error = #expect(throws: ParquetError.self) {
        _ = try file.column(name, type, inGroup: 0)
      }
      #expect(error?.code == .damaged && error?.column == name)
    }
  }
}
