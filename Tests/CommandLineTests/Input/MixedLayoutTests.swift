import Testing

/// Files of different layouts in one run.
@Suite struct MixedLayoutTests {
  private static let files: [(name: String, text: String)] = [
    (
      "lists.jsonl",
      #"{"prompt": "p", "all_generated_responses": ["a", "b"], "all_rm_scores": [1, 2]}"#
    ),
    (
      "flat.jsonl",
      #"{"prompt": "q", "response": "c", "reward": 1}"# + "\n"
        + #"{"prompt": "q", "response": "d", "reward": 2}"# + "\n"
        // One more answer to the prompt of another file.
        + #"{"prompt": "p", "response": "e", "reward": 0}"#
    ),
    (
      "pairs.jsonl",
      #"{"chosen": [{"role": "user", "content": "r"}, {"role": "assistant", "content": "f"}], "#
        + #""rejected": [{"role": "user", "content": "r"}, {"role": "assistant", "content": "g"}], "#
        + #""score_chosen": 1, "score_rejected": 2}"#
    ),
    ("table.csv", "prompt,response,reward\nu,m,1\nu,n,2"),
    (
      "nectar.json",
      #"[{"prompt": "s", "answers": [{"answer": "h", "rank": 2}, {"answer": "i", "rank": 1}]}]"#
    ),
    (
      "feedback.jsonl",
      #"{"instruction": "t", "completions": [{"response": "j", "overall_score": 3}, "#
        + #"{"response": "k", "overall_score": 2}]}"#
    ),
    (
      "turns.jsonl",
      #"{"messages": [{"role": "user", "content": "q"}, {"role": "assistant", "content": "l"}], "#
        + #""score": 5}"#
    ),
  ]

  private func workspace() throws -> (Workspace, [String]) {
    let workspace = try Workspace()
    for file in Self.files { try workspace.write(file.text + "\n", to: file.name) }
    return (workspace, Self.files.map(\.name))
  }

  /// Each is read by its own layout, and the answers to one prompt come together.
  @Test func everyFileIsReadByItsOwnLayout() throws {
    let (workspace, files) = try workspace()
    let pairs = try workspace.pairs(of: files)
    #expect(
      pairs.map(\.description)
        == ["p: b > e", "q: l > c", "r: g > f", "u: n > m", "s: i > h", "t: j > k"])
    #expect(pairs.map(\.scores) == [[2, 0], [5, 1], [2, 1], [2, 1], [-1, -2], [3, 2]])
  }

  @Test func theOrderOfFilesDecidesOnlyTheOrderOfPairs() throws {
    let (workspace, files) = try workspace()
    let forward = try workspace.pairs(of: files)
    let backward = try workspace.pairs(of: files.reversed())
    func sorted(_ pairs: [WrittenPair]) -> [WrittenPair] { pairs.sorted { $0.prompt < $1.prompt } }
    #expect(sorted(backward) == sorted(forward))
    let threads = try workspace.pairs(of: files, ["run.threads=3"])
    #expect(threads == forward)
  }

  @Test func otherLayoutsAreNamed() throws {
    let (workspace, files) = try workspace()
    let outcome = try workspace.succeed([
      "run", "prep.yaml", "input.paths=[\(files.joined(separator: ", "))]",
      "calibration.method=none",
    ])
    #expect(outcome.errors.contains("note: rows are nested: a prompt a row, responses in "))
    #expect(
      outcome.errors.contains(
        "nectar.json: note: 1 file has rows of another layout: nested: a prompt a row, responses in "
          + "\"answers.answer\", rewards in \"answers.rank\" (lower is better)"))
    #expect(
      outcome.errors.contains(
        "flat.jsonl: note: 2 files have rows of another layout: flat: one candidate a row\n"))
  }

  /// Inside one file all rows have to be alike.
  @Test func aRowOfAnotherLayoutThanItsFileIsMalformed() throws {
    let workspace = try Workspace()
    try workspace.write(Self.files[0].text + "\n" + Self.files[1].text + "\n", to: "rows.jsonl")
    let outcome = try workspace.run(["rows.jsonl"])
    #expect(outcome.status == 65)
    #expect(
      outcome.errors.hasPrefix("rows.jsonl:2:1: error: no field \"all_generated_responses\""))
  }

  @Test func aFileOfNoLayoutIsNamed() throws {
    let (workspace, files) = try workspace()
    try workspace.write(#"{"text": "a"}"#, to: "other.jsonl")
    let outcome = try workspace.run(files + ["other.jsonl"])
    #expect(outcome.status == 65)
    #expect(outcome.errors.hasPrefix("other.jsonl:1:1: error: no field "), "\(outcome.errors)")
    #expect(!workspace.exists("out"))
  }

  /// A format that is asked for holds for every file.
  @Test func aNamedFormatHoldsForAllFiles() throws {
    let (workspace, files) = try workspace()
    let outcome = try workspace.run(files, ["input.format=simpo"])
    #expect(outcome.status == 65)
    #expect(
      outcome.errors.hasPrefix("flat.jsonl:1:1: error: the row is not of the format \"simpo\""),
      "\(outcome.errors)")
  }
}
