import Foundation
import TestSupport
import Testing

@testable import Ingest

/// Arrow files and streams give the rows that the same tables give as Parquet.
@Suite(
  .enabled(
    if: Workbench.python != nil,
    "DPO_PREP_PYTHON names no Python to compare with; scripts/test.sh sets it"))
struct ArrowInputTests {
  private let bench: Workbench

  init() throws { bench = try Workbench() }

  /// Has pyarrow write tables, and gives the names of the Arrow files without their extension.
  private func make(count: Int) throws -> [String] {
    let script = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../oracle/arrow_files.py").standardized.path(percentEncoded: false)
    try bench.shell("'\(Workbench.python ?? "")' -B '\(script)' . --count \(count)")
    return try FileManager.default.contentsOfDirectory(atPath: bench.path)
      .filter { $0.hasSuffix(".arrow") }.map { String($0.dropLast(6)) }.sorted()
  }

  private func rows(_ name: String) throws -> [UInt8] {
    try Reading("\(bench.path)/\(name)").joined
  }

  @Test func rowsAreThoseOfParquet() throws {
    let names = try make(count: 20)
    #expect(names.count >= 22 * 6)
    for name in names {
      let table = name.prefix { $0 != "." }
      let expected = try rows("\(table).parquet")
      #expect(!expected.isEmpty)
      let found = try rows("\(name).arrow")
      #expect(found == expected, "\(name)")
    }
  }

  /// Every byte of a small file changed, and every length that it is cut to.
  @Test(arguments: ["stream", "file", "lz4", "zstd", "v4", "delta"])
  func damageIsAnErrorOrRows(form: String) throws {
    _ = try make(count: 0)
    let whole = try bench.bytes("small.\(form).arrow")
    let expected = try rows("small.\(form).arrow")
    var (errors, same) = (0, 0)
    func read(_ bytes: some Sequence<UInt8>) throws {
      try bench.write("damaged.arrow", bytes)
      do {
        same += try rows("damaged.arrow") == expected ? 1 : 0
      } catch let error as IngestError {
        errors += 1
        #expect(!error.message.isEmpty)
      }
    }
    for place in whole.indices {
      var bytes = whole
      bytes[place] ^= [0x01, 0x80, 0xFF][place % 3]
      try read(bytes)
    }
    // Padding, names of types that are alike and values of nulls change nothing.
    #expect(errors > whole.count / 4 && same > 0)
    errors = 0
    same = 0
    // Fewer bytes are recognised as nothing.
    for count in whole.indices.dropFirst(8) { try read(whole.prefix(count)) }
    #expect(errors == whole.count - 8)
  }

  /// Several changes at once, in tables of all types.
  @Test func muchDamageIsAnErrorOrRows() throws {
    let names = try make(count: 3)
    var random = SeededRandom(seed: 5)
    var errors = 0
    let fuzz = ProcessInfo.processInfo.environment["DPO_PREP_FUZZ"].flatMap(Int.init) ?? 0
    for name in names {
      let whole = try bench.bytes("\(name).arrow")
      for _ in 0..<max(20, fuzz / 1000) {
        var bytes = whole
        for _ in 0...random.below(4) {
          // Mostly the metadata, of which there is most at the beginning.
          let place = random.below(random.below(2) == 0 ? min(2000, bytes.count) : bytes.count)
          bytes[place] = UInt8(random.below(256))
        }
        try bench.write("damaged.arrow", bytes)
        do { _ = try rows("damaged.arrow") } catch is IngestError { errors += 1 }
      }
    }
    #expect(errors > names.count * 5)
  }

  @Test func whatIsWrongIsSaid() throws {
    _ = try make(count: 0)
    let stream = try bench.bytes("small.stream.arrow")
    for (bytes, message) in [
      (stream.dropLast(8), "ends without its mark"), (stream.prefix(100), "larger than the file"),
      (try bench.bytes("small.file.arrow").dropLast(9), "does not end as Arrow does"),
    ] {
      let path = try bench.write("a.arrow", bytes)
      let error = try failure { _ = try Reading(path) }
      #expect(error.code == .corrupt && error.message.contains(message), "\(error.message)")
    }
    try bench.shell("gzip -k small.stream.arrow")
    let error = try failure { _ = try Reading("\(bench.path)/small.stream.arrow.gz") }
    #expect(error.code == .unsupported && error.message.contains("Arrow"))
  }
}
