import Testing

/// `config` and `inspect`.
@Suite struct ConfigAndInspectTests {
  @Test func aNewConfigurationIsValid() throws {
    let workspace = try Workspace()
    let template = try workspace.succeed(["config", "init"]).output
    try workspace.write(template, to: "new.yaml")
    let checked = try workspace.succeed(["config", "check", "new.yaml", "--no-inputs"])
    #expect(checked.output == "new.yaml: valid\n")
    #expect(checked.errors.isEmpty)
  }

  @Test func whatIsShownCanBeRead() throws {
    let workspace = try Workspace()
    try workspace.write(Generations(prompts: 40).nested, to: "in.jsonl")
    let settings = [
      "input.paths=[in.jsonl]", "calibration.frac=0.45", "split.salt='a: #b'", "run.memory=1GiB",
    ]
    let shown = try workspace.succeed(["config", "show", "prep.yaml"] + settings).output
    #expect(shown.contains("0.45"))
    try workspace.write(shown, to: "shown.yaml")
    #expect(try workspace.succeed(["config", "check", "shown.yaml"]).status == 0)
    try workspace.succeed(["run", "-q", "prep.yaml"] + settings)
    try workspace.succeed(["run", "-q", "shown.yaml", "output.dir=shown"])
    let isSame = try workspace.contents(of: "shown/data") == workspace.contents(of: "out/data")
    #expect(isSame)
  }

  @Test func everythingWrongIsToldAtOnce() throws {
    let workspace = try Workspace()
    try workspace.write(
      "input: {paths: [x]}\noutput: {dir: out}\nsplt: {test: 0.1}\npairs: {seed: -1}\n",
      to: "bad.yaml")
    let outcome = try workspace.dpoPrep(["config", "check", "bad.yaml"])
    #expect(outcome.status == 78)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.contains("bad.yaml:3:1: error: unknown key \"splt\"\n  did you mean"))
    #expect(outcome.errors.contains("bad.yaml:4:15: error: "))
  }

  @Test func theSchemaIsJSONAndTheTableIsMarkdown() throws {
    let workspace = try Workspace()
    let schema = try JSON.object(try workspace.succeed(["config", "schema"]).output)
    let properties = try #require(schema["properties"] as? [String: Any])
    let sections = [
      "calibration", "extends", "filters", "input", "output", "pairs", "paths_relative_to",
      "report", "run", "split", "sweep",
    ]
    #expect(properties.keys.sorted() == sections)
    let lines = try workspace.succeed(["config", "table"]).output.split(separator: "\n")
    #expect(lines.count > 40)
    #expect(lines.allSatisfy { $0.hasPrefix("|") })
    #expect(lines.contains { $0.hasPrefix("| `calibration.frac` | ") })
  }

  @Test func filesAreLookedInto() throws {
    let workspace = try Workspace()
    let generations = Generations(prompts: 50, answers: 4)
    try workspace.write(
      generations.adjacent + "{\n" + #"{"prompt": "Why?", "response": null, "reward": 1}"# + "\n",
      to: "in.jsonl")
    let outcome = try workspace.succeed(["inspect", "-q", "--json", "in.jsonl"])
    #expect(outcome.errors.contains("in.jsonl:201:2: warning: not valid JSON"))
    let found = try JSON.object(outcome.output)
    #expect(found["rows"] as? Int == 202)
    #expect(found["malformed_rows"] as? Int == 1)
    #expect(found["prompts"] as? Int == 51)
    #expect(found["candidates"] as? Int == 201)
    #expect(found["usable_candidates"] as? Int == 200)
    #expect(found["dropped"] as? [String: Int] == ["missing_response": 1])
    let answers = generations.prompts.flatMap(\.answers)
    let lengths = answers.map(\.text.unicodeScalars.count).sorted()
    let quantiles = try #require(found["chars_quantiles"] as? [String: Double])
    #expect(quantiles["0.0"] == lengths.first.map(Double.init))
    #expect(quantiles["1.0"] == lengths.last.map(Double.init))
    #expect(quantiles["0.5"] == Double(lengths[99] + lengths[100]) / 2)
    let rewards = try #require(found["reward_quantiles"] as? [String: Double])
    let largest = try #require(answers.map(\.reward).max())
    #expect(abs((rewards["1.0"] ?? 0) - largest) < 1e-9)
    #expect(try workspace.names() == ["in.jsonl"])

    let table = try workspace.succeed(["inspect", "in.jsonl"]).output
    #expect(table.contains("flat"))
    #expect(table.contains("malformed rows"))
    #expect(table.contains("Spearman of reward and chars"))
  }

  @Test func fieldsMayHaveOtherNames() throws {
    let workspace = try Workspace()
    try workspace.write(
      #"{"q": "Why?", "a": "x", "s": {"helpful": 1}}"# + "\n"
        + #"{"q": "Why?", "a": "yy", "s": {"helpful": 2.5}}"# + "\n", to: "in.jsonl")
    let mapping = ["--field", "prompt=q", "--field", "response=a", "--field", "reward=s.helpful"]
    let outcome = try workspace.succeed(["inspect", "-q", "--json", "in.jsonl"] + mapping)
    let found = try JSON.object(outcome.output)
    #expect(found["usable_candidates"] as? Int == 2)
    #expect((found["reward_quantiles"] as? [String: Double])?["1.0"] == 2.5)
  }

  @Test func withoutAUsableCandidateThereAreNoQuantiles() throws {
    let workspace = try Workspace()
    try workspace.write(#"{"prompt": "Why?", "response": null, "reward": null}"#, to: "in.jsonl")
    let outcome = try workspace.succeed(["inspect", "-q", "--json", "in.jsonl"])
    let found = try JSON.object(outcome.output)
    #expect(found["usable_candidates"] as? Int == 0)
    try workspace.succeed(["inspect", "-q", "in.jsonl"])
  }
}
