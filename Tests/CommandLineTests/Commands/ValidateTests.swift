import Testing

@Suite struct ValidateTests {
  /// Rows that TRL takes, as strings, with one for each of `others` in its place.
  private static func rows(_ count: Int = 40, _ others: [Int: String] = [:]) -> String {
    (1...count).map { number in
      others[number]
        ?? #"{"prompt": "p\#(number)", "chosen": "a", "rejected": "b", "score": \#(number).5}"#
    }.joined(separator: "\n") + "\n"
  }

  private struct Found: Equatable {
    var code: String
    var count: Int
    var rows: [Int]
  }

  private static func findings(
    _ workspace: Workspace, _ arguments: [String]
  ) throws -> (status: Int32, findings: [Found]) {
    let outcome = try workspace.dpoPrep(["validate", "-q", "--json"] + arguments)
    let document = try JSON.object(outcome.output)
    let findings = try #require(document["findings"] as? [[String: Any]])
    return (
      outcome.status,
      try findings.map { finding in
        let rows = try #require(finding["rows"] as? [[String: Any]])
        return Found(
          code: try #require(finding["code"] as? String),
          count: try #require(finding["count"] as? Int), rows: rows.compactMap { $0["row"] as? Int }
        )
      }
    )
  }

  @Test(
    arguments: [
      ("identical_answers", #"{"prompt": "p", "chosen": "a", "rejected": "a", "score": 1.5}"#),
      ("empty_turn", #"{"prompt": "p", "chosen": "", "rejected": "b", "score": 1.5}"#),
      ("not_finite", #"{"prompt": "p", "chosen": "a", "rejected": "b", "score": NaN}"#),
      ("malformed_row", #"{"prompt": "p", "chosen": "a", "#),
      ("wrong_type", #"{"prompt": 5, "chosen": "a", "rejected": "b", "score": 1.5}"#),
    ])
  func aFaultIsFoundWhereItIs(code: String, row: String) throws {
    let workspace = try Workspace()
    try workspace.write(Self.rows(40, [17: row, 31: row]), to: "pairs.jsonl")
    let result = try Self.findings(workspace, ["pairs.jsonl"])
    #expect(result.status == 1)
    let found = try #require(result.findings.first { $0.code == code })
    #expect(found.count == 2)
    #expect(found.rows.first == 17)
  }

  @Test func wholeNumbersBeforeFractionsAreFound() throws {
    let workspace = try Workspace()
    let whole = #"{"prompt": "p", "chosen": "a", "rejected": "b", "score": 1}"#
    try workspace.write(Self.rows(1, [1: whole]), to: "set/train-0.jsonl")
    try workspace.write(Self.rows(3), to: "set/train-1.jsonl")
    try workspace.write(Self.rows(3, [1: whole]), to: "one.jsonl")
    let result = try Self.findings(workspace, ["set"])
    #expect(result.status == 1)
    #expect(result.findings == [Found(code: "integers_before_floats", count: 3, rows: [1, 2, 3])])
    #expect(try Self.findings(workspace, ["one.jsonl"]).findings.isEmpty)
  }

  /// Datasets from version 4.7 on keep JSON where the first rows mix kinds.
  @Test func kindsMixedInTheFirstRowsAreAWarning() throws {
    let workspace = try Workspace()
    let text = #"{"prompt": "p", "chosen": "a", "rejected": "b", "score": "1.5"}"#
    try workspace.write(Self.rows(40, [17: text, 31: text]), to: "pairs.jsonl")
    let result = try Self.findings(workspace, ["pairs.jsonl"])
    #expect(result.status == 0)
    #expect(result.findings == [Found(code: "mixed_types", count: 2, rows: [17, 31])])
  }

  /// The loader takes 10 MB and the rest of the line, wherever our own reading cuts.
  @Test(arguments: [((10 << 20) - 1, 0), (10 << 20, 0), ((10 << 20) + 1, 1)])
  func blocksEndWhereTheLoadersDo(length: Int, errors: Int) throws {
    let workspace = try Workspace()
    let rows = Self.rows(40)
    let text = #"{"prompt": "q", "chosen": "a", "rejected": "b", "score": 1.5, "v": 1}"#
    let filling = String(repeating: "x", count: length - rows.utf8.count - 80)
    let long = #"{"prompt": ""# + filling + #"", "chosen": "a", "rejected": "b", "score": 1.5}"#
    let blanks = length - rows.utf8.count - long.utf8.count - 1
    let padded = long + String(repeating: " ", count: blanks) + "\n"
    try workspace.write(rows + padded + text + "\n", to: "set/train.jsonl")
    let result = try Self.findings(workspace, ["set"])
    // A block that ends with a line goes on to the end of the next one.
    #expect(result.findings.filter { $0.code == "late_columns" }.count == errors, "\(result)")
  }

  @Test(
    .enabled(
      if: Program.pythonHas("datasets"), "set DPO_PREP_PYTHON to a Python with datasets"))
  func validateAgreesWithTheLoader() throws {
    let workspace = try Workspace()
    let compared = try workspace.oracle(
      "loader_cases.py", [Program.path, workspace.path + "/sets"])
    #expect(compared.status == 0, "\(compared.output)\(compared.errors)")
  }

  @Test func splitsAreComparedAndCounted() throws {
    let workspace = try Workspace()
    try workspace.write(Self.rows(10), to: "set/data/train-00000-of-00002.jsonl")
    try workspace.write(Self.rows(12), to: "set/data/train-00001-of-00002.jsonl")
    try workspace.write(Self.rows(2), to: "set/data/test-00000-of-00001.jsonl")
    try workspace.write("", to: "set/data/validation-00000-of-00001.jsonl")
    try workspace.write("{}", to: "set/dataset_info.json")
    let result = try Self.findings(workspace, ["set"])
    #expect(result.status == 1)
    #expect(
      result.findings == [
        Found(code: "empty_split", count: 1, rows: []),
        Found(code: "prompt_overlap", count: 2, rows: [1, 2]),
      ])
  }

  @Test(arguments: ["parquet", "jsonl"])
  func ourDatasetsAreTaken(format: String) throws {
    let workspace = try Workspace()
    let profiles = [
      "alignment-handbook", "h4", "trl", "trl-implicit", "standard", "kto", "openrlhf",
      "llama-factory", "axolotl", "ms-swift",
    ]
    try workspace.succeed([
      "run", "-q", "prep.yaml", "input.paths=[\(Program.checkout)/samples/conversations.jsonl]",
      "output.profiles=[\(profiles.joined(separator: ", "))]", "output.format=\(format)",
      "output.compression=none", "split.test=0.3",
    ])
    for profile in profiles {
      let result = try Self.findings(workspace, ["out", "--profile", profile])
      #expect(result.status == 0, "\(profile)")
      let expected = profile == "h4" ? ["string_prompt_beside_conversations"] : []
      #expect(result.findings.map(\.code) == expected, "\(profile)")
    }
    let wrong = try Self.findings(workspace, ["out/kto", "--profile", "standard"])
    #expect(wrong.status == 1 && wrong.findings.contains { $0.code == "missing_column" })
  }

  @Test func theTextNamesRowsAndRemedies() throws {
    let workspace = try Workspace()
    try workspace.write(
      Self.rows(9, [3: #"{"prompt": "p", "chosen": "a", "rejected": "a", "score": 1.5}"#]),
      to: "pairs.jsonl")
    let outcome = try workspace.dpoPrep(["validate", "-q", "pairs.jsonl"])
    #expect(outcome.status == 1)
    #expect(
      outcome.output == """
        pairs.jsonl: 9 rows (9 train), read as standard

        error: chosen and rejected are the same (identical_answers, 1)
          at pairs.jsonl:3
          remove the row; there is nothing to prefer

        1 error, 0 warnings

        """)
    #expect(try workspace.dpoPrep(["validate", "nowhere"]).status == 66)
    #expect(try workspace.dpoPrep(["validate"]).status == 64)
    #expect(try workspace.dpoPrep(["validate", "a", "--profile", "tlr"]).status == 64)
  }
}
