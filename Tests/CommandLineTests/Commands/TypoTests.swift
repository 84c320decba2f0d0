import Testing

/// What is typed wrongly is told, and changes nothing silently.
@Suite struct TypoTests {
  /// Models have effects in the fit, so a field that no row has would change the data.
  @Test(arguments: [["run", "--dry-run"], ["fit"], ["score"]])
  func aModelFieldThatNoRowHasIsAnError(command: [String]) throws {
    let workspace = try Workspace()
    try workspace.write(Generations(prompts: 30).nested, to: "in.jsonl")
    let outcome = try workspace.dpoPrep(
      command + ["in.jsonl", "input.fields.model=genrator"])
    #expect(outcome.status == 65)
    #expect(
      outcome.errors.contains("no row has a value for \"genrator\", which input.fields.model names")
    )
    // Where no model is read nothing can be said.
    let unread = try workspace.dpoPrep([
      "run", "--dry-run", "in.jsonl", "input.fields.model=genrator",
      "calibration.model_effects=never",
    ])
    #expect(unread.status == 0, "\(unread.errors)")
  }

  @Test(arguments: [
    (["inspect", "in.jsonl", "input.fields.prompt=q"], "--field prompt=PATH"),
    (["inspect", "in.jsonl", "calibration.frac=0.5"], "dpo-prep config check"),
    (["run", "calibration.frac", "in.jsonl", "-o", "new"], "write calibration.frac=VALUE"),
    (["run", "in.jsonl", "calibration.frac", "-o", "new"], "write calibration.frac=VALUE"),
  ])
  func settingsInTheWrongPlaceAreKnown(arguments: [String], hint: String) throws {
    let workspace = try Workspace()
    try workspace.write(Generations(prompts: 3).nested, to: "in.jsonl")
    let outcome = try workspace.dpoPrep(arguments)
    #expect(outcome.status == 64 && outcome.errors.contains(hint), "\(outcome.errors)")
  }

  /// A name as short as `s` is in many others.
  @Test func shortNamesAreNoGuesses() throws {
    let workspace = try Workspace()
    try workspace.write(#"{"q": "Why?", "a": "So.", "s": 1}"#, to: "in.jsonl")
    let outcome = try workspace.dpoPrep(["run", "in.jsonl", "-o", "new", "input.format=flat"])
    #expect(outcome.status == 65 && !outcome.errors.contains("did you mean"), "\(outcome.errors)")
  }

  /// Only a dataset can be replaced, so only for one the setting is named.
  @Test func hintsAreNotRefused() throws {
    let workspace = try Workspace()
    try workspace.write(Generations(prompts: 30).nested, to: "in.jsonl")
    try workspace.write("mine", to: "own/file")
    let own = try workspace.dpoPrep(["run", "in.jsonl", "-o", "own"])
    #expect(own.status == 73 && !own.errors.contains("overwrite"), "\(own.errors)")
    try workspace.succeed(["run", "in.jsonl", "-o", "made", "-q"])
    let made = try workspace.dpoPrep(["run", "in.jsonl", "-o", "made"])
    #expect(made.status == 73 && made.errors.contains("output.overwrite: true"), "\(made.errors)")
  }

  /// What `inspect` draws is what `run` would make.
  @Test func inspectDrawsWhatRunMakes() throws {
    let workspace = try Workspace()
    let rows = (0..<120).flatMap { prompt in
      (0..<6).map { answer in
        let length = 5 + (prompt * 7 + answer * 31) % 90
        // A model that writes short answers and is liked for something else.
        let reward = Double(length) / 30 + (answer == 0 ? 4 : 0) + Double((prompt * answer) % 5)
        let text = String(repeating: "x", count: answer == 0 ? length / 4 + 1 : length)
        return #"{"prompt": "p\#(prompt)", "response": "\#(text)", "reward": \#(reward), "#
          + #""model": "m\#(answer)"}"#
      }
    }
    try workspace.write(rows.joined(separator: "\n"), to: "in.jsonl")
    func drawing(_ output: String) -> [Substring] {
      let lines = output.split(separator: "\n")
      // The band takes no part in what `inspect` draws.
      return Array(lines.drop { !$0.hasPrefix("Longer answer chosen") })
    }
    let inspected = drawing(try workspace.succeed(["inspect", "in.jsonl", "--plot"]).output)
    let run = drawing(
      try workspace.succeed(["run", "in.jsonl", "--dry-run", "--plot", "-q"]).output)
    #expect(inspected.count > 10 && inspected == run)
  }
}
