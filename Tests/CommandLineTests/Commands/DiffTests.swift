import TestSupport
import Testing

/// Changes that were planted are found, by count and by row, and nothing else is.
@Suite struct DiffTests {
  /// A row of a dataset in the making.
  private struct Row {
    var prompt: String
    var id: String?
    var chosen: String
    var rejected: String
    var scores = (2.5, 1.5)
    var isConversation = false
    var split = "train"
    /// What was planted in it.
    var kind = "unchanged"
    /// The row in the old dataset; nil where it is new.
    var origin: Int?

    var line: String {
      func quoted(_ text: String) -> String {
        "\"" + text.replacing("\n", with: "\\n") + "\""
      }
      func answer(_ text: String) -> String {
        isConversation
          ? #"[{"content": \#(quoted(prompt)), "role": "user"}, "#
            + #"{"content": \#(quoted(text)), "role": "assistant"}]"# : quoted(text)
      }
      let id = id.map { #", "prompt_id": "\#($0)""# } ?? ""
      return #"{"prompt": \#(quoted(prompt)), "chosen": \#(answer(chosen)), "#
        + #""rejected": \#(answer(rejected)), "score_chosen": \#(scores.0), "#
        + #""score_rejected": \#(scores.1)\#(id)}"#
    }
  }

  private static func write(_ rows: [Row], to folder: String, in workspace: Workspace) throws {
    for split in Set(rows.map(\.split)) {
      let lines = rows.filter { $0.split == split }.map(\.line)
      try workspace.write(lines.joined(separator: "\n"), to: "\(folder)/\(split).jsonl")
    }
  }

  /// The rows as places, `train.jsonl:3` and the like.
  private static func places(_ rows: [Row]) -> [String] {
    var counts: [String: Int] = [:]
    return rows.map { row in
      counts[row.split, default: 0] += 1
      return "\(row.split).jsonl:\(counts[row.split] ?? 0)"
    }
  }

  private static func plant(_ kind: String, in row: inout Row) {
    row.kind = kind
    switch kind {
    case "swapped": swap(&row.chosen, &row.rejected)
    case "chosen_replaced": row.chosen = "new chosen \(row.prompt)"
    case "rejected_replaced": row.rejected = "new rejected \(row.prompt)"
    case "both_replaced":
      (row.chosen, row.rejected) = ("other \(row.prompt)", "texts \(row.prompt)")
    case "text_only":
      // White space, and é as one character or as two.
      row.chosen =
        " " + row.chosen.replacing(" ", with: "\n ").replacing("\u{e9}", with: "e\u{301}")
    case "score_only": row.scores.0 += 0.25
    case "format_only": row.isConversation = true
    default: break
    }
  }

  @Test(arguments: 1...16)
  func plantedChangesAreFound(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let workspace = try Workspace()
    let hasIDs = seed.isMultiple(of: 2)
    var old: [Row] = []
    for prompt in 0..<150 {
      // Some prompts have several pairs.
      for pair in 0..<([1, 1, 1, 2, 4].randomElement(using: &random) ?? 1) {
        old.append(
          Row(
            prompt: "prompt \(prompt)", id: hasIDs ? "id-\(prompt)" : nil,
            chosen: "chos\u{e9}n \(pair) of \(prompt)",
            rejected: "rej\u{e9}cted \(pair) of \(prompt)",
            split: prompt.isMultiple(of: 7) ? "test" : "train"))
      }
    }
    let oldPlaces = Self.places(old)
    let kinds = [
      "swapped", "chosen_replaced", "rejected_replaced", "both_replaced", "text_only", "score_only",
      "format_only",
    ]
    var new: [Row] = []
    var (moved, removed): (Set<String>, [Int]) = ([], [])
    var gone: Set<String> = []
    for (place, row) in old.enumerated() {
      var row = row
      row.origin = place
      let several = old.count { $0.prompt == row.prompt } > 1
      if gone.contains(row.prompt) {
        removed.append(place)
        continue
      }
      let dice = Int.random(in: 0..<10, using: &random)
      if dice == 0, old.firstIndex(where: { $0.prompt == row.prompt }) == place {
        gone.insert(row.prompt)
        removed.append(place)
        continue
      }
      if dice == 1, !several {
        row.split = row.split == "test" ? "train" : "test"
        moved.insert(row.prompt)
      } else if dice < 6 {
        // A replaced pair among several could be any of them.
        let possible = several ? kinds.filter { $0 != "both_replaced" } : kinds
        Self.plant(possible.randomElement(using: &random) ?? "", in: &row)
      }
      new.append(row)
    }
    var added: [Row] = []
    for number in 0..<5 {
      added.append(
        Row(
          prompt: "added \(number)", id: hasIDs ? "added-\(number)" : nil, chosen: "c",
          rejected: "r",
          kind: "added"))
    }
    // A row twice is a pair more.
    if var copy = new.first(where: { $0.kind == "unchanged" }) {
      copy.kind = "added"
      copy.origin = nil
      added.append(copy)
    }
    new = (new + added).shuffled(using: &random)
    try Self.write(old, to: "old", in: workspace)
    try Self.write(new, to: "new", in: workspace)

    let outcome = try workspace.dpoPrep(["diff", "-q", "--json", "old", "new"])
    let found = try JSON.object(outcome.output)
    #expect(outcome.status == 1)
    #expect(found["joined_by"] as? String == (hasIDs ? "prompt_id" : "prompt"))
    let newPlaces = Self.places(new)
    for kind in kinds + ["unchanged", "added", "removed"] {
      let rows = new.indices.filter { new[$0].kind == kind }
      let count = kind == "removed" ? removed.count : rows.count
      #expect(JSON.count(found, "pairs.\(kind)") == count, "\(kind)")
      guard kind != "unchanged" else { continue }
      let listed = try #require(JSON.value(found, "rows.\(kind)") as? [[String: Any]])
      func sides(_ side: String) -> [String] {
        listed.compactMap { $0[side] as? [String: Any] }.map {
          ("\($0["file"] ?? "")".split(separator: "/").last ?? "") + ":\($0["row"] ?? "")"
        }.sorted()
      }
      let before = kind == "removed" ? removed : rows.compactMap { new[$0].origin }
      #expect(sides("old") == before.map { oldPlaces[$0] }.sorted(), "\(kind)")
      // Of a row that is there twice, either can be the new one.
      if kind != "added" { #expect(sides("new") == rows.map { newPlaces[$0] }.sorted(), "\(kind)") }
    }
    #expect(JSON.count(found, "prompts.old") == 150)
    #expect(JSON.count(found, "prompts.new") == 155 - gone.count)
    #expect(JSON.count(found, "prompts.added") == 5)
    #expect(JSON.count(found, "prompts.removed") == gone.count)
    #expect(JSON.count(found, "prompts.moved_split") == moved.count)
  }

  @Test func theOrderOfRowsIsNoDifference() throws {
    var random = SeededRandom(seed: 5)
    let workspace = try Workspace()
    let rows = (0..<300).map {
      Row(prompt: "p\($0 / 2)", chosen: "c\($0)", rejected: "r\($0)")
    }
    try Self.write(rows, to: "old", in: workspace)
    try Self.write(rows.shuffled(using: &random), to: "new", in: workspace)
    let outcome = try workspace.dpoPrep(["diff", "-q", "old", "new"])
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("no difference: 300 pairs"))
  }

  @Test(arguments: [("1e-6", 1), ("0.3", 0)])
  func scoresWithinTheToleranceAreTheSame(tolerance: String, status: Int32) throws {
    let workspace = try Workspace()
    var row = Row(prompt: "p", chosen: "c", rejected: "r")
    try Self.write([row], to: "old", in: workspace)
    row.scores.0 += 0.5
    try Self.write([row], to: "new", in: workspace)
    let outcome = try workspace.dpoPrep(["diff", "-q", "old", "new", "--tolerance", tolerance])
    #expect(outcome.status == status)
  }

  @Test(
    .enabled(if: Program.testData != nil, "set DPO_PREP_TESTDATA to scored generations"),
    arguments: ["trl", "trl-implicit", "standard", "axolotl", "ms-swift", "llama-factory"],
    ["wildbench-flat", "alpacaeval-nested"])
  func theSamePairsInAnotherProfileDifferByFormatAlone(profile: String, input: String) throws {
    let workspace = try Workspace()
    let data = try #require(Program.testData)
    let arguments = [
      "run", "-q", "prep.yaml", "input.paths=[\(data)/\(input).jsonl.zst]", "split.test=0.1",
    ]
    try workspace.succeed(
      arguments + ["output.dir=old", "output.profiles=[alignment-handbook]"])
    try workspace.succeed(
      arguments + [
        "output.dir=new", "output.profiles=[\(profile)]", "output.format=jsonl",
        "output.compression=none",
      ])
    let outcome = try workspace.dpoPrep(["diff", "-q", "--json", "old", "new"])
    let found = try JSON.object(outcome.output)
    let pairs = try #require(found["pairs"] as? [String: Int])
    #expect(pairs.values.reduce(0, +) > 500)
    #expect(Set(pairs.filter { $0.value > 0 }.keys).isSubset(of: ["unchanged", "format_only"]))
    #expect(JSON.count(found, "prompts.moved_split") == 0)
    #expect(JSON.count(found, "prompts.added") == 0)
  }

  @Test(
    arguments: [
      (["diff", "old"], "takes two datasets, found 1"),
      (["diff", "old", "new", "--json", "--markdown"], "exclude each other"),
      (["diff", "old", "new", "--examples", "-3"], "--examples"),
      (["diff", "old", "new", "--tolerance", "x"], "needs a number"),
    ])
  func wrongOptionsAreUsageErrors(arguments: [String], message: String) throws {
    let workspace = try Workspace()
    let outcome = try workspace.dpoPrep(arguments)
    #expect(outcome.status == 64)
    #expect(outcome.errors.contains(message), "\(outcome.errors)")
  }
}
