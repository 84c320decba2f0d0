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
      "part-0001.gz", "shard.0002.xz", "t.csv.gz", "u.TSV", "z.JSONL.bz2",
    ]
    let others = [
      "README.md", ".hidden.jsonl", ".cache/x.jsonl", "t.txt.gz", "n.txt", "jsonl",
      "manifest.json", "c/_SUCCESS", "c/state.json", "rejects.jsonl.zst",
    ]
    for name in data + others { try bench.write(name, "{}") }
    #expect(try found("").map { $0 } == data.sorted())
  }

  /// What is known to be no data is left out of patterns, too, but not where it is named.
  @Test func whatStandsBesideDataIsNotRead() throws {
    for name in [
      "part-0", "x.txt", "_SUCCESS", "_committed_1", "_metadata", "part-0.crc", "README.md",
      "report.html", "dataset_info.json",
    ] {
      try bench.write(name, "{}")
    }
    #expect(try found("*") == ["part-0", "x.txt"])
    #expect(try found("dataset_info.json", "_SUCCESS") == ["dataset_info.json", "_SUCCESS"])
    #expect(
      try failure { _ = try found("_*") }.message == "what matches this pattern is not a data file")
  }

  @Test func ownDatasetsAreReadOnce() throws {
    for name in ["data/train.jsonl", "llama-factory/train.jsonl"] {
      try bench.write("a/" + name, "{}")
    }
    #expect(try found("a") == ["a/data/train.jsonl", "a/llama-factory/train.jsonl"])
    try bench.write("a/manifest.json", "{\"tool\": \"another\"}")
    #expect(try found("a").count == 2)
    try bench.write("a/manifest.json", "{\n  \"tool\": \"dpo-prep\"\n}")
    #expect(try found("a") == ["a/data/train.jsonl"])
    #expect(try found("") == ["a/data/train.jsonl"])
    #expect(try found("a/llama-factory") == ["a/llama-factory/train.jsonl"])
  }

  /// Of folders that `datasets` wrote the tables alone are rows, and no copies of them.
  @Test func foldersOfSaveToDiskAreRead() throws {
    for name in ["state.json", "dataset_info.json", "data-00000-of-00001.arrow", "cache-1f.arrow"] {
      try bench.write("a/train/" + name, "{}")
    }
    try bench.write("a/dataset_dict.json", "{}")
    for path in ["a", "a/train", "a/train/*"] {
      #expect(try found(path) == ["a/train/data-00000-of-00001.arrow"])
    }
  }

  @Test(arguments: [
    ("hf://datasets/org/name/data/*.parquet", "hf download --repo-type dataset org/name "),
    ("s3://bucket/a", "aws s3 cp --recursive s3://bucket/a DIR"), ("gs://b/c", "gs://b/c DIR"),
    ("https://host/a.jsonl?x=1", "curl -LO https://host/a.jsonl?x=1"), ("az://c/d", "az storage"),
  ])
  func remotePathsAreFetchedFirst(path: String, command: String) throws {
    let error = try failure { _ = try InputDiscovery.files(for: [path]) }
    #expect(error.code == .missingInput && error.hint?.contains(command) == true)
  }

  @Test func emptyFilesAmongOthersAreNoMistake() throws {
    try bench.write("a/part-0.json", "")
    try bench.write("a/part-1.json", "{}")
    try bench.write("b/part-0.json", "")
    func areAllowed(_ path: String) throws -> [Bool] {
      try InputDiscovery.files(for: ["\(bench.path)/\(path)"]).map(\.mayBeEmpty)
    }
    // What has bytes may be a table without rows.
    #expect(try areAllowed("a") == [true, true])
    #expect(try areAllowed("a/*") == [true, true])
    #expect(try areAllowed("a/part-0.json") == [false])
    #expect(try areAllowed("b") == [false])
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
