import JSON
import Records
import Settings
import Testing
import Text

@testable import Arguments
@testable import Terminal
@testable import Views
@testable import dpo_prep

@Suite struct CommandTests {
  /// A command and what it should be told.
  struct Expected: Sendable {
    let name: String
    let options: any Equatable & Sendable

    static func run(_ options: RunOptions) -> Expected { .init(name: "run", options: options) }
    static func fit(_ options: FitOptions) -> Expected { .init(name: "fit", options: options) }
    static func inspect(_ options: InspectOptions) -> Expected {
      .init(name: "inspect", options: options)
    }
    static func config(_ action: ConfigAction) -> Expected {
      let name =
        switch action {
        case .initialize: "init"
        case .show: "show"
        case .schema: "schema"
        case .table: "table"
        }
      return .init(name: "config \(name)", options: action)
    }
    static func check(_ options: CheckOptions) -> Expected {
      .init(name: "config check", options: options)
    }
    static func score(_ options: ScoreOptions) -> Expected {
      .init(name: "score", options: options)
    }
    static func configDiff(_ options: ConfigDiffOptions) -> Expected {
      .init(name: "config diff", options: options)
    }
    static func help(_ command: String) -> Expected {
      .init(name: "help", options: HelpOptions(command: command))
    }
    static let version = Expected(name: "version", options: VersionOptions())

    func matches(_ found: Invocation) -> Bool {
      name == found.name && options.isEqual(to: found.options)
    }
  }

  @Test(arguments: [
    (["run", "a.yaml"], Expected.run(RunOptions(source: .init(path: "a.yaml")))),
    (
      ["run", "--json", "a.yaml", "pairs.seed=1", "x=y=z"],
      .run(
        RunOptions(
          source: .init(path: "a.yaml", overrides: ["pairs.seed=1", "x=y=z"]), printsJSON: true))
    ),
    (["run", "-"], .run(RunOptions(source: .init(path: "-")))),
    (
      ["run", "--", "--odd", "a=1"],
      .run(RunOptions(source: .init(path: "--odd", overrides: ["a=1"])))
    ),
    (["run", "a=b.yaml"], .run(RunOptions(source: .init(path: "a=b.yaml")))),
    (
      ["run", "a.jsonl", "day=1/b.zst", "-o", "out", "pairs.seed=1"],
      .run(
        RunOptions(
          source: .init(
            overrides: ["pairs.seed=1"], inputs: ["a.jsonl", "day=1/b.zst"], output: "out"),
          output: "out"))
    ),
    (
      ["run", "a.yml", "b \" c", "--output", "a: b"],
      .run(
        RunOptions(
          source: .init(
            path: "a.yml", inputs: ["b \" c"], output: "a: b"),
          output: "a: b"))
    ),
    (
      ["run", "-", "-o=out"],
      .run(
        RunOptions(source: .init(path: "-", output: "out"), output: "out"))
    ),
    (["fit", "a.yaml"], .fit(FitOptions(source: .init(path: "a.yaml")))),
    (
      ["fit", "a.yaml", "--out", "c.json"],
      .fit(FitOptions(source: .init(path: "a.yaml"), output: "c.json"))
    ),
    (
      ["fit", "--out=c=d", "a.yaml"],
      .fit(FitOptions(source: .init(path: "a.yaml"), output: "c=d"))
    ),
    (["fit", "a.yaml", "-o", "-"], .fit(FitOptions(source: .init(path: "a.yaml"), output: "-"))),
    (
      ["fit", "a.yaml", "-o", "x", "-o=-y"],
      .fit(FitOptions(source: .init(path: "a.yaml"), output: "-y"))
    ),
    (
      ["fit", "a.jsonl", "-o", "c.json", "calibration.frac=1"],
      .fit(
        FitOptions(
          source: .init(overrides: ["calibration.frac=1"], inputs: ["a.jsonl"]),
          output: "c.json"))
    ),
    (
      ["fit", "a.json", "b.json"],
      .fit(FitOptions(source: .init(inputs: ["a.json", "b.json"])))
    ),
    (
      ["fit", "a.json", "x=1"], .fit(FitOptions(source: .init(path: "a.json", overrides: ["x=1"])))
    ),
    (["fit", "gens/"], .fit(FitOptions(source: .init(inputs: ["gens/"])))),
    (
      ["fit", "--config", "c", "-"],
      .fit(
        FitOptions(
          source: .init(path: "c", inputs: ["-"]), configuration: "c"))
    ),
    (
      ["score", "a.json", "-o", "s.parquet", "--limit", "5", "--json"],
      .score(
        ScoreOptions(
          source: .init(inputs: ["a.json"], limit: 5),
          output: "s.parquet", printsJSON: true))
    ),
    (
      ["score", "a.yaml", "b", "input.limit=9"],
      .score(
        ScoreOptions(
          source: .init(path: "a.yaml", overrides: ["input.limit=9"], inputs: ["b"])))
    ),
    (
      ["score", "--config=c.yaml", "x=1"],
      .score(
        ScoreOptions(
          source: .init(path: "c.yaml", overrides: ["x=1"]), configuration: "c.yaml"))
    ),
    (
      ["run", "a.jsonl", "--dry-run"],
      .run(
        RunOptions(source: .init(inputs: ["a.jsonl"]), isDryRun: true))
    ),
    (
      ["run", "a.yaml", "--dry-run", "--limit=7"],
      .run(
        RunOptions(
          source: .init(path: "a.yaml", limit: 7), isDryRun: true))
    ),
    (["inspect", "a", "b=c", "-"], .inspect(InspectOptions(paths: ["a", "b=c", "-"]))),
    (["config", "init"], .config(.initialize)),
    (["config", "schema"], .config(.schema)),
    (["config", "table"], .config(.table)),
    (["config", "show", "a.yaml"], .config(.show(.init(path: "a.yaml")))),
    (
      ["config", "check", "a.yaml", "b=1"],
      .check(CheckOptions(source: .init(path: "a.yaml", overrides: ["b=1"])))
    ),
    (
      ["config", "check", "--no-inputs", "a.yaml"],
      .check(CheckOptions(source: .init(path: "a.yaml"), looksAtInputs: false))
    ),
    (["--help"], .help("")), (["-h"], .help("")), (["help"], .help("")),
    (
      ["config", "diff", "a.yaml", "--json", "out"],
      .configDiff(.init(old: "a.yaml", new: "out", printsJSON: true))
    ),
    (["help", "run"], .help("run")), (["help", "config", "show"], .help("config show")),
    (["help", "help"], .help("help")), (["help", "-h"], .help("help")),
    (["run", "--help"], .help("run")), (["run", "a", "b", "-h", "--nonsense"], .help("run")),
    (["fit", "-h"], .help("fit")), (["inspect", "--help"], .help("inspect")),
    (["config", "--help"], .help("config")), (["config", "show", "-h"], .help("config show")),
    (["job", "measure", "--help"], .help("job measure")), (["help", "job"], .help("job")),
    (["evaluate", "alpacaeval", "--help"], .help("evaluate alpacaeval")),
    (["help", "job", "measure"], .help("job measure")),
    (["--version"], .version), (["-V"], .version), (["version"], .version),
  ])
  func commandLinesAreUnderstood(arguments: [String], expected: Expected) throws {
    let found = try Command.parse(arguments)
    #expect(expected.matches(found), "\(found.name): \(found.options)")
  }

  @Test func fieldsAreMapped() throws {
    let command = try Command.parse([
      "inspect", "--format", "flat", "a", "--field", "reward=s.helpful=x", "--field=prompt_id=id",
      "--json",
    ])
    var expected = InspectOptions(paths: ["a"], format: .flat)
    expected.fields.reward = "s.helpful=x"
    expected.fields.promptID = "id"
    expected.printsJSON = true
    #expect(command.options as? InspectOptions == expected)
  }

  struct Example: Sendable, CustomTestStringConvertible {
    let arguments: [String]
    let code: UsageError.Code
    let message: String
    let hint: String
    var testDescription: String { arguments.joined(separator: " ") }

    init(_ arguments: [String], _ code: UsageError.Code, _ message: String, _ hint: String) {
      (self.arguments, self.code, self.message, self.hint) = (arguments, code, message, hint)
    }
  }

  private static let names =
    "run, sweep, fit, score, inspect, validate, verify, audit, diff, evaluate, job, config, "
    + "completions, man, help, version"

  static let mistakes: [Example] = [
    Example(
      [], .noCommand, "expected a command",
      "write one of \(names), or --help"
    ),
    Example(["rnu"], .unknownCommand, "unknown command \"rnu\"", "did you mean \"run\"?"),
    Example(
      ["prep.yaml"], .unknownCommand, "unknown command \"prep.yaml\"",
      "the commands are \(names)"),
    Example(
      ["--verison"], .unknownOption, "unknown option \"--verison\" before the command",
      "did you mean \"--version\"?"),
    Example(
      ["--json", "run"], .unknownOption, "unknown option \"--json\" before the command",
      "options go behind the command, as in dpo-prep run --json CONFIG"),
    Example(
      ["job", "-V"], .unknownOption, "unknown option \"-V\" before the step",
      "options go behind the step, which is one of init, measure, plan, extract, assemble, finish, "
        + "run, status"),
    Example(
      ["evaluate", "rewardbench", "s", "calibration.fracc=1"], .unknownOption,
      "\"calibration.fracc\" is not a setting of evaluations",
      "did you mean \"calibration.frac\"?"),
    Example(
      ["job", "run", "j", "--workers"], .missingValue, "\"--workers\" needs an N",
      "write --workers N"),
    Example(["help", "ru"], .unknownCommand, "unknown command \"ru\"", "did you mean \"run\"?"),
    Example(
      ["help", "overview"], .unknownCommand, "unknown command \"overview\"",
      "the commands are \(names)"),
    Example(
      ["help", "run", "fit"], .unexpectedOperand, "\"help\" takes one command, found \"fit\" too",
      "write dpo-prep help run"),
    Example(
      ["run"], .missingOperand, "\"run\" needs a CONFIG",
      "`dpo-prep config init > prep.yaml` makes one"),
    Example(
      ["run", "pairs.seed=1"], .missingOperand, "\"run\" needs a CONFIG before \"pairs.seed=1\"",
      "write dpo-prep run CONFIG pairs.seed=1"),
    Example(
      ["run", "a.yaml", "b.yaml"], .unexpectedOperand,
      "expected key=value after \"a.yaml\", found \"b.yaml\"",
      "to read files of data without a configuration, write dpo-prep run INPUT... -o DIR"),
    Example(
      ["run", "gens/a.jsonl.zst"], .unexpectedOperand,
      "expected a configuration, found the data \"gens/a.jsonl.zst\"",
      "write dpo-prep run gens/a.jsonl.zst -o DIR"),
    Example(
      ["run", "-o", "out", "pairs.seed=1"], .missingOperand,
      "\"run\" needs a CONFIG or an INPUT",
      "name files, globs, folders or archives: dpo-prep run INPUT... -o DIR"),
    Example(
      ["run", "a", "--jsno"], .unknownOption, "unknown option \"--jsno\" of \"run\"",
      "did you mean \"--json\"?"),
    Example(
      ["run", "a", "--colour=red"], .unknownOption, "unknown option \"--colour\" of \"run\"",
      "did you mean \"--color\"?"),
    Example(
      ["run", "a", "--json=yes"], .unexpectedValue, "\"--json\" takes no value, found \"yes\"",
      "write --json"),
    Example(["fit", "a", "--out"], .missingValue, "\"--out\" needs a FILE", "write --out FILE"),
    Example(["fit", "a", "-o"], .missingValue, "\"-o\" needs a FILE", "write -o FILE"),
    Example(
      ["fit", "a", "-o", "--quiet"], .missingValue,
      "\"-o\" needs a FILE, found the option \"--quiet\"",
      "write --out=--quiet if that is the FILE"),
    Example(
      ["fit", "a", "-ofile"], .unknownOption, "unknown option \"-ofile\" of \"fit\"",
      "write -o FILE on its own"),
    Example(
      ["run", "a", "-qq"], .unknownOption, "unknown option \"-qq\" of \"run\"",
      "write -q on its own"),
    Example(
      ["run", "a", "--limit", "0"], .invalidValue,
      "expected a number of prompts for \"--limit\", found \"0\"", "write for example --limit 1000"),
    Example(
      ["score"], .missingOperand, "\"score\" needs a CONFIG or an INPUT",
      "name files, globs, folders or archives: dpo-prep score INPUT... -o FILE"),
    Example(
      ["inspect"], .missingOperand, "\"inspect\" needs an INPUT",
      "name files, globs, folders or archives, or - for standard input"),
    Example(
      ["inspect", "a", "--format", "nest"], .invalidValue,
      "expected auto, nested, flat, simpo, ultrafeedback, distilabel, rlhflow, seeds, rebel, h4, "
        + "nectar, nemo-rl, kto, conversation, webgpt, shp, columns or openai "
        + "for \"--format\", found \"nest\"", "did you mean \"nested\"?"),
    Example(
      ["inspect", "a", "--field", "reward"], .invalidValue,
      "expected NAME=PATH for \"--field\", found \"reward\"",
      "write for example --field reward=scores.helpful"),
    Example(
      ["inspect", "a", "--field=rewrd=x"], .invalidValue,
      "expected prompt, prompt_id, response, reward, responses, rewards, model, system or messages "
        + "for \"--field\", found \"rewrd\"", "did you mean \"reward\"?"),
    Example(
      ["inspect", "a", "--field=reward=a..b"], .invalidValue,
      "expected a dotted path for \"--field\", found \"a..b\"",
      "name the fields from the outside in, as in scores.helpful"),
    Example(
      ["config"], .noCommand, "\"config\" needs an action",
      "write one of init, show, check, diff, schema, table"),
    Example(
      ["config", "shwo"], .unknownCommand, "unknown action \"shwo\" of \"config\"",
      "did you mean \"show\"?"),
    Example(
      ["config", "show"], .missingOperand, "\"config show\" needs a CONFIG",
      "`dpo-prep config init > prep.yaml` makes one"),
    Example(
      ["config", "init", "prep.yaml"], .unexpectedOperand,
      "\"config init\" takes no arguments, found \"prep.yaml\"",
      "it prints to standard output: dpo-prep config init > FILE"),
    Example(
      ["config", "check", "a", "--json"], .unknownOption,
      "unknown option \"--json\" of \"config check\"",
      "`dpo-prep help config check` lists the options"),
  ]

  @Test(arguments: mistakes)
  func mistakesAreExplained(example: Example) throws {
    let error = try #require(throws: UsageError.self) { try Command.parse(example.arguments) }
    #expect(error.code == example.code)
    #expect(error.diagnostic.message == example.message)
    #expect(error.diagnostic.hint == example.hint)
    #expect(error.diagnostic.location == nil)
    #expect(error.category == .usage)
  }
}

extension Equatable {
  fileprivate func isEqual(to other: Any) -> Bool { self == other as? Self }
}

@Suite struct HelpTests {
  static let names = Command.root.all.map(\.name)

  private func command(_ name: String) throws -> any AnyCommand {
    try #require(Command.root.all.first { $0.name == name })
  }

  @Test(arguments: names)
  func everyHelpIsNarrowAndWhole(name: String) throws {
    let help = try command(name).help
    for line in help.split(separator: "\n", omittingEmptySubsequences: false) {
      #expect(line.count <= 80, "\(line)")
      #expect(!line.hasSuffix(" "), "\(line)")
    }
    for heading in ["Usage: dpo-prep", "Options:", "\nExample", "  dpo-prep ", "-h, --help"] {
      #expect(help.contains(heading), "\(heading)")
    }
    #expect(help.hasSuffix("\n") && !help.hasSuffix("\n\n"))
  }

  /// The help is there by both of its ways, and the name is what is typed.
  @Test(arguments: names)
  func everyCommandHasItsHelp(name: String) throws {
    let words = name.split(separator: " ").map(String.init)
    for arguments in [words + ["--help"], words + ["-h"], ["help"] + words] {
      #expect(try Command.parse(arguments).options as? HelpOptions == HelpOptions(command: name))
    }
  }

  @Test(arguments: names)
  func everyOptionIsInTheHelp(name: String) throws {
    let command = try command(name)
    for option in command.allOptions {
      let isListed = command.help.split(separator: "\n").contains {
        "\($0) ".contains(" \(option.name)\(option.valueName.map { " \($0)" } ?? "") ")
      }
      #expect(isListed, "\(name) \(option.name)")
    }
  }

  @Test func theOverviewNamesCommandsAndStatuses() {
    let help = Command.root.help
    for command in Command.root.subcommands { #expect(help.contains("\n  \(command.name) ")) }
    for status in [0, 1, 64, 65, 66, 73, 74, 78, 129] { #expect(help.contains("\n  \(status)")) }
  }

  @Test func longLabelsHaveTheirTextBelow() {
    let label = String(repeating: "x", count: 40)
    #expect(HelpText.table([("ab", "c"), (label, "d e")]) == "  ab  c\n  \(label)\n      d e")
    #expect("aa bb cc".wrapped(width: 5) == ["aa bb", "cc"])
    #expect("".wrapped(width: 5) == [""])
  }
}

extension ConfigurationSource {
  /// A source with what options and operands stand for.
  fileprivate init(
    path: String? = nil, overrides: [String] = [], inputs: [String] = [], output: String? = nil,
    limit: Int? = nil
  ) {
    self.init(path: path, overrides: overrides)
    if let limit { set("input.limit", to: .integer(limit), as: "--limit") }
    if !inputs.isEmpty { set("input.paths", to: .list(inputs.map(JSONValue.string)), as: "INPUT") }
    if let output { set("output.dir", to: .string(output), as: "-o") }
  }
}
