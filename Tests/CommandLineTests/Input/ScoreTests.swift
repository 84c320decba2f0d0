import Testing

/// Scores in the forms that reward models and datasets give them.
@Suite struct ScoreTests {
  /// Two answers to one prompt, a row each, the first of which scores 1.5.
  private static func flat(_ score: String) -> String {
    #"{"prompt": "p", "response": "first", "reward": \#(score)}"# + "\n"
      + #"{"prompt": "p", "response": "second", "reward": 0.25}"# + "\n"
  }

  private static func nested(_ responses: [String], _ rewards: String, _ more: String = "")
    -> String
  {
    let texts = responses.map { "\"\($0)\"" }.joined(separator: ", ")
    return
      #"{"prompt": "p", "all_generated_responses": [\#(texts)], "all_rm_scores": \#(rewards)\#(more)}"#
      + "\n"
  }

  @Test(arguments: [
    "1.5", "15e-1", "\"1.5\"", "\" 1.5 \"", "[1.5]", "[[1.5]]", "[\"1.5\"]", "{\"score\": 1.5}",
    #"[{"label": "LABEL_0", "score": 1.5}]"#, #"[[{"label": "LABEL_0", "score": "1.5"}]]"#,
    #"{"score": [1.5], "label": null}"#,
  ])
  func oneNumberIsAScoreHoweverItIsWrapped(score: String) throws {
    let workspace = try Workspace()
    try workspace.write(Self.flat(score), to: "flat.jsonl")
    try workspace.write(
      Self.nested(["first", "second"], "[\(score), [0.25]]"), to: "nested.jsonl")
    for file in ["flat.jsonl", "nested.jsonl"] {
      let pairs = try workspace.pairs(of: [file])
      #expect(pairs.map(\.description) == ["p: first > second"], "\(file)")
      #expect(pairs.map(\.scores) == [[1.5, 0.25]], "\(file)")
    }
  }

  @Test(arguments: [
    "[]", "[1.5, 2]", "[[1.5, 2]]", "true", "[true]", "{}", #"{"label": "good"}"#, "\"\"",
    "\"good\"", "\"1,5\"", #"[{"score": 1}, {"score": 2}]"#, #"{"score": {"reward": true}}"#,
  ])
  func whatIsNotOneNumberIsMalformed(score: String) throws {
    let workspace = try Workspace()
    try workspace.write(Self.flat(score), to: "rows.jsonl")
    let outcome = try workspace.run(["rows.jsonl"])
    #expect(outcome.status == 65)
    // `{"prompt": "p", "response": "first", "reward": ` is 47 bytes long.
    #expect(
      outcome.errors.hasPrefix(#"rows.jsonl:1:48: error: expected a number for "reward", found "#),
      "\(outcome.errors)")
  }

  /// Scores that are not there are no errors: the answers are dropped.
  @Test(arguments: [
    ("[null, 2, 1]", 1), ("[[null], 2, 1]", 1), (#"[{"score": null}, 2, 1]"#, 1),
    ("[NaN, 2, 1]", 1), ("[\"nan\", 2, 1]", 1), ("null", 3),
  ])
  func missingScoresDropTheirAnswers(rewards: String, missing: Int) throws {
    let workspace = try Workspace()
    try workspace.write(
      Self.nested(["a", "b", "c"], rewards)
        + #"{"prompt": "q", "all_generated_responses": ["d", "e"], "all_rm_scores": [1, 2]}"#,
      to: "rows.jsonl")
    let outcome = try workspace.run(["rows.jsonl"])
    #expect(outcome.status == 0)
    let summary = try JSON.object(outcome.output)
    #expect(
      JSON.value(summary, "ledger.candidates.dropped") as? [String: Int]
        == ["non_finite_reward": missing])
    #expect(JSON.count(summary, "ledger.candidates.read") == 5)
    let expected = missing == 1 ? ["p: b > c", "q: e > d"] : ["q: e > d"]
    #expect(try workspace.pairs(in: "train").map(\.description) == expected)
  }

  /// Distilabel leaves null where the judge's answer could not be read.
  @Test func ratingsThatAreNullAreNoRatings() throws {
    let workspace = try Workspace()
    try workspace.write(
      #"{"instruction": "p", "generations": ["a", "b"], "ratings": [2, 1]}"# + "\n"
        + #"{"instruction": "q", "generations": ["c", "d", "e"], "ratings": null}"# + "\n"
        + #"{"instruction": "r", "generations": null, "ratings": null}"# + "\n",
      to: "rows.jsonl")
    let outcome = try workspace.run(["rows.jsonl"])
    #expect(outcome.status == 0)
    let summary = try JSON.object(outcome.output)
    #expect(
      JSON.value(summary, "ledger.candidates.dropped") as? [String: Int]
        == ["non_finite_reward": 3])
    #expect(
      JSON.value(summary, "ledger.prompts.dropped") as? [String: Int]
        == ["too_few_candidates": 2])
    #expect(JSON.count(summary, "ledger.prompts.read") == 3)
    #expect(try workspace.pairs(in: "train").map(\.description) == ["p: a > b"])
  }

  // MARK: Order

  private static func ranked(_ name: String) -> String {
    #"{"prompt": "p", "responses": ["a", "b", "c"], "\#(name)": [2, 1, 3]}"# + "\n"
  }

  @Test(arguments: [
    ("rank", "auto", "b > c", true), ("pair_ranks", "auto", "b > c", true),
    ("ranking", "lower", "b > c", false), ("rank", "higher", "c > b", false),
    ("rewards", "auto", "c > b", false), ("rewards", "lower", "b > c", false),
    // Not every word that has these letters is a rank.
    ("franks", "auto", "c > b", false), ("shrank", "auto", "c > b", false),
  ])
  func ranksAreBetterTheLowerTheyAre(
    name: String, order: String, pair: String, isWarned: Bool
  ) throws {
    let workspace = try Workspace()
    try workspace.write(Self.ranked(name), to: "rows.jsonl")
    let settings = [
      "input.fields.responses=responses", "input.fields.rewards=\(name)",
      "input.reward_order=\(order)",
    ]
    let outcome = try workspace.run(["rows.jsonl"], settings)
    #expect(outcome.status == 0)
    #expect(try workspace.pairs(in: "train").map(\.description) == ["p: \(pair)"])
    #expect(
      outcome.errors.contains(
        "warning: \"\(name)\" is taken for a rank: the lowest is the best") == isWarned,
      "\(outcome.errors)")
  }

  /// The score that is written is higher for the better answer.
  @Test func lowerRewardsChangeTheirSign() throws {
    let workspace = try Workspace()
    try workspace.write(Self.ranked("rewards"), to: "rows.jsonl")
    let pairs = try workspace.pairs(of: ["rows.jsonl"], ["input.reward_order=lower"])
    #expect(pairs.map(\.scores) == [[-1, -3]])
  }

  /// Ranks may begin with 0, whose score is no negative zero.
  @Test func theRankZeroHasTheScoreZero() throws {
    let workspace = try Workspace()
    try workspace.write(
      #"{"prompt": "p", "answers": [{"answer": "a", "rank": 1}, {"answer": "b", "rank": 0}]}"#,
      to: "rows.jsonl")
    _ = try workspace.pairs(of: ["rows.jsonl"])
    let row = try workspace.rows(of: "out")["train"]?.first ?? ""
    #expect(row.contains(#""score_chosen": 0.0, "score_rejected": -1.0"#), "\(row)")
  }

  @Test func costsAreTakenAsTheyAreWithAWarning() throws {
    let workspace = try Workspace()
    try workspace.write(Self.ranked("cost"), to: "rows.jsonl")
    let fields = ["input.fields.responses=responses", "input.fields.rewards=cost"]
    let automatic = try workspace.run(["rows.jsonl"], fields)
    #expect(automatic.errors.contains("warning: the highest \"cost\" is taken for the best"))
    #expect(try workspace.pairs(in: "train").map(\.description) == ["p: c > b"])
    let told = try workspace.run(["rows.jsonl"], fields + ["input.reward_order=lower"])
    #expect(!told.errors.contains("warning"))
    #expect(try workspace.pairs(in: "train").map(\.description) == ["p: b > c"])
  }

  // MARK: UltraFeedback

  /// One of two answers with 10 has fine-grained scores of a 1; its 10 is reported and stays.
  @Test func anOverallScoreOfTenThatStandsForOneIsReported() throws {
    let workspace = try Workspace()
    func completion(_ text: String, _ overall: String, _ fine: String) -> String {
      #"{"response": "\#(text)", "overall_score": \#(overall), "fine-grained_score": \#(fine)}"#
    }
    let completions = [
      completion("bad", "10", "1.0"), completion("good", "10.0", "4.75"),
      completion("fair", "7", "2"), completion("odd", "10", "2.0"), completion("x", "10", "2.25"),
    ]
    try workspace.write(
      #"{"instruction": "p", "completions": [\#(completions.joined(separator: ", "))]}"#,
      to: "rows.jsonl")
    let outcome = try workspace.run(["rows.jsonl"])
    #expect(outcome.status == 0)
    #expect(
      outcome.errors.contains(
        "warning: 2 answers have the overall_score 10, but a fine-grained_score of at most 2"))
    let finer = try workspace.run(
      ["rows.jsonl"], ["input.fields.rewards=completions.fine-grained_score"])
    #expect(finer.status == 0 && !finer.errors.contains("overall_score"))
    #expect(try workspace.pairs(in: "train").map(\.description) == ["p: good > bad"])
  }
}
