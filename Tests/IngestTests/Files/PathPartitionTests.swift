import Testing

@testable import Ingest

/// What names of folders say; how pyarrow reads the same folders is in PartitionedInputTests.
struct PathPartitionTests {
  private func json(_ paths: String..., behind: Int = 0) -> [String?] {
    let partitions = paths.map { PathPartition($0, behind: behind) }
    let numbers = PathPartition.wholeNumbers(of: partitions)
    return partitions.map { partition in
      partition.json(wholeNumbers: numbers).map { String(decoding: $0, as: UTF8.self) }
    }
  }

  @Test func foldersWithAnEqualsSignAreColumns() {
    #expect(
      json("in/source=web/date=2026-01-01/part-0.parquet")
        == [#"{"source": "web", "date": "2026-01-01"}"#])
    #expect(json("a/b/c.jsonl", "/x=1.jsonl", "=a/b.jsonl") == [nil, nil, nil])
    #expect(json("a=b=c/d.jsonl", "v=/d.jsonl") == [#"{"a": "b=c"}"#, #"{"v": ""}"#])
    #expect(json("v=1/v=2/d.jsonl") == [#"{"v": 1}"#])
  }

  @Test func escapesAreTakenOff() {
    #expect(
      json("v=a%20b%3Dc+d/w%22=%E2%9C%93/d.csv") == [#"{"v": "a b=c+d", "w\"": "✓"}"#])
    // Neither an escape nor UTF-8.
    #expect(
      json("v=%2/d.csv", "v=%ff/d.csv", "v=%zz/d.csv") == [
        #"{"v": "%2"}"#, #"{"v": "%ff"}"#, #"{"v": "%zz"}"#,
      ])
  }

  @Test func aColumnIsOfWholeNumbersWhereAllFilesHaveThem() {
    let null = "v=__HIVE_DEFAULT_PARTITION__/d"
    #expect(json("v=1/d", "v=-20/d", null) == [#"{"v": 1}"#, #"{"v": -20}"#, #"{"v": null}"#])
    #expect(json("v=1/d", "v=x/d") == [#"{"v": "1"}"#, #"{"v": "x"}"#])
    for other in ["007", "+2", "1.5", "9223372036854775808", "-0", ""] {
      #expect(
        json("v=1/d", "v=\(other)/d") == [#"{"v": "1"}"#, "{\"v\": \"\(other)\"}"], "\(other)")
    }
  }

  @Test func foldersOutsideADatasetAreNoPartOfIt() {
    let file = InputFile(path: "runs/a=1/out/b=2/x.jsonl", displayName: "x", byteCount: 1)
    func names(_ folders: PartitionFolders, _ path: String) -> [String] {
      folders.partition(of: file, foundBy: path).columns.map(\.name)
    }
    #expect(names(.all, "runs/a=1/out") == ["a", "b"])
    #expect(names(.belowPaths, "runs/a=1/out") == ["b"])
    #expect(names(.belowPaths, "runs/*/out") == ["a", "b"])
    #expect(names(.belowPaths, "runs/a=1/out/b=2/x.jsonl").isEmpty)
    #expect(names(.none, "runs").isEmpty)
  }
}
