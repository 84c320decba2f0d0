import Testing

/// Token lengths: the characteristic `tokens` and the filters that count them.
@Suite struct TokenLengthTests {
  /// Words of letters and white space are split; `ab` is a token of its own, every other byte is one.
  private static func tokenizer() -> String {
    let bytes = "abcdxyz".map { "\"\($0)\": \($0.asciiValue ?? 0)" }.joined(separator: ", ")
    return """
      {"version": "1.0", "added_tokens": [{"id": 300, "content": "<|im_end|>", "special": true}],
      "normalizer": null, "pre_tokenizer": {"type": "Sequence", "pretokenizers": [
      {"type": "Split", "pattern": {"Regex": "\\\\p{L}+|\\\\s+"}, "behavior": "Isolated", "invert": false},
      {"type": "ByteLevel", "add_prefix_space": false, "use_regex": false}]},
      "model": {"type": "BPE", "vocab": {\(bytes), "Ġ": 0, "ab": 256}, "merges": [["a", "b"]]}}
      """
  }

  /// Answers of 1, 2, 3 and 7 tokens, and of 1, which is special, to a prompt of 2.
  private static let rows = """
    {"prompt": "xy", "all_generated_responses": ["ab", "ab ", "abcd", "abc abcd", "<|im_end|>"],
    "all_rm_scores": [1, 2, 3, 4, 0]}
    """.replacing("\n", with: " ")

  private static func workspace() throws -> Workspace {
    let workspace = try Workspace()
    try workspace.write(tokenizer(), to: "tokenizer.json")
    try workspace.write(rows + "\n", to: "rows.jsonl")
    return workspace
  }

  @Test func tokensAreMeasured() throws {
    let workspace = try Self.workspace()
    let outcome = try workspace.run(
      ["rows.jsonl"],
      ["input.tokenizer=tokenizer.json", "calibration.characteristics=[tokens]"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let pairs = try workspace.pairs(in: "train")
    #expect(pairs.map(\.chosen) == ["abc abcd"])
    #expect(pairs.map(\.lengths) == [[6, 1]])
    let manifest = try workspace.object(in: "out/manifest.json")
    #expect(JSON.value(manifest, "tokenizer.path") as? String == "tokenizer.json")
    #expect((JSON.value(manifest, "tokenizer.sha256") as? String)?.count == 64)
  }

  @Test(arguments: [
    ("filters.max_tokens=2", ["too_many_tokens": 2]),
    ("filters.max_pair_tokens=5", ["too_many_pair_tokens": 1]),
    ("filters.max_pair_tokens=4", ["too_many_pair_tokens": 2]),
  ])
  func longAnswersAreDropped(setting: String, dropped: [String: Int]) throws {
    let workspace = try Self.workspace()
    let outcome = try workspace.run(
      ["rows.jsonl"], ["input.tokenizer=tokenizer.json", setting])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let summary = try JSON.object(outcome.output)
    #expect(JSON.value(summary, "ledger.candidates.dropped") as? [String: Int] == dropped)
  }

  @Test(arguments: [
    "calibration.characteristics=[tokens]", "filters.max_tokens=2", "filters.max_pair_tokens=5",
  ])
  func tokensNeedATokenizer(setting: String) throws {
    let workspace = try Self.workspace()
    let outcome = try workspace.run(["rows.jsonl"], [setting])
    #expect(outcome.status == 78)
    #expect(outcome.errors.contains("counts tokens, but no \"input.tokenizer\" is named"))
  }

  @Test func whatIsNotSupportedIsRefused() throws {
    let workspace = try Self.workspace()
    try workspace.write(
      #"{"model": {"type": "Unigram", "vocab": []}, "normalizer": null}"#, to: "tokenizer.json")
    let outcome = try workspace.run(
      ["rows.jsonl"], ["input.tokenizer=tokenizer.json", "filters.max_tokens=2"])
    #expect(outcome.status == 65)
    #expect(
      outcome.errors.contains("tokenizer.json: error: the model Unigram is not supported"))
    #expect(try workspace.names() == ["rows.jsonl", "tokenizer.json"])
  }

  /// The steps of a job stop where the file is another than when the job was made.
  @Test func jobsHoldTheTokenizer() throws {
    let workspace = try Self.workspace()
    try workspace.succeed([
      "job", "init", "prep.yaml", "job", "input.paths=[rows.jsonl]",
      "input.tokenizer=tokenizer.json", "calibration.characteristics=[tokens]",
      "filters.max_pair_tokens=5",
    ])
    try workspace.write(Self.tokenizer() + "\n", to: "tokenizer.json")
    let outcome = try workspace.dpoPrep(["job", "measure", "job"])
    #expect(outcome.status != 0)
    #expect(outcome.errors.contains("tokenizer.json: error: the file is not what it was"))
    try workspace.write(Self.tokenizer(), to: "tokenizer.json")
    try workspace.succeed(["job", "measure", "job"])
  }
}
