import Foundation
import Testing

/// Where commands write, and what they leave alone.
@Suite struct OutputPlaceTests {
  private func workspace() throws -> Workspace {
    let workspace = try Workspace()
    try workspace.write(Generations(prompts: 20).nested, to: "in/a.jsonl")
    try workspace.succeed(Self.run)
    return workspace
  }

  private static let run = ["run", "-q", "prep.yaml", "input.paths=[in]"]

  /// Commands with a file to write, and how the option is called.
  static let commands: [[String]] = [
    ["fit", "-q", "prep.yaml", "input.paths=[in]", "--out"], ["audit", "-q", "out", "--html"],
    ["diff", "-q", "out", "out", "--html"],
    ["evaluate", "rewardbench", "-q", "scores.json", "--csv"],
    ["evaluate", "rewardbench", "-q", "scores.json", "--html"],
  ]

  private static let scores = """
    {"subset": "alpacaeval-easy", "id": 1, "scores_chosen": [2], "scores_rejected": [1], \
    "text_chosen": "aa", "text_rejected": "b"}

    """

  @Test(arguments: commands)
  func everyCommandHasOneIdeaOfAPlace(command: [String]) throws {
    let workspace = try workspace()
    try workspace.write(Self.scores, to: "scores.json")
    try workspace.write("old", to: "real")
    try workspace.write("precious", to: "new.partial/f")
    #expect(try workspace.shell("ln -s real link; ln -s later lost; mkfifo pipe").status == 0)
    try workspace.succeed(command + ["new"])
    let text = try workspace.read("new")
    #expect(!text.isEmpty)

    try workspace.succeed(command + ["link"])
    try workspace.succeed(command + ["lost"])
    for name in ["real", "later"] { #expect(try workspace.read(name) == text) }
    #expect(try workspace.shell("test -L link && test -L lost").status == 0)

    let words = command.map { "'\($0)'" }.joined(separator: " ")
    let piped = try workspace.shell(
      "cat pipe > got & \"$DPO_PREP\" \(words) pipe >/dev/null && wait")
    #expect(piped.status == 0)
    #expect(try workspace.read("got") == text)
    #expect(try workspace.shell("test -p pipe").status == 0)
    let open = try workspace.shell("\"$DPO_PREP\" \(words) /dev/fd/3 3>opened >/dev/null")
    #expect(open.status == 0)
    #expect(try workspace.read("opened") == text)
    #expect(try Array(workspace.succeed(command + ["-"]).output.utf8) == text)
    let full = try workspace.dpoPrep(command + ["/dev/full"])
    #expect(full.status == 74)

    for refused in ["in", "~", "$HOME/x", "no/x", "in/a.jsonl/x", "out/README.md"] {
      let before = try workspace.contents(of: "out")
      let outcome = try workspace.dpoPrep(command + [refused])
      #expect(outcome.status == 73, "\(refused)")
      #expect(outcome.output.isEmpty)
      #expect(try workspace.contents(of: "out") == before)
    }
    #expect(
      try workspace.names() == [
        "got", "in", "later", "link", "lost", "new", "new.partial", "opened", "out", "pipe", "real",
        "scores.json",
      ])
  }

  @Test func whatIsReadIsNotOverwritten() throws {
    let workspace = try workspace()
    #expect(try workspace.shell("ln in/a.jsonl hard; ln -s prep.yaml link").status == 0)
    let fit = ["fit", "-q", "prep.yaml", "input.paths=[in]", "-o"]
    for (path, role) in [
      ("prep.yaml", "the configuration"), ("link", "the configuration"), ("hard", "an input"),
    ] {
      let outcome = try workspace.dpoPrep(fit + [path])
      #expect(outcome.status == 73)
      #expect(outcome.errors.hasPrefix("\(path): error: this is \(role), which is not overwritten"))
    }
    let inside = try workspace.dpoPrep([
      "run", "-q", "prep.yaml", "input.paths=[out/data]", "output.overwrite=true",
    ])
    #expect(inside.status == 73)
    #expect(inside.errors.contains("this input is in the output folder, which is to be replaced"))
    #expect(workspace.exists("out/manifest.json"))
  }

  @Test func twoResultsNeedTwoPlaces() throws {
    let workspace = try workspace()
    try workspace.write(Self.scores, to: "scores.json")
    let evaluate = ["evaluate", "rewardbench", "-q", "scores.json"]
    #expect(try workspace.dpoPrep(evaluate + ["--csv", "x", "--html", "./x"]).status == 64)
    #expect(try workspace.dpoPrep(evaluate + ["--json", "--csv", "-"]).status == 64)
  }

  /// The second run finds the first one's output among its input.
  @Test(arguments: ["[in]", "['in/*']", "['in/**/*.jsonl*']"])
  func anOutputFolderInsideTheInputIsLeftOut(paths: String) throws {
    let workspace = try workspace()
    var others = Generations(prompts: 40, seed: 2)
    others.prompts.removeFirst(20)
    try workspace.write(others.nested, to: "in/sub/b.jsonl")
    let run = ["run", "-q", "prep.yaml", "input.paths=[in/a.jsonl, in/sub/b.jsonl]"]
    try workspace.succeed(run + ["output.dir=whole"])
    try workspace.succeed(run + ["output.dir=in/sub/made"])
    let again = ["run", "-q", "prep.yaml", "output.dir=in/sub/made", "output.overwrite=true"]
    let outcome = try workspace.succeed(again + ["input.paths=\(paths)"])
    #expect(
      outcome.errors.contains(
        "in/sub/made: warning: this dataset of dpo-prep stands among the input and is not read\n"))
    #expect(try workspace.rows(of: "in/sub/made") == workspace.rows(of: "whole"))
    // Named itself, it is read.
    #expect(try workspace.succeed(["inspect", "-q", "in/sub/made"]).errors.isEmpty)
  }

  /// A file that cannot be written does not take the result with it.
  @Test(
    arguments: commands.dropFirst() + [
      ["sweep", "-q", "prep.yaml", "--no-data", "input.paths=[in]", "pairs.seed=[1,2]", "--html"]
    ], ["", " --json"])
  func resultsAreThereWithoutTheFile(command: [String], form: String) throws {
    let workspace = try workspace()
    try workspace.write(Self.scores, to: "scores.json")
    let line = command.map { "'\($0)'" }.joined(separator: " ")
    let whole = try workspace.shell("\"$DPO_PREP\" \(line) page\(form)")
    let outcome = try workspace.shell("\"$DPO_PREP\" \(line) /dev/full\(form)")
    #expect(whole.status == 0 && !whole.output.isEmpty)
    #expect(outcome.status == 74, "\(outcome.errors)")
    #expect(
      outcome.output.split(separator: "\n").count == whole.output.split(separator: "\n").count)
    #expect(outcome.errors.contains("no space left on device"), "\(outcome.errors)")
  }

  /// A dataset holds what its manifest lists and nothing else, which `verify` would find.
  @Test(arguments: [
    ["run", "prep.yaml", "input.paths=[in]", "output.dir=out/data/more"],
    ["run", "in", "-o", "out/more"], ["sweep", "in", "-o", "out/{n}", "pairs.seed=[1,2]"],
    ["job", "init", "prep.yaml", "out/job", "input.paths=[in]", "output.dir=new"],
    ["job", "init", "prep.yaml", "job", "input.paths=[in]", "output.dir=out/new"],
  ])
  func nothingIsMadeInADataset(command: [String]) throws {
    let workspace = try workspace()
    let before = try workspace.contents(of: ".")
    let outcome = try workspace.dpoPrep(command)
    #expect(outcome.status == 73, "\(outcome.errors)")
    #expect(outcome.errors.contains("in the folder of the dataset"), "\(outcome.errors)")
    #expect(try workspace.contents(of: ".") == before)
    try workspace.succeed(["verify", "out"])
  }

  /// What a command cannot write to, it says before it reads anything.
  @Test(arguments: commands)
  func placesAreLookedAtBeforeTheWork(command: [String]) throws {
    let workspace = try workspace()
    try workspace.write("not a row\n", to: "in/b.jsonl")
    try workspace.write("not a row\n", to: "out/data/broken.jsonl")
    try workspace.write("not a row\n", to: "scores.json")
    for (path, words) in [("none/x", "no such file or directory"), ("in", "found a folder")] {
      let outcome = try workspace.dpoPrep(command + [path])
      #expect(outcome.status == 73, "\(outcome.errors)")
      #expect(outcome.errors.contains(words), "\(outcome.errors)")
      #expect(!outcome.errors.contains("JSON"), "\(outcome.errors)")
    }
  }
}
