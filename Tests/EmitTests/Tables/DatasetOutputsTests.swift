import Parquet
import Records
import TestSupport
import Testing

@testable import Emit

/// The list of a dataset's data files, and each of them written by itself.
@Suite struct DatasetOutputsTests {
  private static func row(_ number: Int) -> DatasetRow {
    DatasetRow(
      prompt: Prompt(
        id: Array("id-\(number)".utf8), messages: [Message(.user, text: Array("q".utf8))]),
      chosen: .init(
        .text(Array("yes \(number)".utf8)), score: Double(number), rawScore: 2, length: 5),
      rejected: .init(.text(Array("no".utf8)), score: -0.25, rawScore: 1e-7, length: 3))
  }

  private static func layout(
    _ profiles: [Profile] = [.trl], _ format: DataFormat = .jsonl(.none), train: Int,
    test: Int = 0, shardRows: Int
  ) -> DatasetLayout {
    DatasetLayout(
      profiles: profiles, format: format, shardRows: shardRows,
      pairs: [.train: train, .test: test], lengthsAreWhole: true)
  }

  @Test func filesAreListedProfileByProfile() {
    let layout = Self.layout([.trl, .kto], train: 5, test: 1, shardRows: 4)
    #expect(
      layout.outputs.map { "\($0.path) \($0.pairs)" } == [
        "data/train-00000-of-00002.jsonl 0..<4", "data/train-00001-of-00002.jsonl 4..<5",
        "data/test-00000-of-00001.jsonl 0..<1", "kto/train-00000-of-00003.jsonl 0..<2",
        "kto/train-00001-of-00003.jsonl 2..<4", "kto/train-00002-of-00003.jsonl 4..<5",
        "kto/test-00000-of-00001.jsonl 0..<1",
      ])
    #expect(layout.outputs.map(\.index) == [0, 1, 0, 0, 1, 2, 0])
  }

  @Test func bucketsAreCutWhereAnyProfileIs() {
    let layout = Self.layout([.trl, .kto], train: 10, test: 2, shardRows: 3)
    let buckets = PairBuckets(of: layout)
    // Three rows a file: three pairs for TRL, and one for KTO, whose pairs take two rows.
    #expect(
      buckets.all
        == (0..<10).map { .init(split: .train, pairs: $0..<$0 + 1) }
        + (0..<2).map { .init(split: .test, pairs: $0..<$0 + 1) })
    let five = PairBuckets(of: Self.layout([.kto, .trl], train: 7, shardRows: 5))
    #expect(five.all.map(\.pairs) == [0..<2, 2..<4, 4..<5, 5..<6, 6..<7])
  }

  @Test func aSplitWithoutPairsHasNeitherFilesNorBuckets() {
    let layout = Self.layout(train: 0, test: 3, shardRows: 2)
    #expect(layout.outputs.map(\.split) == [.test, .test])
    #expect(PairBuckets(of: layout).all.map(\.pairs) == [0..<2, 2..<3])
    let nothing = Self.layout(train: 0, shardRows: 2)
    #expect(nothing.outputs.isEmpty)
    #expect(PairBuckets(of: nothing).all.isEmpty)
  }

  /// Whatever the sizes: the files of a split hold each of its pairs once, in order, as many as fit;
  /// and the buckets of a file hold what the file holds.
  @Test func everyPairIsInOneFileOfEachProfileAndInOneBucket() {
    var random = SeededRandom(seed: 5)
    for _ in 0..<200 {
      let profiles =
        [[Profile.trl], [.kto], [.trl, .kto], [.kto, .standard, .trl]]
        .randomElement(using: &random) ?? []
      let layout = Self.layout(
        profiles, train: .random(in: 0...40, using: &random),
        test: .random(in: 0...9, using: &random), shardRows: .random(in: 1...50, using: &random))
      let buckets = PairBuckets(of: layout)
      for split in DatasetSplit.allCases {
        let count = layout.pairs[split] ?? 0
        #expect(buckets.all.filter { $0.split == split }.flatMap(\.pairs) == Array(0..<count))
        for pair in 0..<count {
          let bucket = buckets.all[buckets.number(of: pair, in: split)]
          #expect(bucket.split == split && bucket.pairs.contains(pair))
        }
        for profile in profiles {
          let outputs = layout.outputs.filter { $0.profile == profile && $0.split == split }
          #expect(outputs.flatMap(\.pairs) == Array(0..<count))
          let rows = outputs.map { $0.pairs.count * profile.rowsPerPair.count }
          #expect(rows.allSatisfy { $0 <= max(layout.shardRows, profile.rowsPerPair.count) })
          // A file is not full only where it is the last.
          #expect(Set(rows.dropLast()).count <= 1 && rows.last ?? 0 <= rows.first ?? 0)
        }
      }
      for output in layout.outputs {
        let own = buckets.all[buckets.numbers(of: output)]
        #expect(own.allSatisfy { $0.split == output.split })
        #expect(own.flatMap(\.pairs) == Array(output.pairs))
      }
      #expect(Set(layout.outputs.map(\.path)).count == layout.outputs.count)
    }
  }

  /// A file written alone, last first and under another name, is the one that the whole dataset has.
  @Test(arguments: [DataFormat.jsonl(.zstd), .parquet(.zstd)])
  func aFileAloneHasTheSameBytes(format: DataFormat) throws {
    let folder = try TemporaryFolder()
    let layout = Self.layout([.trl, .kto], format, train: 7, test: 2, shardRows: 3)
    let dataset = try DatasetFolder(target: folder.path + "/out", overwrites: false)
    let rows = MadeRows(layout: layout) { Self.row($0) }
    // Some rows come encoded, across the ends of files.
    let tables = try rows.write(into: dataset, workers: 2) { $0 % 5 < 3 }
    try dataset.commit()

    var shards: [DatasetLayout.Output: DatasetShard.Written] = [:]
    for (number, output) in layout.outputs.enumerated().reversed() {
      shards[output] = try rows.write(output, folder: folder.path, name: "alone-\(number)")
      #expect(try folder.read("alone-\(number)") == folder.read("out/" + output.path))
    }
    for table in tables {
      let own = layout.outputs.filter {
        $0.profile == table.profile && $0.split == table.split
      }
      #expect(
        table
          == DatasetWriter.Table(
            profile: table.profile, split: table.split, shards: own.compactMap { shards[$0] }))
    }
  }
}
