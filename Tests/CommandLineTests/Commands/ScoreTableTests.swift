import Foundation
import TestSupport
import Testing

/// `score`: a row for every candidate, with the scores of `run`.
@Suite struct ScoreTableTests {
  private typealias Row = [String: Any]

  private static let settings = ["calibration.intervals=false"]

  private static func table(_ workspace: Workspace, _ file: String) throws -> [Row] {
    try workspace.decompressed(file).split(separator: "\n").map { try JSON.object(String($0)) }
  }

  private static func score(
    _ workspace: Workspace, _ operands: String..., to file: String = "scores.jsonl"
  ) throws -> [Row] {
    try workspace.succeed(["score", "-q"] + operands + settings + ["-o", file])
    return try table(workspace, file)
  }

  /// Against a fit of statsmodels and the rows themselves.
  @Test func scoresAreThoseOfStatsmodels() throws {
    guard Program.pythonHas("statsmodels", "pyarrow", "zstandard") else { return }
    let workspace = try Workspace()
    let samples = try Data(
      contentsOf: URL(fileURLWithPath: Program.checkout + "/samples/nested.jsonl.zst"))
    try workspace.write(Array(samples), to: "nested.jsonl.zst")
    try workspace.succeed(
      [
        "score", "-q", "nested.jsonl.zst", "calibration.scope=global", "pairs.ties=shorter", "-o",
        "scores.parquet",
      ] + Self.settings)
    let outcome = try workspace.oracle("scores.py", ["scores.parquet", "nested.jsonl.zst"])
    #expect(outcome.status == 0, "\(outcome.output) \(outcome.errors)")
    #expect(outcome.output == "1000 rows, 984 with scores, 0 faults\n")
  }

  /// The best and the worst of a prompt are the pair of `run`, and their scores are its scores.
  @Test(arguments: [
    [], ["calibration.transform=rank"], ["calibration.characteristics=[chars, words]"],
    ["calibration.method=none"],
  ])
  func scoresAreThoseOfARun(settings: [String]) throws {
    let workspace = try Workspace()
    for (index, text) in Generations(prompts: 120, seed: 8).scattered.enumerated() {
      try workspace.write(text, to: "in/\(index).jsonl")
    }
    try workspace.succeed(
      ["run", "-q", "prep.yaml", "input.paths=[in]", "report.html=false"] + Self.settings
        + settings)
    try workspace.succeed(
      ["score", "-q", "in", "-o", "scores.jsonl"] + Self.settings + settings)
    let table = try Self.table(workspace, "scores.jsonl")
    #expect(table.count == 480)
    var groups: [String: [Row]] = [:]
    for row in table { groups[try #require(row["prompt_id"] as? String), default: []].append(row) }
    let pairs = try workspace.rows(of: "out").values.joined().map { try JSON.object($0) }
    #expect(pairs.count > 100)
    for pair in pairs {
      let id = try #require(pair["prompt_id"] as? String)
      let group = try #require(groups[id])
      let ranks = group.compactMap { $0["rank"] as? Int }.sorted()
      #expect(ranks == Array(1...4))
      for (side, rank) in [("chosen", 1), ("rejected", 4)] {
        let row = try #require(group.first { $0["rank"] as? Int == rank })
        for (column, own) in [("score", "score"), ("raw_score", "raw_score"), ("length", "chars")] {
          #expect(JSON.areSame(row[own], pair["\(column)_\(side)"]), "\(side) \(column)")
        }
        let base = row["transformed_score"] ?? row["raw_score"]
        let (score, bias) = (row["score"] as? Double ?? .nan, row["bias"] as? Double ?? .nan)
        #expect(abs((base as? Double ?? .nan) - bias - score) < 1e-12)
      }
    }
  }

  /// Every candidate has its row where it stands, those that are dropped too; malformed rows are
  /// counted, blank ones are not.
  @Test func everyCandidateHasARow() throws {
    let workspace = try Workspace()
    try workspace.write(
      """
      {"prompt": "p", "completions": [{"response": "aa", "reward": 1, "model": "m"}, \
      {"response": null, "reward": 2}, {"response": "b", "reward": null}]}

      {"prompt": "p", "completions": 1}
      {"prompt": "q", "completions": []}
      {"prompt": "p", "prompt_id": "x", "completions": [{"response": "aa", "reward": 3}, \
      {"response": "aa", "reward": 4}, {"response": " ", "reward": 5.5}]}
      """, to: "rows.jsonl")
    let table = try Self.score(
      workspace, "rows.jsonl", "input.on_error=skip", "calibration.method=none",
      "input.fields.model=completions.model")
    func column(_ name: String) -> [String] { table.map { "\($0[name] ?? "-")" } }
    #expect(column("row") == ["0", "0", "0", "3", "3", "3"])
    #expect(column("candidate") == ["0", "1", "2", "0", "1", "2"])
    #expect(column("file") == Array(repeating: "rows.jsonl", count: 6))
    #expect(Set(column("prompt_id").suffix(3)) == ["x"])
    #expect(column("model") == ["m", "<null>", "<null>", "<null>", "<null>", "<null>"])
    #expect(column("raw_score") == ["1.0", "2.0", "<null>", "3.0", "4.0", "5.5"])
    #expect(column("score") == ["1.0", "<null>", "<null>", "3.0", "<null>", "<null>"])
    #expect(column("rank") == ["1", "<null>", "<null>", "1", "<null>", "<null>"])
    #expect(column("chars") == ["2", "0", "1", "2", "2", "1"])
    #expect(
      column("drop_reason") == [
        "<null>", "missing_response", "non_finite_reward", "<null>", "duplicate_response",
        "empty_response",
      ])
    let failed = try workspace.dpoPrep(["score", "rows.jsonl", "-o", "new.jsonl"])
    #expect(failed.status == 65)
    #expect(failed.errors.contains("rows.jsonl:3:"))
    #expect(try workspace.names() == ["rows.jsonl", "scores.jsonl"])
  }

  @Test func threadsAndFormatsMakeNoDifference() throws {
    let workspace = try Workspace()
    for (index, text) in Generations(prompts: 300, words: 20, seed: 2).scattered.enumerated() {
      try workspace.write(text, to: "in/\(index).jsonl")
    }
    var rows: [String] = []
    for name in ["s.parquet", "s.jsonl.zst", "s.jsonl.gz", "s.jsonl"] {
      var first: [UInt8]?
      for threads in [1, 2, 4] {
        try workspace.succeed(
          ["score", "-q", "in", "run.threads=\(threads)", "-o", name] + Self.settings)
        let bytes = try workspace.read(name)
        let isSame = first.map { $0 == bytes } ?? true
        #expect(isSame, "\(name) with \(threads) threads")
        first = bytes
      }
      guard name != "s.parquet" else { continue }
      rows.append(try workspace.decompressed(name))
    }
    #expect(Set(rows).count == 1)
    let printed = try workspace.succeed(["score", "-q", "in"] + Self.settings).output
    #expect(printed == rows[0])
    let piped = try workspace.shell(
      "cat in/*.jsonl | $DPO_PREP score -q - \(Self.settings.joined(separator: " "))")
    #expect(piped.output.split(separator: "\n").count == 1200, "\(piped.errors)")
    #expect(try workspace.litter().isEmpty)
    guard Program.pythonHas("pyarrow") else { return }
    let found = try workspace.python([
      "-c",
      "import json, pyarrow.parquet as p; t = p.read_table('s.parquet'); "
        + "rows = [json.loads(line) for line in open('s.jsonl')]; "
        + "m = t.schema.metadata; print(t.to_pylist() == rows, sorted(k.decode() for k in m))",
    ])
    #expect(
      found.output
        == "True ['dpo-prep.config', 'dpo-prep.config_sha256', 'dpo-prep.curve_sha256', "
        + "'dpo-prep.version']\n", "\(found.errors)")
  }

  /// A curve that was saved, on other rows; `fit` and `score` need no folder.
  @Test func aSavedCurveIsApplied() throws {
    let workspace = try Workspace()
    let generations = Generations(prompts: 200, seed: 12)
    try workspace.write(generations.nested, to: "all.jsonl")
    try workspace.succeed(
      ["fit", "-q", "all.jsonl", "-o", "curve.json", "calibration.frac=0.6"] + Self.settings)
    let all = try Self.score(workspace, "all.jsonl", "calibration.curve=curve.json")
    var some = generations
    some.prompts = Array(generations.prompts[50..<60])
    try workspace.write(some.nested, to: "some.jsonl")
    try workspace.write("calibration: {curve: curve.json}\n", to: "apply.yaml")
    let few = try Self.score(workspace, "some.jsonl", "--config", "apply.yaml", to: "few.jsonl")
    #expect(few.count == 40)
    for (row, same) in zip(few, all[200...]) {
      for column in ["prompt_id", "score", "bias", "rank"] {
        #expect(JSON.areSame(row[column], same[column]), "\(column)")
      }
    }
  }

  @Test func whatCannotBeWrittenIsSaidBeforeTheWork() throws {
    let workspace = try Workspace()
    try workspace.write(Generations(prompts: 5).nested, to: "in.jsonl")
    let unknown = try workspace.dpoPrep(["score", "in.jsonl", "-o", "scores.csv"])
    #expect(unknown.status == 64)
    #expect(unknown.errors.contains(".parquet, .jsonl, .jsonl.zst or .jsonl.gz"))
    let input = try workspace.dpoPrep(["score", "in.jsonl", "-o", "in.jsonl"])
    #expect(input.status == 73)
    #expect(input.errors.contains("this is an input, which is not overwritten"))
    let both = try workspace.dpoPrep(["score", "in.jsonl", "--json"])
    #expect(both.status == 64)
    #expect(try workspace.names() == ["in.jsonl"])
  }
}
