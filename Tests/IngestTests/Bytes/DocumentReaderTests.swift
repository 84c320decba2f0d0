import Foundation
import Records
import TestSupport
import Testing

@testable import Ingest

@Suite struct DocumentReaderTests {
  private let bench: Workbench
  private let row = "{\"a\": 1}\n"

  init() throws { bench = try Workbench() }

  private func path(_ name: String) -> String { "\(bench.path)/\(name)" }

  // MARK: Formats that are not read

  @Test(
    arguments: [
      ("FEA1\0\0", "Feather"), ("7z\u{BC}", nil), ("Rar!\u{1A}\u{7}", "RAR"),
      ("LZIP\u{1}", "lzip"), ("<!DOCTYPE html><p>404", "web page"),
      ("version https://git-lfs.github.com/spec/v1\noid", "LFS"),
    ] as [(String, String?)])
  func knownFormatsAreNamed(content: String, name: String?) throws {
    let file = try bench.write("x.jsonl", content)
    guard let name else {
      // Not the archive's magic, so the parser must judge it.
      #expect(try Reading(file).joined == Array(content.utf8))
      return
    }
    let error = try failure { _ = try Reading(file) }
    #expect(error.code == .unsupported)
    #expect(error.message.contains(name))
    #expect(error.hint?.isEmpty == false)
    #expect(error.location == SourceLocation(file: file))
  }

  // MARK: What stands between and behind compressed parts

  @Test(.enabled(if: Workbench.has("gzip")))
  func gzipTakesZerosButNoJunk() throws {
    try bench.write("a", row)
    try bench.shell("gzip -k a; head -c 1000 /dev/zero > zeros; cat a.gz zeros a.gz zeros > b")
    try bench.shell("(cat a.gz; echo junk) > c.gz")
    #expect(try Reading(path("b")).joined == Array((row + row).utf8))
    let error = try failure { _ = try Reading(path("c.gz")) }
    #expect([.corrupt, .truncated].contains(error.code))
  }

  @Test(.enabled(if: Workbench.has("xz")))
  func xzPaddingComesInFours() throws {
    try bench.write("a", row)
    try bench.shell("xz -k a; head -c 4 /dev/zero > four; cat a.xz four a.xz four > b")
    try bench.shell("cat a.xz four > c; printf '\\0' >> c")
    #expect(try Reading(path("b")).joined == Array((row + row).utf8))
    #expect(try failure { _ = try Reading(path("c")) }.code == .corrupt)
  }

  @Test(.enabled(if: Workbench.has("zstd", "lz4")))
  func skippableFramesArePassed() throws {
    try bench.write("a", row)
    let skippable: [UInt8] = [0x53, 0x2A, 0x4D, 0x18, 5, 0, 0, 0, 1, 2, 3, 4, 5]
    try bench.shell("zstd -q a; lz4 -q a a.lz4")
    for name in ["a.zst", "a.lz4"] {
      let frame = try bench.bytes(name)
      let file = try bench.write("s", skippable + frame + skippable + frame + skippable)
      #expect(try Reading(file).joined == Array((row + row).utf8), "\(name)")
      let cut = try bench.write("t", skippable + frame + skippable.dropLast())
      #expect(try failure { _ = try Reading(cut) }.code == .truncated)
    }
  }

  @Test(.enabled(if: Workbench.has("zstd")))
  func longWindowsAreReadOnDemand() throws {
    try bench.write("a", row)
    for (bits, isUsual) in [(27, true), (28, false), (31, false)] {
      try bench.shell("cat a | zstd -q --long=\(bits) > a.zst")
      if isUsual {
        #expect(try Reading(path("a.zst")).joined == Array(row.utf8))
      } else {
        let error = try failure { _ = try Reading(path("a.zst")) }
        #expect(error.code == .unsupported && error.limit == "input.max_window")
      }
      let file = InputFile(path: path("a.zst"), displayName: "a.zst", byteCount: nil)
      let reader = try DocumentReader(file, window: 1 << bits)
      let text = try #require(try reader.next()).source
      _ = try text.peek()
      #expect(text.withBytes { $0.count } == row.utf8.count)
    }
  }

  // MARK: Where errors are

  @Test(.enabled(if: Workbench.has("zstd")))
  func damageIsLocatedByByteAndLine() throws {
    // Many frames, so that what precedes the damage is known to the line.
    try bench.write("a", sampleRows(1000))
    try bench.shell("zstd -q a; cat a.zst a.zst a.zst > b.zst")
    var bytes = try bench.bytes("b.zst")
    let frameCount = bytes.count / 3
    bytes[2 * frameCount] ^= 1
    let error = try failure { _ = try Reading(try bench.write("b.zst", bytes)) }
    #expect(error.code == .corrupt)
    #expect(error.location == SourceLocation(file: path("b.zst"), line: 2001))
    #expect(error.message.contains("zstd data is corrupt near compressed byte \(2 * frameCount)"))
    #expect(error.hint?.contains("zstd -t") == true)
  }

  @Test(.enabled(if: Workbench.has("gzip")))
  func theRestOfAFileCanBeVerified() throws {
    // Noise, so that a flipped bit in the middle changes the text but not its structure.
    var random = SeededRandom(seed: 1)
    let noise = (0..<400_000).map { _ in UInt8(0x21 + random.below(90)) }
    try bench.write("a", Array("{\n".utf8) + noise)
    try bench.shell("gzip a")
    var bytes = try bench.bytes("a.gz")
    bytes[bytes.count - 8] ^= 1  // the checksum
    let files = try InputDiscovery.files(for: [try bench.write("a.gz", bytes)])
    let options = FramingOptions(chunkByteCount: 16)
    let reader = try ChunkReader(try #require(files.first), fileIndex: 0, options: options)
    guard case .chunk? = try reader.next() else {
      Issue.record("no chunk before the damage")
      return
    }
    #expect(try failure { _ = try reader.finish() }.code == .corrupt)
  }

  // MARK: Archives

  @Test(.enabled(if: Workbench.has("tar", "gzip")), arguments: ["gnu", "pax", "ustar", "v7"])
  func membersAreChosenByName(format: String) throws {
    let longName = String(repeating: "long/", count: 18) + "x.jsonl"  // 97 bytes
    let longer = String(repeating: "n", count: 120) + ".jsonl"
    let isLimited = format == "v7" || format == "ustar"
    for name in ["b.jsonl", "a.json", longName, "README.md", ".hidden.jsonl", "__MACOSX/c.jsonl"] {
      try bench.write("in/\(name)", row)
    }
    if !isLimited { try bench.write("in/\(longer)", row) }
    try bench.shell("cd in && gzip a.json && ln -s b.jsonl link.jsonl && ln b.jsonl hard.jsonl")
    let last = isLimited ? "" : longer
    try bench.shell(
      "cd in && tar --format=\(format) -cf ../t.tar b.jsonl hard.jsonl link.jsonl a.json.gz long "
        + "README.md .hidden.jsonl __MACOSX \(last)")
    let reading = try Reading(path("t.tar"))
    let expected = ["b.jsonl", "a.json.gz", longName] + (isLimited ? [] : [longer])
    #expect(reading.names == expected.map { "\(path("t.tar"))!\($0)" })
    #expect(reading.joined == Array(String(repeating: row, count: expected.count).utf8))
    #expect(reading.summary?.skippedMembers == ["\(path("t.tar"))!README.md"])
    #expect(reading.summary?.documentCount == expected.count)
  }

  @Test(.enabled(if: Workbench.has("tar")))
  func aTarNeedsItsEndMark() throws {
    try bench.write("a.jsonl", row)
    try bench.shell("tar cf t.tar a.jsonl; cat t.tar t.tar > both.tar")
    let bytes = try bench.bytes("t.tar")
    let cut = try bench.write("cut.tar", bytes[..<1024])
    #expect(try failure { _ = try Reading(cut) }.code == .truncated)
    #expect(try Reading(try bench.write("short.tar", bytes[..<1536])).joined == Array(row.utf8))
    let files = try InputDiscovery.files(for: [path("both.tar")])
    let reader = try ChunkReader(try #require(files.first), fileIndex: 0)
    var count = 0
    while case .chunk? = try reader.next() { count += 1 }
    #expect(count == 2)
    let junk = try bench.write("junk.tar", bytes + Array("junk".utf8))
    #expect(try failure { _ = try Reading(junk) }.code == .corrupt)
  }

  @Test(.enabled(if: Workbench.has("tar", "zip", "gzip")))
  func archivesWithoutDataAndOddOnesAreErrors() throws {
    try bench.write("README.md", "hello")
    try bench.write("a.jsonl", row)
    try bench.shell("tar cf none.tar README.md; zip -q none.zip README.md; zip -q a.zip a.jsonl")
    try bench.shell("tar cf zip.tar a.zip; zip -q -P secret locked.zip a.jsonl")
    try bench.shell(
      "tar cf 0.tar a.jsonl; for i in 1 2 3 4 5 6 7 8; do gzip 0.tar; mv 0.tar.gz 0.tar; done")
    for (name, code) in [
      ("none.tar", IngestError.Code.empty), ("none.zip", .empty), ("zip.tar", .unsupported),
      ("locked.zip", .unsupported), ("0.tar", .unsupported),
    ] {
      #expect(try failure { _ = try Reading(path(name)) }.code == code, "\(name)")
    }
  }

  @Test(.enabled(if: Workbench.has("zip")))
  func zip64AndFoldersInZipAreRead() throws {
    try bench.write("d/a.jsonl", row)
    try bench.write("d/.x.jsonl", "no")
    try bench.shell(
      "zip -q -r plain.zip d; cat d/a.jsonl | zip -q -fz wide.zip - d/a.jsonl; ln -s a.jsonl d/l.jsonl; zip -q -y link.zip d/l.jsonl"
    )
    #expect(try Reading(path("plain.zip")).names == ["\(path("plain.zip"))!d/a.jsonl"])
    #expect(try Reading(path("wide.zip")).joined == Array(row.utf8))
    #expect(try failure { _ = try Reading(path("link.zip")) }.code == .unsupported)
    let wide = try bench.bytes("wide.zip")
    #expect(wide.indices.dropLast(3).contains { Array(wide[$0..<$0 + 4]) == [0x50, 0x4B, 6, 6] })
  }

  @Test(.enabled(if: Workbench.has("tar", "gzip")))
  func emptyTextsAreReported() throws {
    try bench.write("a.jsonl", "")
    try bench.write("b.jsonl", row)
    try bench.write("c.jsonl", " \n")
    try bench.shell("gzip -k a.jsonl; tar cf t.tar a.jsonl b.jsonl c.jsonl")
    #expect(try Reading(path("a.jsonl")).emptyNames == [path("a.jsonl")])
    #expect(try Reading(path("a.jsonl.gz")).emptyNames == [path("a.jsonl.gz")])
    let reading = try Reading(path("t.tar"))
    #expect(reading.emptyNames == ["a", "c"].map { "\(path("t.tar"))!\($0).jsonl" })
    #expect(reading.joined == Array(row.utf8))
  }
}
