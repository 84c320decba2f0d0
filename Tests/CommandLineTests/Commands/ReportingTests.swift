import Foundation
import Testing

/// What the program tells programs: diagnostics and progress as JSON Lines.
@Suite struct ReportingTests {
  private func workspace() throws -> Workspace {
    let workspace = try Workspace()
    try workspace.write(Generations(prompts: 60).nested, to: "in.jsonl")
    try workspace.write(
      "input: {paths: [in.jsonl]}\noutput: {dir: out}\n", to: "whole.yaml")
    return workspace
  }

  private func objects(_ text: String) throws -> [[String: Any]] {
    try text.split(separator: "\n").map { try JSON.object(String($0)) }
  }

  /// With `--json` everything is, and the descriptor may be another.
  @Test(arguments: ["--json", "--json --diagnostics-fd 2", "--json --diagnostics-fd 3 3>&2 2>&-"])
  func diagnosticsAreObjects(options: String) throws {
    let outcome = try workspace().shell("\"$DPO_PREP\" run whole.yaml \(options)")
    #expect(outcome.status == 0)
    let diagnostics = try objects(outcome.errors)
    #expect(diagnostics.allSatisfy { $0["type"] as? String == "diagnostic" })
    let layout = try #require(diagnostics.first)
    #expect(layout["severity"] as? String == "note")
    #expect(layout["code"] as? String == "layout")
    #expect(layout["kind"] is NSNull && layout["status"] is NSNull && layout["line"] is NSNull)
    #expect(try JSON.object(outcome.output)["output"] as? String == "out")
  }

  @Test(arguments: [
    (["run", "no.yaml"], 66, "input_missing", "missing_file"),
    (["run", "whole.yaml", "input.paths=[no.jsonl]"], 66, "input_missing", "missing_input"),
    (["run", "whole.yaml", "pairs.sigma=x"], 78, "bad_configuration", "invalid_settings"),
    (["run", "whole.yaml", "input.paths=[bad.jsonl]"], 65, "bad_data", "malformed_row"),
    (["run", "whole.yaml", "filters.min_chars=99999"], 65, "bad_data", "no_pairs"),
    (["run", "whole.yaml", "output.dir=in.jsonl"], 73, "cannot_create", "exists"),
    ([], 64, "usage", "no_command"),
    (["run"], 64, "usage", "missing_operand"),
    (["run", "--nonsense"], 64, "usage", "unknown_option"),
    (["config", "check", "no.yaml"], 66, "input_missing", "missing_file"),
    (["audit", "none"], 66, "input_missing", "missing_input"),
  ])
  func errorsHaveAKindAndACode(
    arguments: [String], status: Int32, kind: String, code: String
  ) throws {
    let workspace = try workspace()
    try workspace.write(Generations(prompts: 3).nested + "{\"prompt\": 1\n", to: "bad.jsonl")
    let outcome = try workspace.dpoPrep(["--diagnostics-fd=2"] + arguments)
    #expect(outcome.status == status, "\(outcome.errors)")
    let errors = try objects(outcome.errors).filter { $0["severity"] as? String == "error" }
    let error = try #require(errors.first)
    #expect(error["status"] as? Int == Int(status))
    #expect(error["kind"] as? String == kind)
    #expect(error["code"] as? String == code)
    #expect(error["message"] is String)
    if code == "malformed_row" {
      #expect(error["file"] as? String == "bad.jsonl")
      #expect(error["line"] as? Int == 4)
      #expect(error["column"] is Int)
      #expect(error["hint"] is String)
    }
  }

  @Test func everyMistakeOfAConfigurationIsAnObject() throws {
    let workspace = try workspace()
    try workspace.write("input:\n  paths: {a: 1}\n  formt: x\noutput: {dir: out}\n", to: "bad.yaml")
    let outcome = try workspace.dpoPrep(["run", "--diagnostics-fd=2", "bad.yaml"])
    #expect(outcome.status == 78)
    let errors = try objects(outcome.errors)
    #expect(errors.count > 1)
    #expect(errors.allSatisfy { $0["file"] as? String == "bad.yaml" && $0["line"] is Int })
  }

  @Test func aDescriptorTakesDiagnosticsAndProgress() throws {
    let workspace = try workspace()
    let outcome = try workspace.shell(
      "\"$DPO_PREP\" run whole.yaml --progress-fd 3 --diagnostics-fd=3 3>events")
    #expect(outcome.status == 0)
    #expect(outcome.errors.isEmpty)
    #expect(outcome.output.hasPrefix("out: "))
    let events = try objects(workspace.text(of: "events"))
    #expect(events.contains { $0["code"] as? String == "layout" })
    let progress = events.filter { $0["type"] as? String == "progress" }
    let finished = progress.filter { $0["finished"] as? Bool == true }
    #expect(
      finished.compactMap { $0["stage"] as? String } == [
        "reading", "fitting", "pairing", "writing",
      ])
    let reading = try #require(finished.first)
    let size = try workspace.read("in.jsonl").count
    #expect(reading["done"] as? Int == size && reading["total"] as? Int == size)
    #expect(progress.first?["done"] as? Int == 0 && progress.first?["finished"] as? Bool == false)
    #expect(finished.dropFirst().first?["total"] is NSNull)
  }

  @Test func progressOfOtherCommands() throws {
    let workspace = try workspace()
    try workspace.succeed(["run", "-q", "whole.yaml"])
    for command in [
      "inspect in.jsonl", "validate out", "audit out", "diff out out", "fit whole.yaml -o c.json",
    ] {
      let outcome = try workspace.shell("\"$DPO_PREP\" \(command) -q --progress-fd 3 3>events")
      #expect(outcome.status == 0, "\(command): \(outcome.errors)")
      let events = try objects(workspace.text(of: "events"))
      #expect(events.last?["finished"] as? Bool == true, "\(command)")
    }
  }

  @Test(arguments: [
    ("--progress-fd x", "needs the number of a descriptor"),
    ("--progress-fd 9", "needs an open descriptor, found 9"),
    ("--diagnostics-fd 0", "needs an open descriptor, found 0"),
    ("--diagnostics-fd", "needs a FD"),
  ])
  func descriptorsHaveToBeThere(options: String, message: String) throws {
    let outcome = try workspace().shell("\"$DPO_PREP\" run whole.yaml \(options) </dev/null")
    #expect(outcome.status == 64)
    #expect(outcome.errors.contains(message), "\(outcome.errors)")
  }

  @Test(arguments: [
    ("help run --color=always", true), ("help run", false), ("help run --color never", false),
    ("run no.yaml --color always 2>&1", true), ("run no.yaml 2>&1", false),
    ("run no.yaml --color always --diagnostics-fd 2 2>&1", false),
  ])
  func colorsAreShownWhereTheyAreWanted(command: String, isColored: Bool) throws {
    let outcome = try workspace().shell("\"$DPO_PREP\" \(command)")
    #expect(outcome.output.contains("\u{1B}[") == isColored, "\(outcome.output)")
    #expect(!outcome.output.isEmpty)
  }

  /// A stream is copied before it is read, which can take long.
  @Test func whatComesFromAStreamIsTold() throws {
    let workspace = try workspace()
    let outcome = try workspace.shell(
      "cat in.jsonl | \"$DPO_PREP\" inspect -q - --progress-fd 3 3>events")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let first = try #require(try objects(workspace.text(of: "events")).first)
    #expect(first["stage"] as? String == "receiving")
  }
}
