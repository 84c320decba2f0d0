import Foundation
import TestSupport
import Testing

/// No number of data, however large, small or odd, and no hostile file ends a command but with one
/// of its statuses.
@Suite struct ExtremeNumberTests {
  /// As they stand in JSON.
  static let numbers = [
    "1.7e308", "-1.7e308", "1.7976931348623157e308", "-1.7976931348623157e308", "5e-324",
    "-5e-324", "2.2e-308", "-0.0", "-0", "0", "9007199254740991", "9007199254740993",
    "-9007199254740993", "9223372036854775807", "9223372036854775808", "-9223372036854775809",
    "1" + String(repeating: "0", count: 400), "1e400", "-1e400", "NaN", "Infinity", "-Infinity",
    "null", "true", "\"3\"", "[]", "{}",
  ]

  /// What the documentation lists.
  static let statuses: Set<Int32> = [0, 1, 64, 65, 66, 73, 74, 78]

  /// Kinds of numbers that a file draws from: only one sort shows what a mixture hides.
  static let draws: [[String]] = [
    numbers, ["1.7e308", "-1.7e308"], ["-1.7e308"], ["5e-324", "0", "-5e-324"],
    ["9007199254740991", "9007199254740993"], ["1.7976931348623157e308", "1", "-0.0"],
  ]

  /// A file of rows with such numbers wherever a number may stand.
  private struct Scene {
    let workspace = try? Workspace()
    var random: SeededRandom
    let draw: [String]

    init(seed: UInt64) {
      random = SeededRandom(seed: seed)
      draw = draws[Int(seed) % draws.count]
    }

    mutating func number() -> String {
      random.below(3) == 0 ? "\(random.normal())" : draw[random.below(draw.count)]
    }

    mutating func list(_ count: Int) -> String {
      "[" + (0..<count).map { _ in number() }.joined(separator: ", ") + "]"
    }

    mutating func text() -> String {
      "\"" + String(repeating: "w ", count: random.below(40)) + "\""
    }

    /// Lines made of a pattern: `#` is the line's number, `~` a text, `@` a number, `*` four.
    mutating func lines(_ pattern: String) -> String {
      (0..<12).map { line in
        var made = ""
        for character in pattern {
          switch character {
          case "#": made += "\(line)"
          case "~": made += text()
          case "@": made += number()
          case "*": made += list(4)
          default: made.append(character)
          }
        }
        return made + "\n"
      }.joined()
    }
  }

  private static let rows = [
    "nested.jsonl":
      #"{"prompt": "p#", "all_generated_responses": [~, ~, ~, ~], "all_rm_scores": *, "m": *}"#,
    "ids.jsonl":
      #"{"prompt_id": @, "prompt": "p#", "all_generated_responses": [~, ~], "all_rm_scores": [@, @]}"#,
    "pairs.jsonl":
      #"{"prompt": "p#", "chosen": ~, "rejected": ~, "score_chosen": @, "score_rejected": @, "source": @}"#,
    "other.jsonl":
      #"{"prompt": "p#", "chosen": ~, "rejected": ~, "score_chosen": @, "score_rejected": @}"#,
    "bench.jsonl":
      #"{"id": #, "subset": "s", "text_chosen": ~, "text_rejected": ~, "scores_chosen": @, "scores_rejected": @, "results": @}"#,
    "bench2.jsonl":
      #"{"id": #, "subset": "s", "text": [~, ~, ~, ~], "scores": *, "num_correct": @}"#,
    "outputs.jsonl":
      #"{"instruction": "i#", "output": ~, "generator": "a", "reward": @, "preference": @}"#,
    "base.jsonl":
      #"{"instruction": "i#", "output": ~, "generator": "base", "reward": @, "preference": @}"#,
  ]

  private static let run = [
    "run", "-q", "prep.yaml", "output.overwrite=true", "input.on_error=skip",
  ]

  private static let commands: [[String]] = [
    run + ["input.paths=[nested.jsonl]"],
    run + ["input.paths=[nested.jsonl]", "calibration.scope=within_prompt", "pairs.strategy=all"],
    run + ["input.paths=[nested.jsonl]", "calibration.frac=auto", "pairs.strategy=mu_sigma"],
    run + ["input.paths=[nested.jsonl]", "calibration.method=mean", "calibration.ratio=5e-324"],
    run + [
      "input.paths=[nested.jsonl]", "calibration.method=penalty", "calibration.coefficient=1.7e308",
    ],
    run + ["input.paths=[nested.jsonl]", "calibration.characteristics=[{name: \"field:m\"}]"],
    run + [
      "input.paths=[nested.jsonl]", "calibration.characteristics=[{name: chars, alpha: auto}]",
    ],
    run + ["input.paths=[ids.jsonl]", "input.id_conflicts=drop"],
    run + ["input.paths=[pairs.jsonl]", "output.format=parquet", "output.keep=[source]"],
    ["fit", "-q", "prep.yaml", "input.paths=[nested.jsonl]"],
    ["inspect", "-q", "nested.jsonl"], ["inspect", "-q", "--json", "ids.jsonl"],
    ["validate", "pairs.jsonl"], ["audit", "pairs.jsonl", "--html", "audit.html"],
    ["audit", "out", "--json"], ["diff", "pairs.jsonl", "other.jsonl", "--html", "diff.html"],
    ["diff", "pairs.jsonl", "other.jsonl", "--json", "--tolerance", "1.7e308"],
    ["diff", "out", "pairs.jsonl", "--markdown"],
    ["evaluate", "rewardbench", "bench.jsonl", "--html", "bench.html"],
    ["evaluate", "rewardbench", "bench2.jsonl", "--reference-compatible", "--json"],
    [
      "evaluate", "alpacaeval", "outputs.jsonl", "base.jsonl", "--baseline", "base", "--html",
      "board.html",
    ],
    ["evaluate", "alpacaeval", "outputs.jsonl", "base.jsonl", "--baseline", "base", "--json"],
  ]

  @Test(arguments: UInt64(0)..<6)
  func everyCommandEndsWithAStatus(seed: UInt64) throws {
    var scene = Scene(seed: seed)
    let workspace = try #require(scene.workspace)
    for name in Self.rows.keys.sorted() {
      try workspace.write(scene.lines(Self.rows[name] ?? ""), to: name)
    }
    for command in Self.commands {
      let outcome = try workspace.dpoPrep(command)
      #expect(
        Self.statuses.contains(outcome.status), "seed \(seed): \(command): \(outcome.errors)")
      if outcome.status == 0, command.contains("--json") || command[0] == "fit" {
        // JSON has no words for what is not finite.
        #expect(
          (try? JSONSerialization.jsonObject(with: Data(outcome.output.utf8))) != nil,
          "seed \(seed): \(command): \(outcome.output)")
      }
    }
    #expect(try workspace.litter().isEmpty)
  }

  // MARK: Curves

  private static func curve(_ members: String) -> String {
    #"{"format": "dpo-prep curve", "version": 1, "curves": [{"characteristic": "chars", \#(members)}]}"#
  }

  /// A hostile curve and what is said of it.
  private static let curves: [(text: String, message: String)] = [
    (curve(#""alpha": NaN, "coefficient": 1"#), "curves[0].alpha is not a finite number"),
    (curve(#""alpha": -1, "coefficient": 1"#), "curves[0].alpha is below 0"),
    (curve(#""alpha": 1, "coefficient": NaN"#), "curves[0].coefficient is not a finite number"),
    (curve(#""alpha": 1, "coefficient": null"#), "curves[0].coefficient is not a finite number"),
    (
      curve(#""alpha": 1, "lengths": [], "bias": [], "candidates": []"#),
      "curves[0].lengths is empty"
    ),
    (
      curve(#""alpha": 1, "lengths": [1, 2], "bias": [1, Infinity], "candidates": [1, 1]"#),
      "curves[0].bias[1] is not a finite number"
    ),
    (
      curve(#""alpha": 1, "lengths": [1, 1e400], "bias": [1, 1], "candidates": [1, 1]"#),
      "curves[0].lengths[1] is not a finite number"
    ),
    (
      curve(#""alpha": 1, "lengths": [2, 2], "bias": [1, 1], "candidates": [1, 1]"#),
      "curves[0].lengths[1] is not above the one before"
    ),
    (
      curve(#""alpha": 1, "lengths": [1, 2], "bias": [1], "candidates": [1, 1]"#),
      "curves[0].bias is not as long as \"lengths\""
    ),
    (
      curve(#""alpha": 1, "lengths": [1], "bias": [1], "candidates": [1e300]"#),
      "curves[0].candidates[0] is not a count"
    ),
    ("[", "not a JSON document"), ("{}", "no \"format\", \"version\" and \"curves\""),
  ]

  @Test func curvesThatCannotBeAreRefusedWithTheirPlace() throws {
    let workspace = try Workspace()
    try workspace.write(Generations(prompts: 20).nested, to: "in.jsonl")
    for (text, message) in Self.curves {
      try workspace.write(text, to: "curve.json")
      let outcome = try workspace.dpoPrep(
        ["run", "-q", "prep.yaml", "input.paths=[in.jsonl]", "calibration.curve=curve.json"])
      #expect(outcome.status == 65, "\(text)")
      #expect(outcome.errors.hasPrefix("curve.json: error: "), "\(outcome.errors)")
      #expect(outcome.errors.contains(message), "\(outcome.errors)")
      #expect(outcome.errors.contains("\n  save one with `dpo-prep fit`"), "\(outcome.errors)")
    }
    #expect(try workspace.names() == ["curve.json", "in.jsonl"])
  }

  /// Curves that are as they should be, with the largest and smallest numbers there are.
  @Test(arguments: [
    #""alpha": 1.7e308, "coefficient": -1.7e308"#, #""alpha": 1, "coefficient": 5e-324"#,
    #""alpha": 1, "lengths": [-1.7e308, 1.7e308], "bias": [1.7e308, -1.7e308], "candidates": [0, 1]"#,
    #""alpha": 1, "lengths": [1, 10, 9007199254740993], "bias": [null, -1.7e308, 0], "candidates": [1, 9007199254740991, 1]"#,
    #""alpha": 1, "lengths": [5e-324], "bias": [null], "candidates": [1]"#,
  ])
  func extremeCurvesAreUsed(members: String) throws {
    let workspace = try Workspace()
    try workspace.write(Generations(prompts: 20).nested, to: "in.jsonl")
    try workspace.write(Self.curve(members), to: "curve.json")
    let outcome = try workspace.dpoPrep(
      ["run", "-q", "prep.yaml", "input.paths=[in.jsonl]", "calibration.curve=curve.json"])
    // Where one bias is larger than all rewards no two scores differ, and there are no pairs.
    #expect(outcome.status == 0 || outcome.errors.contains("no pair came out"), "\(outcome.errors)")
  }

  // MARK: Manifests

  @Test(arguments: [
    "", "[]", "{\"tool\": \"dpo-prep\"", "{\"tool\": \"dpo-prep\", \"config\": 1e400}",
    "{\"tool\": \"dpo-prep\", \"inputs\": [{\"path\": 1}, {\"path\": \"a\", \"sha256\": NaN}]}",
    String(repeating: "[", count: 100_000),
  ])
  func hostileManifestsAreReadByNoCommand(manifest: String) throws {
    let workspace = try Workspace()
    try workspace.write(Generations(prompts: 20).nested, to: "in.jsonl")
    for name in ["a", "b"] {
      try workspace.succeed(
        ["run", "-q", "prep.yaml", "input.paths=[in.jsonl]", "output.dir=\(name)"])
    }
    try workspace.write(manifest, to: "a/manifest.json")
    for command in [
      ["diff", "a", "b"], ["diff", "b", "a", "--json"], ["audit", "a"], ["validate", "a"],
      [
        "run", "-q", "prep.yaml", "input.paths=[in.jsonl]", "output.dir=a", "output.overwrite=true",
      ],
    ] {
      let outcome = try workspace.dpoPrep(command)
      #expect(Self.statuses.contains(outcome.status), "\(command): \(outcome.errors)")
    }
  }
}
