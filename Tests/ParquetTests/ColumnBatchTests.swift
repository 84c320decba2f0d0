import Foundation
import JSON
import TestSupport
import Testing

@testable import Parquet

/// Columns hold what the rows of the same file hold.
@Suite struct ColumnBatchTests {
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

  /// The columns of a file that batches give, by their names and the values of their rows.
  private static func columns(of bytes: [UInt8]) throws -> [(name: String, values: [JSONValue])] {
    let input = ParquetBytes(bytes)
    let file = try ColumnRows(input)
    var choice = ColumnChoice()
    let nodes = file.columns.filter { $0.isViewable && !$0.isPlaceholder }
    for node in nodes { choice.add(node) }
    var columns = nodes.map { (name: $0.name, values: [JSONValue]()) }
    for group in 0..<file.groupCount {
      let batches = try file.batches(ofGroup: group, choice.leaves, in: input)
      while let batch = try batches.next() {
        #expect(columns.allSatisfy { $0.values.count == batch.firstRow })
        for (place, node) in nodes.enumerated() {
          for row in 0..<batch.rowCount {
            columns[place].values.append(try batch.value(of: node, row: row, choice))
          }
        }
      }
    }
    return columns
  }

  /// - Returns: how many columns were compared.
  private static func compare(_ bytes: [UInt8], _ name: String) throws -> Int {
    let rows = try rows(of: bytes)
    let columns = try columns(of: bytes)
    for column in columns {
      let expected = rows.map { $0[column.name] ?? .null }
      // NaN is not equal to itself, and is written like NaN.
      let areSame = zip(column.values, expected).allSatisfy { $0 == $1 || $0.compact == $1.compact }
      #expect(column.values.count == expected.count && areSame, "\(name): \(column.name)")
    }
    return columns.count
  }

  @Test(arguments: 0..<40 as Range<UInt64>)
  func columnsOfOwnFilesAreThoseOfTheirRows(seed: UInt64) throws {
    var random = RandomRows(seed: seed)
    let columns = random.columns()
    let writer = ParquetWriter(
      columns: columns,
      options: ParquetWriterOptions(
        compression: [.none, .snappy, .gzip, .zstd][Int(seed % 4)], pageByteCount: 700,
        rowGroupByteCount: 9000, dictionaryByteCount: 300),
      writer: "test")
    var bytes: [UInt8] = []
    for _ in 0..<300 {
      let values = columns.map { random.value(of: $0.type) }
      writer.append({ row in
        for (column, value) in values.enumerated() { value.append(to: row[column]) }
      }) { $0.withUnsafeBytes { bytes.append(contentsOf: $0) } }
    }
    writer.finish { $0.withUnsafeBytes { bytes.append(contentsOf: $0) } }
    _ = try Self.compare(bytes, "\(seed)")
  }

  @Test(.enabled(if: ParquetFolder.python != nil, Comment(rawValue: ParquetFolder.reason)))
  func columnsOfOthersAreThoseOfTheirRows() throws {
    let folder = try ParquetFolder()
    _ = try folder.run("parquet_files.py", ["make"], ["--count", "60", "--seed", "9"])
    var count = 0
    for name in try folder.names {
      count += try Self.compare(try folder.read("\(name).parquet"), name)
    }
    #expect(count > 100)
  }

  /// A few hundred bytes that stand for more than a machine holds are refused, not read.
  @Test(arguments: ["list-of-2g.parquet", "nulls-2g.parquet"])
  func bombsTakeNoMemory(name: String) throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Fuzz/bombs")
    let input = ParquetBytes(Array(try Data(contentsOf: folder.appendingPathComponent(name))))
    let file = try ColumnRows(input)
    var choice = ColumnChoice()
    for node in file.columns where node.isViewable { choice.add(node) }
    do {
      let batches = try file.batches(ofGroup: 0, choice.leaves, in: input)
      // Rows that are there come a batch at a time.
      for _ in 0..<10 {
        guard let batch = try batches.next() else { break }
        #expect(batch.rowCount <= 1024)
      }
    } catch {
      #expect(error.code == .tooLarge)
    }
  }
}
