internal import Foundation
import JSON
import Records
import TestSupport
import Testing

@testable import Ingest

@Suite struct TableFramerTests {
  private static let python = ProcessInfo.processInfo.environment["DPO_PREP_PYTHON"]

  private enum Item: Equatable {
    case row(String, line: Int)
    case refused(String, head: String, line: Int)
    case empty
    case failure(String, line: Int?, column: Int?)
  }

  /// What becomes of a table.
  private static func items(
    _ text: [UInt8], separator: Character = ",", chunk: Int = 512 << 10, limit: Int = 32 << 20,
    step: Int = .max
  ) -> [Item] {
    let options = FramingOptions(
      maximumRowByteCount: limit, chunkByteCount: chunk, headByteCount: 12)
    let framer = TableFramer(
      BufferedSource(PiecewiseSource(text, nextSize: { step })),
      separator: separator.asciiValue ?? 0,
      document: DocumentIdentity(fileIndex: 0, documentIndex: 0, name: "t"), options: options,
      pool: BufferPool(capacity: options.chunkByteCount, preparesAhead: false))
    var items: [Item] = []
    do throws(IngestError) {
      while let frame = try framer.next() {
        switch frame {
        case .chunk(let chunk):
          chunk.forEachRow { base, range in
            let row = base.copy(range)
            items.append(
              .row(
                String(decoding: row, as: UTF8.self),
                line: chunk.location(ofByte: range.lowerBound).line ?? 0))
            return true
          }
        case .refused(let row):
          items.append(
            .refused(
              row.error.message, head: String(decoding: row.head, as: UTF8.self),
              line: row.location.line ?? 0))
        case .empty: items.append(.empty)
        }
      }
    } catch {
      items.append(
        .failure(error.message, line: error.location?.line, column: error.location?.column))
    }
    return items
  }

  private static func items(_ text: String, limit: Int = 32 << 20) -> [Item] {
    let whole = items(Array(text.utf8), limit: limit)
    for step in [1, 3, 17] {
      #expect(items(Array(text.utf8), chunk: 16, limit: limit, step: step) == whole)
    }
    return whole
  }

  /// Random tables come out as Python's csv reads them, each row with its line.
  @Test(.enabled(if: python != nil, "DPO_PREP_PYTHON names no Python; scripts/test.sh sets it"))
  func tablesAreReadAsPythonReadsThem() throws {
    let bench = try Workbench()
    let script = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../oracle/tables.py").standardized.path(percentEncoded: false)
    let count = 80
    try bench.shell("'\(Self.python ?? "")' -B '\(script)' make . --count \(count)")
    let names = try FileManager.default.contentsOfDirectory(atPath: bench.path)
      .filter { !$0.hasSuffix(".expected") }
    #expect(names.count == count)
    for name in names {
      let expected = try bench.bytes(name + ".expected").split(separator: 0x0A)
      let separator: Character = name.hasSuffix("csv") ? "," : "\t"
      let text = try bench.bytes(name)
      let items = Self.items(text, separator: separator)
      #expect(Self.items(text, separator: separator, chunk: 100, step: 13) == items)
      #expect(items.count == expected.count, "\(name)")
      for (item, line) in zip(items, expected) {
        guard case .row(let row, let place) = item else {
          Issue.record("\(name): \(item)")
          break
        }
        // Python has one text for the empty cell and for the empty text.
        let ours = try #require(
          try JSONSerialization.jsonObject(with: Data(row.utf8)) as? [String: Any]
        ).mapValues { $0 as? String ?? "" }
        let theirs = try #require(
          try JSONSerialization.jsonObject(with: Data(line)) as? [String: Any])
        #expect(ours == theirs["row"] as? [String: String], "\(name)")
        #expect(place == theirs["line"] as? Int, "\(name)")
      }
    }
  }

  @Test func cellsAreTextsAndEmptyOnesNull() {
    let text = "a,b,c\r\n1,\"\",\r\n\n\"x\ny\",\"a \"\"b\"\"\",5\" [1]\rp,{},\"\n\""
    #expect(
      Self.items(text) == [
        .row(#"{"a": "1", "b": "", "c": null}"#, line: 2),
        .row(#"{"a": "x\ny", "b": "a \"b\"", "c": "5\" [1]"}"#, line: 4),
        .row(#"{"a": "p", "b": "{}", "c": "\n"}"#, line: 6),
      ])
    for text in ["", "\n\n", "a,b\n", "\u{FEFF}a,b"] { #expect(Self.items(text) == [.empty]) }
  }

  @Test func recordsUnlikeTheHeaderAreMalformedRows() {
    let text = "a,b\n1,2\n3\n\"4\n5\",6,7\n8,9\n\"x\"y,1\n2,3\n"
    #expect(
      Self.items(text) == [
        .row(#"{"a": "1", "b": "2"}"#, line: 2),
        .refused("this record has 1 cell, but the header has 2", head: "3", line: 3),
        .refused("this record has 3 cells, but the header has 2", head: "\"4\n5\",6,7", line: 4),
        .row(#"{"a": "8", "b": "9"}"#, line: 6),
        .refused(
          "expected a separator or the end of the line behind the quotation mark that closes "
            + "cell 1", head: "\"x\"y,1", line: 7),
        .row(#"{"a": "2", "b": "3"}"#, line: 8),
      ])
  }

  @Test func longRecordsAreNotKept() {
    let long = String(repeating: "x", count: 90)
    let text =
      "a,b\n1,2\n\"\n\(long)\",3\n4,5\n"
      + "\u{1}\u{1}\u{1}\u{1}\u{1}\u{1}\u{1}\u{1},\(long.prefix(20))\n6,7\n"
    let items = Self.items(text, limit: 60)
    #expect(items.count == 5)
    #expect(items.first == .row(#"{"a": "1", "b": "2"}"#, line: 2))
    guard case .refused(let message, let head, 3) = items[1] else {
      return #expect(Bool(false), "\(items)")
    }
    #expect(message.contains("limit of 60") && head == "\"\nxxxxxxxxxx")
    #expect(items[2] == .row(#"{"a": "4", "b": "5"}"#, line: 5))
    #expect(items.last == .row(#"{"a": "6", "b": "7"}"#, line: 7))
  }

  /// A few megabytes of separators stand for cells that would take gigabytes.
  @Test(arguments: [Int.max, 1000])
  func cellsWithoutEndAreCountedNotKept(step: Int) {
    func items(_ text: String, limit: Int) -> [Item] {
      Self.items(Array(text.utf8), limit: limit, step: step)
    }
    let commas = String(repeating: ",", count: 200_000)
    let rows = items("a,b\n\(commas)\n1,2\n", limit: 32 << 20)
    guard case .refused(let message, _, 2)? = rows.first else {
      return #expect(Bool(false), "\(rows)")
    }
    #expect(message.contains("this record has 200001 cells, but the header has 2"))
    #expect(rows.last == .row(#"{"a": "1", "b": "2"}"#, line: 3))

    // The record is too long in the midst of a cell, whose beginning is gone then.
    let long = items("a,b\n1,\(String(repeating: "x,", count: 5000))\n1,2\n", limit: 1500)
    guard case .refused(let tooLong, _, 2)? = long.first else {
      return #expect(Bool(false), "\(long)")
    }
    #expect(tooLong.contains("limit of 1500"))
    #expect(long.last == .row(#"{"a": "1", "b": "2"}"#, line: 3))

    let names = (0..<70_000).map { "c\($0)" }.joined(separator: ",")
    #expect(
      items(names + "\n1,2\n", limit: 32 << 20)
        == [.failure("the header has 70000 cells, more than 65536", line: 1, column: 1)])
    #expect(
      items(names + "\n1,2\n", limit: 1500)
        == [
          .failure("the header has more bytes than the limit of a row, 1500", line: 1, column: 1)
        ])
  }

  @Test(arguments: [
    ("a,b\n1,2\n3,\"4\n5", "the quotation mark that opens this cell is never closed", 3, 3),
    (
      "a,b\n\"1\n2\", \"3\"\n\"x\n\",\"4\n5",
      "the quotation mark that opens this cell is never closed", 5, 3
    ),
    ("\na,b,a\n1,2,3\n", "cells 1 and 3 of the header are both \"a\"", 2, 1),
    ("a,,c\n", "cell 2 of the header is empty, so the column has no name", 1, 1),
    (
      "\"a\"x,b\n",
      "expected a separator or the end of the line behind the quotation mark that closes cell 1", 1,
      1
    ),
  ])
  func brokenTablesAreErrors(text: String, message: String, line: Int, column: Int) {
    #expect(Self.items(text).last == .failure(message, line: line, column: column))
  }

  @Test func otherEncodingsAreRefused() {
    let wide = "a,b\n1,2\n".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    for text in [wide, [0xFF, 0xFE] + wide] {
      guard case .failure(let message, _, _) = Self.items(text).last else {
        return #expect(Bool(false))
      }
      #expect(message.contains("UTF-16"))
    }
  }

  /// The name says that it is a table, in compressed files and archives as well.
  @Test func tablesAreToldByTheirNames() throws {
    let bench = try Workbench()
    let text = "prompt,reward\na,1\n"
    for name in ["a.csv", "x/b.CSV", "c.txt"] { try bench.write(name, text) }
    try bench.write("d.tsv", "prompt\treward\na\t1\n")
    try bench.shell("gzip -k a.csv; tar cf t.tar a.csv d.tsv")
    let row = Array("{\"prompt\": \"a\", \"reward\": \"1\"}\n".utf8)
    for name in ["a.csv", "x/b.CSV", "d.tsv", "a.csv.gz"] {
      #expect(try Reading("\(bench.path)/\(name)").joined == row, "\(name)")
    }
    #expect(try Reading("\(bench.path)/t.tar").joined == row + row)
    #expect(try Reading("\(bench.path)/c.txt").joined == Array(text.utf8))
  }
}
