import Foundation
import Records
import Testing

@testable import Emit

@Suite struct DatasetWriterTests {
  private static func row(_ number: Int) -> DatasetRow {
    DatasetRow(
      prompt: Prompt(
        id: Array("id-\(number)".utf8),
        messages: [
          Message(.system, text: Array("be \"kind\"".utf8)),
          Message(.user, text: Array("first".utf8)),
          Message(.assistant, text: Array("reply".utf8)),
          Message(.user, text: Array("question \(number)".utf8)),
        ]),
      chosen: .init(.text(Array("good\n".utf8)), score: 2, rawScore: 2.5, length: 5),
      rejected: .init(.text(Array("bad".utf8)), score: -0.25, rawScore: 1e-7, length: 3))
  }

  private func layout(
    _ profiles: [Profile], train: Int, test: Int = 0, shardRows: Int = 100,
    compression: TextCompression = .none, lengthsAreWhole: Bool = true
  ) -> DatasetLayout {
    DatasetLayout(
      profiles: profiles, format: .jsonl(compression), shardRows: shardRows,
      pairs: [.train: train, .test: test], lengthsAreWhole: lengthsAreWhole)
  }

  /// The conversation of `row`, and its answers, in the shapes of the other profiles.
  private static let shapes: [(Profile, String)] = [
    (
      .standard,
      #"{"prompt": "be \"kind\"\n\nfirst\n\nreply\n\nquestion 0", "chosen": "good\n", "#
        + #""rejected": "bad", "prompt_id": "id-0", "#
    ),
    (
      .llamaFactory,
      #"{"conversations": [{"from": "human", "value": "first"}, {"from": "gpt", "value": "reply"}, "#
        + #"{"from": "human", "value": "question 0"}], "chosen": {"from": "gpt", "value": "good\n"}, "#
        + #""rejected": {"from": "gpt", "value": "bad"}, "system": "be \"kind\"", "prompt_id": "id-0", "#
    ),
    (
      .axolotl,
      #"{"messages": [\#(context)], "chosen": {"content": "good\n", "role": "assistant"}, "#
        + #""rejected": {"content": "bad", "role": "assistant"}, "prompt_id": "id-0", "#
    ),
    (
      .msSwift,
      #"{"messages": [\#(context), {"content": "good\n", "role": "assistant"}], "#
        + #""rejected_response": "bad", "prompt_id": "id-0", "#
    ),
    (
      .trlImplicit,
      #"{"chosen": [\#(context), {"content": "good\n", "role": "assistant"}], "#
        + #""rejected": [\#(context), {"content": "bad", "role": "assistant"}], "prompt_id": "id-0", "#
    ),
    (
      .kto,
      #"{"prompt": [\#(context)], "completion": [{"content": "good\n", "role": "assistant"}], "#
        + #""label": true, "prompt_id": "id-0", "score": 2.0, "raw_score": 2.5, "length": 5}"#
        + "\n"
        + #"{"prompt": [\#(context)], "completion": [{"content": "bad", "role": "assistant"}], "#
        + #""label": false, "prompt_id": "id-0", "score": -0.25, "raw_score": 1e-07, "length": 3}"#
    ),
  ]

  private static let context =
    #"{"content": "be \"kind\"", "role": "system"}, {"content": "first", "role": "user"}, "#
    + #"{"content": "reply", "role": "assistant"}, {"content": "question 0", "role": "user"}"#

  @Test(arguments: shapes)
  func everyReaderHasItsShape(profile: Profile, beginning: String) throws {
    let folder = try TemporaryFolder()
    let tables = try write(layout([profile], train: 1), into: folder)
    let text = try folder.text(of: "out/" + tables[0].files[0].path)
    #expect(text.hasPrefix(beginning), "\(text)")
  }

  /// Rows of a pair stay together, and the files are as many as their names say.
  @Test func shardsNeverPartAPair() throws {
    let folder = try TemporaryFolder()
    let tables = try write(layout([.kto], train: 5, shardRows: 3), into: folder)
    #expect(tables[0].files.map(\.rows) == [2, 2, 2, 2, 2])
    #expect(tables[0].files.last?.path == "data/train-00004-of-00005.jsonl")
  }

  private func write(
    _ layout: DatasetLayout, into folder: TemporaryFolder
  ) throws -> [DatasetWriter.Table] {
    let dataset = try DatasetFolder(target: folder.path + "/out", overwrites: false)
    let tables = try MadeRows(layout: layout) { Self.row($0) }.write(into: dataset, workers: 1)
    try dataset.commit()
    return tables
  }

  @Test func aRowOfTheHandbookHoldsWholeConversations() throws {
    let folder = try TemporaryFolder()
    _ = try write(layout([.alignmentHandbook], train: 1), into: folder)
    let chosen = #"[\#(Self.context), {"content": "good\n", "role": "assistant"}]"#
    let rejected = #"[\#(Self.context), {"content": "bad", "role": "assistant"}]"#
    let expected =
      #"{"chosen": \#(chosen), "rejected": \#(rejected), "prompt_text": "first", "#
      + #""prompt_id": "id-0", "score_chosen": 2.0, "score_rejected": -0.25, "#
      + #""raw_score_chosen": 2.5, "raw_score_rejected": 1e-07, "length_chosen": 5, "#
      + #""length_rejected": 3}"# + "\n"
    #expect(try folder.text(of: "out/data/train-00000-of-00001.jsonl") == expected)
  }

  @Test func aRowOfH4HasItsColumnsInItsOrderAndItsSplits() throws {
    let folder = try TemporaryFolder()
    _ = try write(layout([.h4], train: 1), into: folder)
    let chosen = #"[\#(Self.context), {"content": "good\n", "role": "assistant"}]"#
    let rejected = #"[\#(Self.context), {"content": "bad", "role": "assistant"}]"#
    let expected =
      #"{"prompt": "first", "prompt_id": "id-0", "chosen": \#(chosen), "rejected": \#(rejected), "#
      + #""messages": \#(chosen), "score_chosen": 2.0, "score_rejected": -0.25, "#
      + #""raw_score_chosen": 2.5, "raw_score_rejected": 1e-07, "length_chosen": 5, "#
      + #""length_rejected": 3}"# + "\n"
    #expect(try folder.text(of: "out/data/train_prefs-00000-of-00001.jsonl") == expected)
  }

  @Test func aRowForTRLHoldsOnlyTheAnswers() throws {
    let folder = try TemporaryFolder()
    _ = try write(layout([.trl], train: 1, lengthsAreWhole: false), into: folder)
    let expected =
      #"{"prompt": [{"content": "be \"kind\"", "role": "system"}, "#
      + #"{"content": "first", "role": "user"}, {"content": "reply", "role": "assistant"}, "#
      + #"{"content": "question 0", "role": "user"}], "#
      + #""chosen": [{"content": "good\n", "role": "assistant"}], "#
      + #""rejected": [{"content": "bad", "role": "assistant"}], "prompt_id": "id-0", "#
      + #""score_chosen": 2.0, "score_rejected": -0.25, "raw_score_chosen": 2.5, "#
      + #""raw_score_rejected": 1e-07, "length_chosen": 5.0, "length_rejected": 3.0}"# + "\n"
    #expect(try folder.text(of: "out/data/train-00000-of-00001.jsonl") == expected)
  }

  @Test(arguments: Profile.allCases, [true, false])
  func columnsAreTheKeysOfARow(profile: Profile, whole: Bool) throws {
    let folder = try TemporaryFolder()
    let layout = layout([profile], train: 1, lengthsAreWhole: whole)
    let written = try #require(try write(layout, into: folder).first)
    let text = try folder.text(of: "out/" + written.files[0].path)
    let rows = try text.split(separator: "\n").map {
      try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]
    }
    #expect(rows.count == (profile == .kto ? 2 : 1))
    #expect(written.rows == rows.count)
    let columns = profile.columns(lengthsAreWhole: whole, types: ConversationTypes())
    for row in rows { #expect(row?.keys.sorted() == columns.map(\.name).sorted()) }
    // Columns that trainers take for something else.
    var taken: Set = [
      "margin", "images", "tools", "chat_template_kwargs", "ref_chosen_logps", "completion",
      "label",
    ]
    if profile == .kto { taken.subtract(["completion", "label"]) }
    #expect(taken.isDisjoint(with: columns.map(\.name)))
  }

  @Test(arguments: [
    (1, 10, ["00000-of-00001"], [1]), (10, 10, ["00000-of-00001"], [10]),
    (11, 10, ["00000-of-00002", "00001-of-00002"], [10, 1]),
    (3, 1, ["00000-of-00003", "00001-of-00003", "00002-of-00003"], [1, 1, 1]),
  ])
  func shardsAreNamedAndFilled(
    rows: Int, shardRows: Int, names: [String], counts: [Int]
  ) throws {
    let folder = try TemporaryFolder()
    let tables = try write(layout([.trl], train: rows, shardRows: shardRows), into: folder)
    #expect(try folder.names(in: "out/data") == names.map { "train-\($0).jsonl" })
    let files = try #require(tables.first?.files)
    #expect(files.map(\.path) == names.map { "data/train-\($0).jsonl" })
    #expect(files.map(\.rows) == counts)
    for (name, count) in zip(names, counts) {
      let text = try folder.text(of: "out/data/train-\(name).jsonl")
      #expect(text.split(separator: "\n").count == count)
    }
    #expect(tables.first?.rows == rows)
    #expect(tables.first?.byteCount == files.reduce(0) { $0 + $1.byteCount })
  }

  @Test func everyProfileAndSplitHasItsPlaceAndEmptyOnesHaveNone() throws {
    let folder = try TemporaryFolder()
    let both = layout([.trl, .alignmentHandbook], train: 2, test: 1, compression: .gzip)
    let tables = try write(both, into: folder)
    #expect(
      tables.map { "\($0.profile) \($0.split) \($0.rows)" } == [
        "trl train 2", "trl test 1", "alignmentHandbook train 2", "alignmentHandbook test 1",
      ])
    #expect(
      try folder.names(in: "out/data") == [
        "test-00000-of-00001.jsonl.gz", "train-00000-of-00001.jsonl.gz",
      ])
    #expect(
      try folder.names(in: "out/alignment-handbook") == [
        "test-00000-of-00001.jsonl.gz", "train-00000-of-00001.jsonl.gz",
      ])
    let other = try TemporaryFolder()
    _ = try write(layout([.trl], train: 2), into: other)
    #expect(try other.names(in: "out/data") == ["train-00000-of-00001.jsonl"])
  }

  @Test func theCardListsWhatIsThere() throws {
    let folder = try TemporaryFolder()
    let both = layout([.alignmentHandbook, .trl], train: 3, test: 1, shardRows: 2)
    let tables = try write(both, into: folder)
    let card = DatasetCard(layout: both, tables: tables, body: "# The body\n")
    let text = String(decoding: card.text, as: UTF8.self)
    #expect(text.hasPrefix("---\n"))
    #expect(text.contains("  - split: train\n    path: data/train-*.jsonl\n"))
    #expect(text.contains("  - split: test\n    path: trl/test-*.jsonl\n"))
    for name in ["default", "alignment-handbook", "trl"] {
      #expect(text.components(separatedBy: "- config_name: \(name)\n").count == 3, "\(name)")
    }
    for table in tables {
      #expect(
        text.contains(
          "  - name: \(table.profile.name(of: table.split))\n"
            + "    num_bytes: \(table.loadedByteCount)\n    num_examples: \(table.rows)\n"))
    }
    #expect(text.contains("# The body\n"))
  }
}
