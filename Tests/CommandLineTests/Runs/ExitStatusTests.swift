import Foundation
import Testing

@testable import Arguments
@testable import Terminal
@testable import Views
@testable import dpo_prep

/// Every way to fail has its status, a message that names the place, and what to do about it.
@Suite struct ExitStatusTests {
  /// A command line that fails.
  struct Failure: Sendable, CustomTestStringConvertible {
    var name: String
    var arguments: [String]
    var status: Int32
    var errors: String

    var testDescription: String { name }

    init(_ name: String, _ arguments: [String], _ status: Int32, _ errors: String) {
      self.name = name
      self.arguments = arguments
      self.status = status
      self.errors = errors
    }
  }

  static let failures: [Failure] = [
    Failure(
      "no command", [], 64,
      """
      Usage: dpo-prep COMMAND [OPTION...] [ARGUMENT...]

      Commands:
      \(HelpText.table(Command.root.subcommands.map { ($0.name, $0.abstract) }))

      `dpo-prep help COMMAND` tells more of a command, `dpo-prep --help` of the program.
      """),
    Failure(
      "an unknown option", ["run", "--jsn", "prep.yaml"], 64,
      """
      dpo-prep: error: unknown option "--jsn" of "run"
        did you mean "--json"?
      """),
    Failure(
      "a missing input", ["run", "prep.yaml", "input.paths=[in.jsnl]"], 66,
      """
      in.jsnl: error: no such file or folder
        did you mean in.jsonl?
        relative paths start from FOLDER
      """),
    Failure(
      "a pattern without a match", ["run", "prep.yaml", "input.paths=[\"*.gz\"]"], 66,
      """
      *.gz: error: no file matches this pattern
        `ls *.gz` shows what the shell finds
        relative paths start from FOLDER
      """),
    Failure(
      "a missing curve",
      ["run", "-q", "prep.yaml", "input.paths=[in.jsonl]", "calibration.curve=c.json"], 66,
      """
      c.json: error: no such file
        save a curve with `dpo-prep fit CONFIG --out c.json`
        relative paths start from FOLDER
      """),
    Failure(
      "a curve that is none",
      ["run", "-q", "prep.yaml", "input.paths=[in.jsonl]", "calibration.curve=in.jsonl"], 65,
      """
      in.jsonl: error: not a saved curve of dpo-prep, version 1: not a JSON document
        save one with `dpo-prep fit`, or take the curve.json of a dataset
      """),
    Failure(
      "an output that is a file",
      ["run", "prep.yaml", "input.paths=[in.jsonl]", "output.dir=in.jsonl"],
      73,
      """
      in.jsonl: error: the output folder is a file
        set output.dir to another path
      """),
    Failure(
      "an output below a file",
      ["run", "prep.yaml", "input.paths=[in.jsonl]", "output.dir=in.jsonl/out"], 73,
      """
      in.jsonl: error: cannot write into this folder: not a directory
        a part of the path is a file; name another path
      """),
    Failure(
      "a curve in a folder that is not there",
      ["fit", "-q", "prep.yaml", "input.paths=[in.jsonl]", "-o", "no/curve.json"], 73,
      """
      no/curve.json: error: cannot create the file: no such file or directory
        the folder above it is not there; make it, or name another path
      """),
    Failure(
      "a file that is named twice", ["run", "prep.yaml", "input.paths=[in.jsonl, ./in.jsonl]"], 65,
      """
      ./in.jsonl: error: this file is named more than once, first as in.jsonl
        its rows would count twice; name each file once
      """),
    Failure(
      "a dataset without a manifest", ["verify", "."], 65,
      """
      .: error: this folder has no readable manifest of dpo-prep
        name the folder that holds manifest.json; other datasets cannot be verified
      """),
    Failure(
      "a missing configuration", ["run", "nope.yaml"], 66,
      """
      nope.yaml: error: no such configuration file
        `dpo-prep config init > prep.yaml` makes one
        relative paths start from FOLDER
      """),
    Failure(
      "a setting without a default", ["run", "prep.yaml"], 78,
      """
      prep.yaml: error: "input.paths" is missing
        it has no default; write `paths: [gens/*.jsonl.zst]` below `input`
      """),
    Failure(
      "a sweep of nothing", ["sweep", "prep.yaml", "input.paths=[in.jsonl]"], 78,
      """
      prep.yaml: error: no setting has several values
        write for example calibration.frac=[0.1,0.3,0.5], or a section `sweep` in the configuration
      """),
    Failure(
      "a sweep into one folder",
      ["sweep", "prep.yaml", "input.paths=[in.jsonl]", "pairs.seed=[1,2]"], 78,
      """
      output.dir: error: variants 1 and 2 would both be written to "out"
        name the folders by number or by value, as in -o out-{n} or -o 'out-{calibration.frac}'
      """),
    Failure(
      "an unknown key", ["run", "prep.yaml", "input.paths=[in.jsonl]", "calibration.frak=0.5"], 78,
      """
      command line: error: unknown key "calibration.frak"
        did you mean "calibration.frac"?
      """),
    Failure(
      "a value out of range", ["run", "bad.yaml"], 78,
      """
      bad.yaml:3:9: error: expected auto or a number above 0 and at most 1 for "calibration.frac", found "2"
      """),
  ]

  private func workspace() throws -> Workspace {
    let workspace = try Workspace()
    try workspace.write(Generations(prompts: 150).nested, to: "in.jsonl")
    try workspace.write(
      "input: {paths: [in.jsonl]}\ncalibration:\n  frac: 2\noutput: {dir: out}\n", to: "bad.yaml")
    return workspace
  }

  @Test(arguments: failures)
  func failureIsExplained(failure: Failure) throws {
    let workspace = try workspace()
    let outcome = try workspace.dpoPrep(failure.arguments)
    #expect(outcome.status == failure.status)
    #expect(outcome.output.isEmpty)
    #expect(
      outcome.errors == failure.errors.replacing(
        "FOLDER", with: workspace.path.replacing("//", with: "/")) + "\n")
    #expect(try workspace.names() == ["bad.yaml", "in.jsonl"])
  }
}

/// Output that cannot be written, and folders that must not be touched.
@Suite struct OutputFailureTests {
  private static let run = ["run", "-q", "prep.yaml", "input.paths=[in.jsonl]"]

  private func workspace(prompts: Int = 150) throws -> Workspace {
    let workspace = try Workspace()
    try workspace.write(Generations(prompts: prompts).nested, to: "in.jsonl")
    return workspace
  }

  @Test func aDatasetThatIsThereIsKept() throws {
    let workspace = try workspace()
    try workspace.succeed(Self.run)
    let before = try workspace.contents(of: "out")
    let again = try workspace.dpoPrep(Self.run + ["calibration.method=none"])
    #expect(again.status == 73)
    #expect(
      again.errors == """
        out: error: the output folder exists and is not empty
          set output.overwrite: true to replace it, or output.dir to another path

        """)
    #expect(try workspace.contents(of: "out") == before)
    try workspace.succeed(Self.run + ["calibration.method=none", "output.overwrite=true"])
    #expect(try workspace.contents(of: "out") != before)
    #expect(try workspace.names() == ["in.jsonl", "out"])
  }

  @Test(arguments: [
    ["notes.txt"], ["README.md"], ["README.md", "manifest.json"],
    ["README.md", "manifest.json", "data/train.csv"],
  ])
  func aFolderOfSomebodyElseIsNeverReplaced(names: [String]) throws {
    let workspace = try workspace()
    for name in names { try workspace.write("{\"name\": \"theirs\"}", to: "out/\(name)") }
    let before = try workspace.contents(of: "out")
    let outcome = try workspace.dpoPrep(Self.run + ["output.overwrite=true"])
    #expect(outcome.status == 73)
    #expect(
      outcome.errors == """
        out: error: the output folder holds no dataset of dpo-prep, so it is not replaced
          set output.dir to another path, or remove the folder yourself

        """)
    #expect(try workspace.contents(of: "out") == before)
    #expect(try workspace.names() == ["in.jsonl", "out"])
  }

  @Test func anEmptyFolderIsTaken() throws {
    let workspace = try workspace()
    #expect(try workspace.shell("mkdir out").status == 0)
    try workspace.succeed(Self.run)
    #expect(workspace.exists("out/manifest.json"))
  }

  @Test(arguments: ["none", "gzip", "zstd"])
  func aFileBeyondTheAllowedSizeIsAnError(compression: String) throws {
    let workspace = try workspace(prompts: 2_000)
    let outcome = try workspace.shell(
      "ulimit -f 40; exec \"$DPO_PREP\" run -q prep.yaml 'input.paths=[in.jsonl]' "
        + "calibration.method=none output.compression=\(compression)")
    #expect(outcome.status == 74)
    #expect(outcome.errors.contains(".jsonl"))
    #expect(outcome.errors.contains(": error: cannot write: file too large\n  "))
    #expect(try workspace.names() == ["in.jsonl"])
  }

  @Test func aFullStandardOutputIsAnError() throws {
    let workspace = try workspace()
    for command in [
      "config init", "--help", "inspect -q in.jsonl", "fit -q prep.yaml 'input.paths=[in.jsonl]'",
    ] {
      let outcome = try workspace.shell("exec \"$DPO_PREP\" \(command) >/dev/full")
      #expect(outcome.status == 74, "\(command)")
      #expect(
        outcome.errors
          == "dpo-prep: error: cannot write to standard output: no space left on device\n")
    }
  }

  @Test func aReaderThatLeavesEarlyIsNobodysFault() throws {
    let workspace = try workspace()
    let outcome = try workspace.shell("\"$DPO_PREP\" config schema | head -c 1")
    #expect(outcome.output == "{")
    #expect(outcome.errors.isEmpty)
  }
}
