internal import Foundation
import JSON
import TestSupport
import Testing

@testable import Parquet

@Suite struct ParquetRowsTests {
  private static let fuzzCount = ProcessInfo.processInfo.environment["DPO_PREP_FUZZ"]
    .flatMap(Int.init)

  /// The rows of a file as lines of JSON.
  private static func text(
    of bytes: [UInt8], columns: Set<String>? = nil
  ) throws(ParquetError) -> [UInt8] {
    let rows = try ParquetRows(
      ParquetBytes(bytes), columns: columns.map { WantedColumns(needed: $0) }, rowLimit: 32 << 20)
    var text = JSONText()
    while try rows.next(into: &text) {}
    return text.bytes
  }

  /// Files of pyarrow in all its settings, and of Polars, DuckDB and `datasets` where they are.
  @Test(.enabled(if: ParquetFolder.python != nil, Comment(rawValue: ParquetFolder.reason)))
  func filesOfOthersAreReadAsPyarrowReadsThem() throws {
    let folder = try ParquetFolder()
    let count = max(60, (Self.fuzzCount ?? 0) / 10_000)
    _ = try folder.run("parquet_files.py", ["make"], ["--count", "\(count)"])
    let names = try folder.names
    #expect(names.count > count * 9 / 10)
    for name in names {
      do {
        try folder.write(try Self.text(of: folder.read("\(name).parquet")), "\(name).jsonl")
      } catch {
        Issue.record("\(name): \(error)")
        try folder.write([], "\(name).jsonl")
      }
    }
    let lines = try folder.run("parquet_files.py", ["check"])
    #expect(lines.last == "\(names.count) files")
    #expect(lines.dropLast().joined(separator: "\n") == "")
  }

  /// Damage in files of all codecs and types is an error or comes out as rows.
  @Test(.enabled(if: ParquetFolder.python != nil, Comment(rawValue: ParquetFolder.reason)))
  func damageToFilesOfOthersIsAnErrorOrRows() throws {
    let folder = try ParquetFolder()
    _ = try folder.run("parquet_files.py", ["make"], ["--count", "40", "--seed", "7"])
    var random = SeededRandom(seed: 11)
    var errors = 0
    let count = max(20, (Self.fuzzCount ?? 0) / 10_000)
    for name in try folder.names {
      let whole = try folder.read("\(name).parquet")
      guard whole.count < 100_000 else { continue }
      for _ in 0..<count {
        var bytes = whole
        for _ in 0...random.below(4) {
          bytes[random.below(bytes.count)] ^= UInt8(1 + random.below(255))
        }
        do throws(ParquetError) {
          _ = try Self.text(of: bytes)
        } catch {
          errors += 1
          #expect(!error.message.isEmpty)
        }
      }
    }
    #expect(errors > count * 5)
  }

  // MARK: Files that say more than they hold

  /// A small file that stands for far more than a machine holds.
  private static func bomb(_ name: String) throws -> ParquetBytes {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Fuzz/bombs")
    return ParquetBytes(Array(try Data(contentsOf: folder.appendingPathComponent(name))))
  }

  /// 556 bytes, of which one run of levels stands for a list of two billion elements.
  @Test func aRowBeyondTheLimitIsCutThere() throws {
    let limit = 100_000
    let rows = try ParquetRows(Self.bomb("list-of-2g.parquet"), columns: nil, rowLimit: limit)
    var text = JSONText()
    do throws(ParquetError) {
      while text.count <= limit, try rows.next(into: &text) { text.clear() }
    } catch {
      #expect(error.code == .beyondRowLimit)
    }
    #expect(text.count < 2 * limit)
  }

  /// 407 bytes that say there are two billion rows: they come one after the other.
  @Test func nullsWithoutEndTakeNoMemory() throws {
    let rows = try ParquetRows(Self.bomb("nulls-2g.parquet"), columns: nil, rowLimit: 1000)
    for _ in 0..<10_000 {
      var text = JSONText()
      #expect(try rows.next(into: &text))
      #expect(text.count < 1000)
    }
  }

  private static func file(seed: UInt64, rows count: Int) -> (bytes: [UInt8], text: JSONText) {
    var rows = RandomRows(seed: seed)
    let columns = rows.columns()
    let writer = ParquetWriter(
      columns: columns,
      options: ParquetWriterOptions(
        compression: [.none, .snappy, .gzip, .zstd][Int(seed % 4)], pageByteCount: 700,
        rowGroupByteCount: 9000, dictionaryByteCount: 300),
      writer: "test")
    var bytes: [UInt8] = []
    var text = JSONText()
    for _ in 0..<count {
      let values = columns.map { rows.value(of: $0.type) }
      writer.append({ row in
        for (column, value) in values.enumerated() { value.append(to: row[column]) }
      }) { $0.withUnsafeBytes { bytes.append(contentsOf: $0) } }
      let members = zip(columns, values).map { (name: $0.name, value: $1) }
      RandomValue.structure(members).write(to: &text)
      text.append("\n")
    }
    writer.finish { $0.withUnsafeBytes { bytes.append(contentsOf: $0) } }
    return (bytes, text)
  }

  /// What was written comes back, and what is not wanted is not touched.
  @Test(arguments: 0..<40 as Range<UInt64>)
  func ownFilesComeBack(seed: UInt64) throws {
    let file = Self.file(seed: seed, rows: 300)
    let text = try Self.text(of: file.bytes)
    #expect(text == file.text.bytes)
    #expect(text.count > 300)
  }

  @Test func onlyWantedColumnsAreRead() throws {
    let long = [UInt8](repeating: 0x61, count: 5000)
    let writer = ParquetWriter(
      columns: [.init("text", .text), .init("number", .int64)],
      options: ParquetWriterOptions(compression: .none, dictionaryByteCount: 0), writer: "test")
    var bytes: [UInt8] = []
    for number in 0..<200 {
      writer.append({ row in
        row[0].text(long)
        row[1].integer(Int64(number))
      }) { $0.withUnsafeBytes { bytes.append(contentsOf: $0) } }
    }
    writer.finish { $0.withUnsafeBytes { bytes.append(contentsOf: $0) } }
    let input = ParquetBytes(bytes)
    let rows = try ParquetRows(
      input, columns: WantedColumns(needed: ["number", "not there"]), rowLimit: 1 << 20)
    var text = JSONText()
    while try rows.next(into: &text) {}
    #expect(text.bytes.starts(with: "{\"number\": 0}\n{\"number\": 1}\n".utf8))
    #expect(input.askedCount < 30_000 && bytes.count > 1_000_000)
  }

  /// A damaged file ends in an error or in rows, and never takes more memory than it says.
  @Test(arguments: 0..<8 as Range<UInt64>)
  func damageIsAnErrorOrRows(seed: UInt64) {
    let whole = Self.file(seed: seed, rows: 120).bytes
    var random = SeededRandom(seed: seed &+ 99)
    var errors = 0
    let count = max(300, (Self.fuzzCount ?? 0) / 100)
    for _ in 0..<count {
      var bytes = whole
      switch random.below(3) {
      case 0:
        for _ in 0...random.below(3) { bytes[random.below(bytes.count)] = UInt8(random.below(256)) }
      case 1:
        // The metadata is at the end.
        let place = bytes.count - 1 - random.below(min(2000, bytes.count))
        bytes[place] ^= 1 << UInt8(random.below(8))
      default: bytes.removeSubrange(random.below(bytes.count)..<bytes.count)
      }
      do throws(ParquetError) {
        _ = try Self.text(of: bytes)
      } catch {
        errors += 1
        if error.message.isEmpty { Issue.record("an error without a message") }
      }
    }
    #expect(errors > count / 3)
  }

  @Test(
    arguments: [
      ([], "too short"), (Array("PAR1PAR1".utf8), "too short"),
      (Array("PAR1\u{5}\0\0\0\0\0\0\0PAR2".utf8), "does not end"),
      (Array("PAR1\u{7F}\0\0\0PAR1".utf8), "larger than the file"),
      (Array("PAR1\0\0\0\0\0\0\0\0PARE".utf8), "encrypted"),
    ] as [([UInt8], String)])
  func whatIsNoFileIsSaid(bytes: [UInt8], message: String) throws {
    let error = try #require(throws: ParquetError.self) { try Self.text(of: bytes) }
    #expect(error.message.contains(message), "\(error.message)")
  }
}
