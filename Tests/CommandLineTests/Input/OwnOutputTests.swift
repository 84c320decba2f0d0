import TestSupport
import Testing

/// Datasets of this program as input: their scores are calibrated already.
@Suite struct OwnOutputTests {
  /// Writes a dataset to `first` whose rewards grow with the length of the answer.
  private static func first(_ settings: [String] = []) throws -> Workspace {
    let workspace = try Workspace()
    var random = SeededRandom(seed: 12)
    let rows = (0..<60).map { number in
      let texts = (0..<4).map { "\($0) " + String(repeating: "x", count: 10 + random.below(200)) }
      let scores = texts.map { "\(Double($0.count) / 50 + random.normal())" }
      return #"{"prompt": "q\#(number)", "all_generated_responses": ["#
        + texts.map { "\"\($0)\"" }.joined(separator: ", ") + #"], "all_rm_scores": ["#
        + scores.joined(separator: ", ") + "]}"
    }
    try workspace.write(rows.joined(separator: "\n"), to: "in.jsonl")
    try workspace.succeed(
      ["run", "in.jsonl", "-o", "first", "output.format=jsonl", "output.compression=none"]
        + settings)
    return workspace
  }

  private static func read(_ input: String, _ settings: [String] = []) -> [String] {
    [
      "run", input, "-o", "second", "output.overwrite=true", "output.format=jsonl",
      "output.compression=none",
    ] + settings
  }

  /// For each prompt the rewards as they came, or the scores, of its answers.
  private static func scores(
    _ workspace: Workspace, of dataset: String, _ name: String
  ) throws -> [String: [Double]] {
    let rows = try workspace.rows(of: dataset).values.joined().map { try JSON.object($0) }
    return Dictionary(
      rows.map { row in
        let values = ["chosen", "rejected"].compactMap { row["\(name)_\($0)"] as? Double }
        return (row["prompt_id"] as? String ?? "", values.sorted())
      }, uniquingKeysWith: { first, _ in first })
  }

  /// Rewards as they came are the same in the dataset that was made of a dataset.
  @Test(arguments: [
    ["output.profiles=[alignment-handbook]"], ["output.profiles=[h4]"], ["output.profiles=[trl]"],
    ["output.profiles=[ms-swift]"],
    ["output.profiles=[alignment-handbook]", "output.all_answers=true"],
  ])
  func rawRewardsAreRead(settings: [String]) throws {
    let workspace = try Self.first(settings)
    let outcome = try workspace.succeed(Self.read("first"))
    #expect(outcome.errors.contains("note: these rows are of a dataset of dpo-prep"))
    #expect(outcome.errors.contains("raw_score_chosen and raw_score_rejected"))
    #expect(!outcome.errors.contains("calibrated once more"), "\(outcome.errors)")
    // Which pairs there are is said by the first dataset; read back it has two answers a prompt.
    let before = try Self.scores(workspace, of: "first", "raw_score")
    let after = try Self.scores(workspace, of: "second", "raw_score")
    #expect(before.count == 60 && before == after)
    #expect(try Self.scores(workspace, of: "second", "score") != after)
  }

  @Test func answersWithLabelsAreReadByTheirRawRewards() throws {
    let workspace = try Self.first(["output.profiles=[kto]"])
    let outcome = try workspace.succeed(Self.read("first"))
    #expect(outcome.errors.contains("the rewards are the raw ones, raw_score, as"))
    let rows = try workspace.rows(of: "first")["train", default: []].map { try JSON.object($0) }
    let raw = rows.compactMap { $0["raw_score"] as? Double }.sorted()
    let second = try Self.scores(workspace, of: "second", "raw_score").values.joined().sorted()
    #expect(raw.count == 120 && raw == second)
  }

  @Test func calibratedScoresThatAreNamedAreWarnedOf() throws {
    let workspace = try Self.first()
    let named = try workspace.succeed(Self.read("first", ["input.fields.reward=score"]))
    #expect(
      named.errors.contains(
        "warning: score_chosen and score_rejected are the calibrated scores of a dataset"))
    #expect(named.errors.contains("leave input.fields out"))
    let manifest = try workspace.object(in: "second/manifest.json")
    let warnings = (manifest["warnings"] as? [[String: Any]])?.compactMap { $0["code"] as? String }
    #expect(warnings?.contains("calibrated_already") == true)
    let plain = try workspace.succeed(
      Self.read("first", ["input.fields.reward=score", "calibration.method=none"]))
    #expect(!plain.errors.contains("calibrated"), "\(plain.errors)")
  }

  /// Takes the raw rewards out of a dataset.
  private static func strip(_ workspace: Workspace) throws {
    let name = "first/data/train-00000-of-00001.jsonl"
    let text = try workspace.text(of: name)
    try workspace.write(
      text.replacing(#/"raw_score_(chosen|rejected)": ?[^,}]*, ?/#, with: ""), to: name)
  }

  /// Without a calibration scores are the rewards, or what a transform made of them.
  @Test(arguments: ["none", "rank", "zscore"])
  func scoresWithoutCalibration(transform: String) throws {
    let workspace = try Self.first([
      "calibration.method=none", "calibration.transform=\(transform)",
    ])
    let isTransformed = transform != "none"
    let beside = try workspace.succeed(Self.read("first"))
    #expect(
      beside.errors.contains(
        isTransformed
          ? "as the scores beside them are transformed already (\(transform))"
          : "which the scores beside them equal"), "\(beside.errors)")
    try Self.strip(workspace)
    let alone = try workspace.succeed(Self.read("first"))
    let told = "note: score_chosen and score_rejected are the transformed rewards (\(transform))"
    #expect(alone.errors.contains(told) == isTransformed, "\(alone.errors)")
    #expect(!alone.errors.contains("calibrated"))
    let again = try workspace.succeed(Self.read("first", ["calibration.transform=rank"]))
    #expect(
      again.errors.contains("and are transformed once more") == isTransformed, "\(again.errors)")
  }

  @Test func withoutRawRewardsTheManifestDecides() throws {
    let workspace = try Self.first()
    try Self.strip(workspace)
    #expect(try !workspace.text(of: "first/data/train-00000-of-00001.jsonl").contains("raw_score"))
    let known = try workspace.dpoPrep(Self.read("first"))
    #expect(known.status == 65 && !workspace.exists("second"))
    #expect(known.errors.contains("first/data/train-00000-of-00001.jsonl: error: score_chosen"))
    #expect(known.errors.contains("set calibration.method: none"))
    let fit = try workspace.dpoPrep(["fit", "prep.yaml", "input.paths=[first]"])
    #expect(fit.status == 65 && fit.output.isEmpty)
    let asTheyAre = try workspace.succeed(Self.read("first", ["calibration.method=none"]))
    #expect(!asTheyAre.errors.contains("calibrated"), "\(asTheyAre.errors)")
    let again = try workspace.succeed(Self.read("first", ["input.fields.reward=score"]))
    #expect(again.errors.contains("and are calibrated once more"))
    // Elsewhere only the names of the columns tell.
    try workspace.write(
      try workspace.read("first/data/train-00000-of-00001.jsonl"), to: "moved.jsonl")
    let moved = try workspace.succeed(Self.read("moved.jsonl"))
    #expect(moved.errors.contains("warning: score_chosen and score_rejected have the names that"))

    let raw = try Self.first(["calibration.method=none"])
    try Self.strip(raw)
    let untouched = try raw.succeed(Self.read("first"))
    #expect(!untouched.errors.contains("calibrated"), "\(untouched.errors)")
  }
}
