internal import Foundation
import TestSupport
import Testing

@testable import Parquet

/// Files of random nested rows, as pyarrow (and Polars and DuckDB, where they are) reads them.
///
/// `DPO_PREP_FUZZ` is how many files there are, if it is more than in every run.
@Suite struct ParquetWriterTests {
  private static let fileCount: UInt64 = {
    let asked = ProcessInfo.processInfo.environment["DPO_PREP_FUZZ"].flatMap(UInt64.init)
    return max(100, (asked ?? 0) / 5000)
  }()

  @Test(
    .enabled(if: ParquetFolder.python != nil, Comment(rawValue: ParquetFolder.reason)))
  func randomRowsAreReadByOthers() throws {
    let folder = try ParquetFolder()
    for seed in 0..<Self.fileCount {
      try write(seed: seed, into: folder)
    }
    let lines = try folder.run("parquet_check.py")
    #expect(lines.last?.hasPrefix("\(Self.fileCount) files: ") == true)
    #expect(lines.dropLast().joined(separator: "\n") == "")
  }

  private func write(seed: UInt64, into folder: ParquetFolder) throws {
    var rows = RandomRows(seed: seed)
    let columns = rows.columns()
    let options = ParquetWriterOptions(
      compression: [.none, .snappy, .gzip, .zstd][rows.random.below(4)],
      pageByteCount: [1, 100, 3000, 1 << 20][rows.random.below(4)],
      rowGroupByteCount: [1, 5000, 100_000, 64 << 20][rows.random.below(4)],
      dictionaryByteCount: [0, 10, 500, 1 << 20][rows.random.below(4)],
      workers: 1 + rows.random.below(3))
    let writer = ParquetWriter(columns: columns, options: options, writer: "test")
    var bytes: [UInt8] = []
    var json = ""
    for _ in 0..<[0, 1, 7, 200, 3000][rows.random.below(5)] {
      let values = columns.map { rows.value(of: $0.type) }
      writer.append({ row in
        for (column, value) in values.enumerated() { value.append(to: row[column]) }
      }) { $0.withUnsafeBytes { bytes.append(contentsOf: $0) } }
      let members = zip(columns, values).map { (name: $0.name, value: $1) }
      json += RandomValue.structure(members).json + "\n"
    }
    writer.finish { $0.withUnsafeBytes { bytes.append(contentsOf: $0) } }
    try folder.write(bytes, "\(seed).parquet")
    try folder.write(Array(json.utf8), "\(seed).jsonl")
  }

  /// The pages that come out do not depend on who compresses them.
  @Test func workersChangeNoByte() {
    func file(workers: Int) -> [UInt8] {
      var rows = RandomRows(seed: 11)
      let columns = rows.columns()
      let writer = ParquetWriter(
        columns: columns,
        options: ParquetWriterOptions(
          pageByteCount: 500, rowGroupByteCount: 20_000, workers: workers),
        writer: "test")
      var bytes: [UInt8] = []
      for _ in 0..<4000 {
        let values = columns.map { rows.value(of: $0.type) }
        writer.append({ row in
          for (column, value) in values.enumerated() { value.append(to: row[column]) }
        }) { $0.withUnsafeBytes { bytes.append(contentsOf: $0) } }
      }
      writer.finish { $0.withUnsafeBytes { bytes.append(contentsOf: $0) } }
      return bytes
    }
    let alone = file(workers: 1)
    #expect(alone.count > 10_000)
    #expect(file(workers: 2) == alone)
    #expect(file(workers: 7) == alone)
  }

  /// An output that fails ends the writing, with its own error.
  @Test func errorsOfTheOutputComeThrough() {
    struct Full: Error {}
    let writer = ParquetWriter(
      columns: [ColumnType.Field("text", .text)],
      options: ParquetWriterOptions(rowGroupByteCount: 1000, workers: 3), writer: "test")
    #expect(throws: Full.self) {
      for _ in 0..<1000 {
        try writer.append({ $0[0].text("some text") }) { _ throws(Full) in throw Full() }
      }
    }
  }
}
