import Foundation
import Records
import Testing

@testable import Ingest

@Suite struct InputDiscoveryTests {
  private let bench: Workbench

  init() throws { bench = try Workbench() }

  /// The files found, relative to the bench.
  private func found(_ patterns: String...) throws -> [String] {
    try InputDiscovery.files(for: patterns.map { "\(bench.path)/\($0)" })
      .map { String($0.path.dropFirst(bench.path.count + 1)) }
  }

  @Test func namedFilesKeepTheirOrder() throws {
    for name in ["b.jsonl", "a.txt", "c"] { try bench.write(name, "{}") }
    #expect(try found("c", "b.jsonl", "a.txt") == ["c", "b.jsonl", "a.txt"])
  }

  @Test func patternsAreSortedByBytes() throws {
    for name in ["b.jsonl", "B.jsonl", "a10.jsonl", "a9.jsonl", "é.jsonl", "x.txt"] {
      try bench.write(name, "{}")
    }
    #expect(
      try found("*.jsonl") == ["B.jsonl", "a10.jsonl", "a9.jsonl", "b.jsonl", "é.jsonl"])
    #expect(try found("a?.jsonl") == ["a9.jsonl"])
    #expect(try found("[aB]*.jsonl") == ["B.jsonl", "a10.jsonl", "a9.jsonl"])
  }

  @Test func twoAsterisksMeanAnyDepth() throws {
    for name in ["r.jsonl", "x/s.jsonl", "x/y/t.jsonl", "x/y/u.txt", "x/.h/v.jsonl"] {
      try bench.write(name, "{}")
    }
    #expect(try found("**/*.jsonl") == ["r.jsonl", "x/s.jsonl", "x/y/t.jsonl"])
    #expect(try found("x/**/t.jsonl") == ["x/y/t.jsonl"])
  }

  @Test func anExistingNameIsNoPattern() throws {
    try bench.write("run[1].jsonl", "{}")
    try bench.write("run1.jsonl", "{}")
    #expect(try found("run[1].jsonl") == ["run[1].jsonl"])
  }

  @Test func foldersYieldDataFilesOnly() throws {
    let data = [
      "a.jsonl", "b.json.gz", "c/d.ndjson.zst", "c/e.tar.gz", "c/f.tgz", "g.zip", "h.jsonl.lz4",
      "part-0001.gz", "shard.0002.xz", "z.JSONL.bz2",
    ]
    let others = ["README.md", ".hidden.jsonl", ".cache/x.jsonl", "t.csv.gz", "n.txt", "jsonl"]
    for name in data + others { try bench.write(name, "{}") }
    #expect(try found("").map { $0 } == data.sorted())
  }

  @Test func linksAreFollowedWithoutGoingInCircles() throws {
    let outside = try Workbench()
    try outside.write("blob", "{}")
    try bench.write("sub/a.jsonl", "{}")
    try FileManager.default.createSymbolicLink(
      atPath: "\(bench.path)/sub/l.jsonl", withDestinationPath: "\(outside.path)/blob")
    try FileManager.default.createSymbolicLink(
      atPath: "\(bench.path)/sub/up", withDestinationPath: bench.path)
    #expect(try found("") == ["sub/a.jsonl", "sub/l.jsonl"])
  }

  @Test func aFileIsTakenOnce() throws {
    try bench.write("a.jsonl", "{}")
    try FileManager.default.createSymbolicLink(
      atPath: "\(bench.path)/b.jsonl", withDestinationPath: "\(bench.path)/a.jsonl")
    let error = try failure { _ = try found("a.jsonl", "b.jsonl") }
    #expect(error.code == .repeatedInput)
    #expect(error.location?.file == "\(bench.path)/b.jsonl")
    #expect(error.message.contains("\(bench.path)/a.jsonl"))
    #expect(try failure { _ = try InputDiscovery.files(for: ["-", "-"]) }.code == .repeatedInput)
  }

  @Test(arguments: [
    ("gens.jsnl", "gens.jsonl"), ("gen.jsonl", "gens.jsonl"), ("something-else.parquet", nil),
  ])
  func missingFilesAreNamedWithTheNearestName(name: String, nearest: String?) throws {
    try bench.write("gens.jsonl", "{}")
    try bench.write("q", "{}")
    let error = try failure { _ = try found(name) }
    #expect(error.code == .missingInput)
    #expect(error.category == .inputMissing)
    #expect(error.location?.file == "\(bench.path)/\(name)")
    #expect(error.hint == nearest.map { "did you mean \(bench.path)/\($0)?" })
  }

  @Test func nothingFoundIsAnError() throws {
    try bench.write("sub/notes.txt", "x")
    #expect(try failure { _ = try found("*.jsonl") }.category == .inputMissing)
    #expect(try failure { _ = try found("sub") }.category == .inputMissing)
    #expect(try failure { _ = try found("nowhere/*.jsonl") }.category == .inputMissing)
  }

  @Test(.enabled(if: getuid() != 0, "the superuser may read everything"))
  func unreadableFilesAreReported() throws {
    let path = try bench.write("a.jsonl", "{}")
    try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: path)
    #expect(try failure { _ = try Reading(path) }.category == .inputOutput)
  }

  @Test func aFolderInPlaceOfAFileCannotBeRead() throws {
    let error = try failure {
      _ = try ChunkReader(
        InputFile(path: bench.path, displayName: "it", byteCount: nil), fileIndex: 0
      ).next()
    }
    #expect(error.category == .inputOutput)
    #expect(error.location?.file == "it")
  }
}
