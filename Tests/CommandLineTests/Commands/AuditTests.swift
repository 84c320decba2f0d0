import TestSupport
import Testing

/// The figures of `audit`, against pandas and scipy where they are there.
@Suite struct AuditTests {
  private static func hasPandas() -> Bool { Program.pythonHas("pandas", "scipy", "pyarrow") }

  private static func compare(
    _ workspace: Workspace, _ dataset: String, data: String
  ) throws {
    let outcome = try workspace.succeed(["audit", "-q", "--json", dataset])
    try workspace.write(outcome.output, to: "audit.json")
    let judged = try workspace.oracle("audit.py", [data, "audit.json"])
    #expect(judged.status == 0, "\(judged.output)\(judged.errors)")
  }

  /// Random answers of a few words, some long, some cut off, some with markdown.
  private static func answer(using random: inout SeededRandom) -> String {
    let words = [
      "naïve", "日本", "😀", "a", "**b**", "- item", "1. one", "# head", "```", "x,", "end.",
    ]
    let count = [1, 3, 40, 120].randomElement(using: &random) ?? 1
    return (0..<count).map { index in
      (words.randomElement(using: &random) ?? "") + (index % 5 == 4 ? "\n" : " ")
    }.joined()
  }

  private static func quoted(_ text: String) -> String {
    "\"" + text.replacing("\n", with: "\\n") + "\""
  }

  @Test(.enabled(if: hasPandas(), "set DPO_PREP_PYTHON to a Python with pandas"), arguments: 1...12)
  func figuresAreThoseOfPandas(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let workspace = try Workspace()
    let (first, second) =
      [
        ("score_chosen", "score_rejected"), ("chosen_score", "rejected_score"),
        ("chosen-rating", "rejected-rating"),
      ][Int(seed) % 3]
    let isConversation = seed.isMultiple(of: 2)
    for split in ["train", "test"] {
      var lines: [String] = []
      for _ in 0..<Int.random(in: 1...120, using: &random) {
        let prompt = Self.quoted("p\(Int.random(in: 0..<150, using: &random))")
        let chosen = Self.answer(using: &random)
        // Some answers are the same, some nearly.
        let rejected =
          [chosen, chosen + " more", Self.answer(using: &random), Self.answer(using: &random)]
          .randomElement(using: &random) ?? ""
        func written(_ answer: String) -> String {
          isConversation
            ? #"[{"content": \#(prompt), "role": "user"}, "#
              + #"{"content": \#(Self.quoted(answer)), "role": "assistant"}]"# : Self.quoted(answer)
        }
        var line =
          #"{"prompt": \#(prompt), "chosen": \#(written(chosen)), "rejected": \#(written(rejected))"#
        if Int.random(in: 0..<10, using: &random) > 0 {
          line += #", "\#(first)": \#(Int.random(in: 0...30, using: &random))"#
          line += #", "\#(second)": \#(Double(Int.random(in: 0...300, using: &random)) / 10)"#
        }
        line += #", "source": "s\#(Int.random(in: 0..<3, using: &random))"}"#
        lines.append(line)
        if Int.random(in: 0..<8, using: &random) == 0 { lines.append(line) }
      }
      try workspace.write(lines.joined(separator: "\n"), to: "set/\(split).jsonl")
    }
    try Self.compare(workspace, "set", data: "set")
  }

  @Test(
    .enabled(if: hasPandas(), "set DPO_PREP_PYTHON to a Python with pandas"),
    .enabled(if: Program.testData != nil, "set DPO_PREP_TESTDATA to scored generations"),
    arguments: [
      "alignment-handbook", "h4", "trl", "standard", "axolotl", "ms-swift", "llama-factory",
    ],
    ["parquet", "jsonl"])
  func ownDatasetsOfEveryProfileMeasureTheSame(profile: String, format: String) throws {
    let workspace = try Workspace()
    let data = try #require(Program.testData)
    try workspace.succeed([
      "run", "-q", "prep.yaml", "input.paths=[\(data)/alpacaeval-nested.jsonl.zst]",
      "output.profiles=[\(profile)]", "output.format=\(format)", "split.test=0.1",
      "output.compression=\(format == "jsonl" ? "none" : "zstd")",
    ])
    try Self.compare(workspace, "out", data: "out/data")
  }

  private static let rows = """
    {"prompt": "p", "chosen": "aaaa", "rejected": "b", "score_chosen": 2.0, "score_rejected": 1.0}
    {"prompt": "q", "chosen": "a", "rejected": "bb", "score_chosen": 2.0, "score_rejected": 2.0}
    {"prompt": "r", "chosen": "same", "rejected": "same", "score_chosen": 3.0, "score_rejected": 1.0}

    """

  @Test(
    arguments: [
      ("longer_chosen > 0.3", 1), ("longer_chosen > 0.34", 0), ("longer_chosen>=0.5", 0),
      ("identical_pairs == 1", 1), ("ties != 1", 0), ("rows < 3", 0), ("rows <= 3", 1),
    ])
  func conditionsDecideTheStatus(condition: String, status: Int32) throws {
    let workspace = try Workspace()
    try workspace.write(Self.rows, to: "set.jsonl")
    let outcome = try workspace.dpoPrep(["audit", "-q", "set.jsonl", "--fail-if", condition])
    #expect(outcome.status == status)
    #expect(outcome.output.contains("failed: ") == (status == 1))
  }

  @Test func aMetricWithoutAValueFails() throws {
    let workspace = try Workspace()
    try workspace.write(#"{"prompt": "p", "chosen": "aaaa", "rejected": "b"}"#, to: "set.jsonl")
    let outcome = try workspace.dpoPrep(
      ["audit", "-q", "--json", "set.jsonl", "--fail-if", "margin_mean < 0"])
    let document = try JSON.object(outcome.output)
    #expect(outcome.status == 1)
    #expect("\(document["margin_mean"] ?? 0)" == "<null>")
    #expect(document["failed"] as? [String] == ["margin_mean < 0.0"])
  }

  @Test(
    arguments: [
      (["--fail-if", "longer_chosn > 1"], 64, "did you mean \"longer_chosen\"?"),
      (["--fail-if", "longer_chosen"], 64, "write METRIC > NUMBER"),
      (["--profile", "trll"], 64, "trl"),
    ])
  func wrongOptionsAreUsageErrors(arguments: [String], status: Int32, message: String) throws {
    let workspace = try Workspace()
    try workspace.write(Self.rows, to: "set.jsonl")
    let outcome = try workspace.dpoPrep(["audit", "set.jsonl"] + arguments)
    #expect(outcome.status == status)
    #expect(outcome.errors.contains(message))
  }

  /// The layout is that of the first row that holds a pair, however many do not.
  @Test(arguments: [
    "{\"prompt\": \"p\"}", "{\"prompt\": \"p\", \"chosen\": null, \"rejected\": \"b\"}",
  ])
  func rowsBeforeTheFirstPairTellNothing(row: String) throws {
    let workspace = try Workspace()
    let others = String(repeating: row + "\n", count: 2000)
    try workspace.write(others + Self.rows, to: "set.jsonl")
    let outcome = try workspace.succeed(["audit", "-q", "set.jsonl", "--json"])
    let document = try JSON.object(outcome.output)
    #expect(document["rows"] as? Int == 3)
    #expect(document["rows_without_pair"] as? Int == 2000)
    #expect(try workspace.dpoPrep(["diff", "-q", "set.jsonl", "set.jsonl"]).status == 0)
    #expect(try workspace.dpoPrep(["validate", "set.jsonl"]).output.contains("standard"))
  }

  /// Scores whose squares are beyond the largest number have a standard deviation all the same.
  @Test func scoresNearTheLargestNumberHaveFigures() throws {
    let workspace = try Workspace()
    let rows = [1, 2, 4].map {
      "{\"prompt\": \"p\($0)\", \"chosen\": \"a\", \"rejected\": \"b\", "
        + "\"score_chosen\": \($0)e302, \"score_rejected\": 0}\n"
    }
    try workspace.write(rows.joined(), to: "set.jsonl")
    let document = try JSON.object(try workspace.succeed(["audit", "--json", "set.jsonl"]).output)
    let deviation = try #require(document["margin_sd"] as? Double)
    #expect(abs(deviation / 1e302 - (7.0 / 3).squareRoot()) < 1e-12)
    let text = try workspace.succeed(["audit", "set.jsonl"]).output
    #expect(text.contains("1.52753e+302") && !text.contains("00000"))
  }

  @Test(
    arguments: [
      ("", "no rows"), (#"{"a": 1}"#, "no row holds"),
      (#"{"prompt": "p", "completion": "c", "label": true}"#, "kto"),
    ])
  func whatHoldsNoPairIsBadData(text: String, message: String) throws {
    let workspace = try Workspace()
    try workspace.write(text, to: "set.jsonl")
    let outcome = try workspace.dpoPrep(["audit", "-q", "set.jsonl"])
    #expect(outcome.status == 65)
    #expect(outcome.errors.contains(message), "\(outcome.errors)")
  }
}
