import Settings
import Testing

@testable import Arguments
@testable import Terminal
@testable import Views
@testable import dpo_prep

/// What errors and warnings say should be done can be done by the command that says it.
@Suite struct HintTests {
  /// Input of every kind that something is said about.
  private static let inputs: [(name: String, text: String)] = [
    ("empty.jsonl", ""), ("blank.jsonl", "\n \n"), ("words.jsonl", "no rows at all\n"),
    ("list.jsonl", "[1, 2]\n"), ("scalar.jsonl", "5\n"), ("open.json", "[{\"prompt\": \"a\"}, "),
    ("bytes.jsonl", "{\"prompt\": \"a\u{0}b\"}\n"),
    ("strange.jsonl", "{\"question\": \"a\", \"answer\": \"b\", \"points\": 1}\n"),
    (
      "types.jsonl",
      "{\"prompt\": 1, \"response\": [2], \"reward\": \"x\"}\n"
        + "{\"prompt\": \"a\", \"response\": \"b\", \"reward\": {}}\n"
    ),
    (
      "lists.jsonl",
      "{\"prompt\": \"a\", \"all_generated_responses\": [\"b\", \"c\"], \"all_rm_scores\": [1]}\n"
    ),
    (
      "ids.jsonl",
      [1, 2].map {
        "{\"prompt_id\": \"1\", \"prompt\": \"\($0)\", \"response\": \"b\", \"reward\": \($0)}\n"
      }.joined()
    ),
    (
      "alone.jsonl",
      "{\"prompt\": \"a\", \"response\": \"b\", \"reward\": 1}\n"
        + "{\"prompt\": \"b\", \"response\": \"b\", \"reward\": null}\n"
    ),
    (
      "turns.jsonl",
      "{\"prompt\": [{\"role\": \"user\"}], \"response\": \"b\", \"reward\": 1}\n"
        + "{\"prompt\": [], \"response\": \"b\", \"reward\": 1}\n"
    ),
    (
      "prompts.jsonl",
      "{\"prompt\": \"another\", \"chosen\": [{\"role\": \"user\", \"content\": \"q\"}, "
        + "{\"role\": \"assistant\", \"content\": \"a\"}], \"rejected\": [{\"role\": \"user\", "
        + "\"content\": \"q\"}, {\"role\": \"assistant\", \"content\": \"b\"}], "
        + "\"score_chosen\": 2, \"score_rejected\": 1}\n"
    ),
    ("half.csv", "prompt,response,reward\n\"a,b\n"), ("table.tsv", "prompt\tresponse\n1\t2\t3\n"),
    ("bad.parquet", "PAR1 and nothing else PAR1"), ("cut.jsonl.gz", "\u{1F}\u{8B}"),
    ("unknown.zip", "PK\u{3}\u{4}"), ("curve.json", "{\"format\": \"dpo-prep curve\"}"),
    (
      "ranks.jsonl",
      "{\"prompt\": \"a\", \"completions\": [{\"response\": \"b\", \"rank\": 1}, "
        + "{\"response\": \"c\", \"rank\": 2}]}\n"
    ),
  ]

  /// Command lines with an input at the end.
  private static let commands: [(name: String, words: [String])] = [
    ("run", ["run", "-o", "out"]), ("sweep", ["sweep", "--no-data", "calibration.frac=[0.2,0.4]"]),
    ("fit", ["fit"]), ("inspect", ["inspect"]), ("validate", ["validate"]), ("verify", ["verify"]),
    ("audit", ["audit"]), ("diff", ["diff", "ok.jsonl"]),
    ("evaluate rewardbench", ["evaluate", "rewardbench"]),
    ("evaluate alpacaeval", ["evaluate", "alpacaeval"]), ("job init", ["job", "init"]),
    ("config check", ["config", "check"]), ("config diff", ["config", "diff", "prep.yaml"]),
  ]

  @Test(arguments: commands.map(\.name))
  func settingsAndOptionsThatAreNamedAreThere(name: String) throws {
    let words = try #require(Self.commands.first { $0.name == name }?.words)
    let spec = try #require(Command.root.all.first { $0.name == name })
    let scope = try #require(Self.scope(of: name))
    let workspace = try Workspace()
    try workspace.write(Generations(prompts: 3).nested, to: "ok.jsonl")
    try workspace.write(
      "input: {paths: [ok.jsonl]}\noutput: {dir: out}\n", to: "ok.yaml")
    for input in Self.inputs { try workspace.write(Array(input.text.utf8), to: input.name) }
    let tooLong = String(repeating: "x", count: 33 << 20)
    if name != "config check" {
      try workspace.write(
        "{\"prompt\": \"a\", \"response\": \"b\", \"reward\": 1}\n{\"prompt\": \"\(tooLong)\"}\n",
        to: "long.jsonl")
    }
    let paths =
      Self.inputs.map(\.name) + ["long.jsonl", "nowhere.jsonl", "*.none", ".", "ok.jsonl"]
    var count = 0
    for path in paths {
      var arguments = words + [path]
      switch name {
      case "fit", "job init":
        arguments =
          words + ["prep.yaml"] + (name == "fit" ? [] : ["job"]) + ["input.paths=['\(path)']"]
      default: break
      }
      let errors = try workspace.dpoPrep(arguments).errors
      for line in errors.split(separator: "\n") where line.hasPrefix("  ") {
        count += 1
        for match in line.matches(
          of: #/\b(?:input|calibration|filters|pairs|split|output|run|report)(?:\.[a-z_0-9]+)+/#)
        {
          let key = String(match.output)
          // Names of files, such as `input.tools` or `run.jsonl`, are no settings.
          guard Setting.isKey(key) else { continue }
          #expect(scope.contains(key), "\(arguments): \(line)")
        }
        for match in line.matches(of: #/(?:^|[ `])(--[a-z]+(?:-[a-z]+)*)/#) {
          let option = String(match.output.1)
          let ofAnother = line.matches(of: #/dpo-prep ([a-z]+)/#).map { String($0.output.1) }
          let isKnown = ([spec] + Command.root.all.filter { ofAnother.contains($0.name) })
            .contains { $0.ownOptions.contains { "--\($0.long)" == option } }
          #expect(isKnown, "\(arguments): \(line)")
        }
      }
    }
    // Where nothing was said, nothing was looked at.
    #expect(count > 3, "\(name)")
  }

  /// What the table of commands says that a command takes.
  private static func scope(of name: String) -> SettingScope? {
    let arguments: [String: [String]] = [
      "run": ["run", "a"], "sweep": ["sweep", "a"], "fit": ["fit", "a"],
      "inspect": ["inspect", "a"], "validate": ["validate", "a"], "verify": ["verify", "a"],
      "audit": ["audit", "a"], "diff": ["diff", "a", "b"],
      "evaluate rewardbench": ["evaluate", "rewardbench", "a"],
      "evaluate alpacaeval": ["evaluate", "alpacaeval", "a"],
      "job init": ["job", "init", "a", "b"],
      "config check": ["config", "check", "a"], "config diff": ["config", "diff", "a", "b"],
    ]
    return arguments[name].flatMap { try? Command.parse($0).settings }
  }

  @Test func scopesAreThoseOfTheOperands() throws {
    for (name, expected) in [
      ("run", SettingScope.all), ("inspect", .none), ("audit", .none), ("validate", .none),
      ("evaluate rewardbench", Command.evaluationScope(Command.rewardbenchKeys)),
      ("job init", .all),
    ] {
      #expect(Self.scope(of: name) == expected, "\(name)")
    }
  }

  @Test func aSettingWithDashesIsToldWithout() throws {
    let workspace = try Workspace()
    for (arguments, hint) in [
      (
        ["run", "--calibration.frac=0.5", "prep.yaml"],
        "settings have no dashes: write calibration.frac=0.5"
      ),
      (
        ["fit", "prep.yaml", "--input.paths", "a"],
        "settings have no dashes: write input.paths=VALUE"
      ),
      (
        ["evaluate", "rewardbench", "--calibration.frac=1", "a"],
        "settings have no dashes: write calibration.frac=1"
      ),
      (["audit", "--calibration.frac=1", "a"], "`dpo-prep help audit` lists the options"),
      (
        ["evaluate", "rewardbench", "--pairs.seed=1", "a"],
        "`dpo-prep help evaluate rewardbench` lists the options"
      ),
    ] {
      let outcome = try workspace.dpoPrep(arguments)
      #expect(outcome.status == 64)
      #expect(outcome.errors.split(separator: "\n").last == "  \(hint)")
    }
    let part = try workspace.dpoPrep(["run", "prep.yaml", "input.paths=a", "calibration.alpha=0.5"])
    #expect(part.errors.contains("did you mean \"calibration.characteristics.0.alpha\"?"))
  }

  /// A file of the wrong kind is told for what it is.
  @Test func filesAreToldForWhatTheyAre() throws {
    let workspace = try Workspace()
    try workspace.write(Generations(prompts: 3).nested, to: "in.jsonl")
    try workspace.write("", to: "empty")
    try workspace.write("{}", to: "made/curve.json")
    #expect(try workspace.shell("mkdir folder && mkfifo pipe").status == 0)
    let curve = ["run", "-q", "prep.yaml", "input.paths=[in.jsonl]", "calibration.curve="]
    let labels = ["run", "-q", "prep.yaml", "input.paths=[in.jsonl]", "calibration.labels="]
    let cases: [([String], String, String)] = [
      (curve, "folder", "folder: error: expected a file, found a folder\n"),
      (
        curve, "made", "made: error: expected a file, found a folder\n  name the curve in it: made/"
      ),
      (curve, "empty", "not a saved curve of dpo-prep, version 1: the file is empty\n"),
      (curve, "in.jsonl/x", "in.jsonl/x: error: no such file\n"),
      (labels, "folder", "folder: error: this folder holds no data files\n"),
      (labels, "empty", "empty: error: this file holds no labelled pairs\n"),
      (
        ["config", "check", ""], "folder",
        "folder: error: expected a configuration file, found a folder"
      ),
      (["config", "check", ""], "empty", "empty: error: the configuration is empty\n"),
      (
        ["evaluate", "rewardbench", ""], "folder",
        "folder: error: this folder holds no data files\n"
      ),
      (
        ["job", "init", "prep.yaml", "JOB", "input.paths=[in.jsonl]", "calibration.curve="],
        "folder",
        "folder: error: expected a file, found a folder\n"
      ),
    ]
    for (words, path, expected) in cases {
      let arguments = words.dropLast() + [(words.last ?? "") + path]
      let outcome = try workspace.dpoPrep(Array(arguments))
      #expect(outcome.status != 0)
      #expect(outcome.errors.contains(expected), "\(arguments): \(outcome.errors)")
      #expect(!outcome.errors.contains("permission"))
    }
    // A pipe can be read once, which is what is wanted of labels.
    try workspace.write(
      "{\"prompt\": \"q\", \"chosen\": \"a\", \"rejected\": \"b\"}\n", to: "labels.jsonl")
    let piped = try workspace.shell(
      "cat labels.jsonl > pipe & exec \"$DPO_PREP\" run -q prep.yaml 'input.paths=[in.jsonl]' "
        + "calibration.labels=pipe")
    let plain = try workspace.dpoPrep([
      "run", "-q", "prep.yaml", "input.paths=[in.jsonl]", "calibration.labels=labels.jsonl",
      "output.dir=plain",
    ])
    #expect(piped.status == plain.status)
    #expect(
      piped.errors.replacing("pipe", with: "F") == plain.errors.replacing("labels.jsonl", with: "F")
    )
  }
}
