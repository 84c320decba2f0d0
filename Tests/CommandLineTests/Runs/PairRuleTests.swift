import TestSupport
import Testing

/// The rules of pairs on random answers of several models to prompts of several sources, against
/// the slow reference.
@Suite(
  .enabled(
    if: Program.pythonHas("numpy", "zstandard", "xxhash"),
    "set DPO_PREP_PYTHON to a Python with numpy, zstandard and xxhash"))
struct PairRuleTests {
  /// Rewards on a coarse grid, so that many tie; some answers name no model, some prompts no
  /// source.
  private static func rows(seed: UInt64, prompts: Int = 240) -> [String] {
    var random = SeededRandom(seed: seed)
    let models = ["\"large\"", "\"small\"", "\"tiny\"", "\"a b\"", "null"]
    let sources = ["\"web\"", "\"books\"", "null"]
    return (0..<prompts).flatMap { prompt -> [String] in
      let source = sources[Int.random(in: 0..<3, using: &random)]
      return (0..<Int.random(in: 1...7, using: &random)).map { answer in
        let length = Int.random(in: 1...40, using: &random)
        let reward = Double(Int.random(in: -20...20, using: &random) + length / 4) / 10
        let model = models[Int.random(in: 0..<5, using: &random)]
        let text = String(repeating: "w\(answer) ", count: length)
        return """
          {"prompt_id": "p\(prompt)", "prompt": "Question \(prompt)?", "response": "\(text)\(prompt)", \
          "reward": \(reward), "model": \(model), "source": \(source), \
          "help": \(Double(Int.random(in: -4...4, using: &random)) / 2), "safe": \(answer % 3)}
          """
      }
    }.shuffled(using: &random)
  }

  /// A rule in the words of the program and of the reference.
  struct Rule: Sendable, CustomTestStringConvertible {
    let settings: [String]
    let options: [String]
    var testDescription: String { settings.joined(separator: " ") }

    init(_ settings: [String], _ options: [String]) {
      self.settings = settings
      self.options = options
    }
  }

  private static let strongOverWeak = Rule(
    ["pairs.chosen.models=[large, a b]", "pairs.rejected.models=[small, tiny]"],
    [
      "--chosen-model", "large", "--chosen-model", "a b", "--rejected-model", "small",
      "--rejected-model", "tiny",
    ])

  static let rules: [Rule] =
    [
      Rule(["pairs.min_margin=q10"], ["--min-margin", "q10"]),
      Rule(
        ["pairs.min_margin=q33.5", "pairs.max_margin=q90", "pairs.strategy=all"],
        ["--min-margin", "q33.5", "--max-margin", "q90", "--strategy", "all"]),
      Rule(
        ["pairs.min_margin=0.5sd", "pairs.max_margin=2sd"],
        ["--min-margin", "0.5sd", "--max-margin", "2sd"]),
      Rule(
        ["pairs.chosen.min_score=1.13", "pairs.rejected.max_score=-0.27"],
        ["--chosen-min-score", "1.13", "--rejected-max-score", "-0.27"]),
      Rule(
        [
          "pairs.chosen.min_score=1.1", "pairs.rejected.max_score=0", "pairs.bounded_scores=raw",
          "pairs.strategy=all",
        ],
        [
          "--chosen-min-score", "1.1", "--rejected-max-score", "0", "--bounded-scores", "raw",
          "--strategy", "all",
        ]),
      Rule(
        [
          "pairs.field_margins=[{name: field:help, min: 0.5}, field:safe]", "pairs.strategy=all",
          "pairs.per_prompt=2",
        ],
        [
          "--field-margin", "help=0.5", "--field-margin", "safe", "--strategy", "all",
          "--per-prompt", "2",
        ]),
      Rule(["pairs.strategy=neighbors"], ["--strategy", "neighbors"]),
      Rule(
        ["pairs.strategy=neighbors", "pairs.per_prompt=2", "pairs.min_margin=0.27"],
        ["--strategy", "neighbors", "--per-prompt", "2", "--min-margin", "0.27"]),
      Rule(["pairs.strategy=model_pairs"], ["--strategy", "model_pairs"]),
      Rule(
        ["pairs.strategy=model_pairs", "pairs.per_prompt=2", "pairs.max_margin=2"],
        ["--strategy", "model_pairs", "--per-prompt", "2", "--max-margin", "2"]),
      Rule(["pairs.per_source=17"], ["--per-source", "17"]),
      Rule(
        ["pairs.sample=50", "pairs.strategy=all", "pairs.seed=9"],
        ["--sample", "50", "--strategy", "all", "--seed", "9"]),
      Rule(
        [
          "pairs.per_source=40", "pairs.sample=20", "pairs.strategy=top_bottom",
          "pairs.per_prompt=3", "pairs.min_margin=q20",
        ],
        [
          "--per-source", "40", "--sample", "20", "--strategy", "top_bottom", "--per-prompt", "3",
          "--min-margin", "q20",
        ]),
    ]
    + [
      "max_min", "max_second", "max_random", "mu_sigma", "quantile", "all", "top_bottom",
      "length_matched", "neighbors", "model_pairs",
    ].map { strategy in
      Rule(
        strongOverWeak.settings + ["pairs.strategy=\(strategy)"],
        strongOverWeak.options + ["--strategy", strategy])
    }

  @Test(arguments: rules, ["none", "lwr"])
  func rulesAreThoseOfTheReference(rule: Rule, method: String) throws {
    let workspace = try Workspace()
    let seed: UInt64 = method == "none" ? 1 : 2
    try workspace.write(Self.rows(seed: seed).joined(separator: "\n"), to: "gens.jsonl")
    let outcome = try workspace.succeed(
      [
        "run", "--quiet", "--json", "prep.yaml", "gens.jsonl", "-o", "built", "pairs.ties=shorter",
        "calibration.scope=global", "calibration.method=\(method)", "output.keep=[source]",
      ] + rule.settings)
    let python = try #require(Program.python)
    let found = try workspace.start(
      python,
      [
        "\(Program.checkout)/Tests/oracle/reference.py", "gens.jsonl", "--method", method,
        "--model", "model", "--source", "source", "--compare", "built",
      ] + rule.options
    ).wait()
    #expect(found.status == 0, "\(found.output)\(found.errors)")
    let (ours, theirs) = (try JSON.object(outcome.output), try JSON.object(found.errors))
    let dropped = JSON.value(ours, "ledger.prompts.dropped") as? [String: Int]
    #expect(dropped != nil && dropped == theirs["prompts_dropped"] as? [String: Int])
    let pairs = JSON.count(ours, "ledger.pairs")
    #expect(pairs ?? 0 > 0 && pairs == theirs["pairs"] as? Int)
  }

  /// The rules need all prompts, and the models of answers, so they show where a plan sees less.
  @Test func jobsAndSweepsGiveTheSameBytes() throws {
    let workspace = try Workspace()
    let rows = Self.rows(seed: 3)
    for (number, part) in [rows[..<200], rows[200...]].enumerated() {
      try workspace.write(part.joined(separator: "\n"), to: "gens/\(number).jsonl")
    }
    let rules = [
      "pairs.chosen.models=[large]", "pairs.min_margin=q10", "pairs.sample=30",
      "pairs.per_source=20", "output.keep=[source]", "calibration.scope=global",
    ]
    try workspace.succeed(
      ["run", "--quiet", "gens", "-o", "whole", "run.threads=1"] + rules)
    try workspace.write(
      "input: {paths: [gens]}\noutput: {dir: parts}\n", to: "prep.yaml")
    try workspace.succeed(["job", "init", "prep.yaml", "job"] + rules)
    try workspace.succeed(["job", "run", "job", "-q"])
    try workspace.succeed(
      ["sweep", "--quiet", "prep.yaml", "-o", "swept-{n}", "pairs.strategy=[max_random,max_min]"]
        + rules)
    let data = try workspace.read("whole/data/train-00000-of-00001.parquet")
    #expect(try workspace.read("parts/data/train-00000-of-00001.parquet") == data)
    #expect(try workspace.read("swept-2/data/train-00000-of-00001.parquet") == data)
  }

  /// Rows in another order, with the texts that wait for their turn on disk, and as a job.
  @Test(arguments: ["largest_margin", "smallest_margin", "easiest", "hardest"])
  func rowsAreInTheOrderThatIsAskedFor(order: String) throws {
    let workspace = try Workspace()
    try workspace.write(Self.rows(seed: 7).joined(separator: "\n"), to: "gens.jsonl")
    let settings = [
      "output.format=jsonl", "output.compression=none", "output.all_answers=true",
      "pairs.strategy=all", "pairs.per_prompt=2", "output.shard_rows=60", "split.test=0.2",
    ]
    let ordered = ["pairs.order=\(order)"]
    try workspace.succeed(["run", "-q", "gens.jsonl", "-o", "plain"] + settings)
    try workspace.succeed(["run", "-q", "gens.jsonl", "-o", "whole"] + settings + ordered)
    try workspace.succeed(
      ["run", "-q", "gens.jsonl", "-o", "one", "run.threads=1", "run.memory=64MiB"] + settings
        + ordered)
    try workspace.succeed(
      ["job", "init", "prep.yaml", "job", "input.paths=[gens.jsonl]", "output.dir=parts"]
        + settings + ordered)
    try workspace.succeed(["job", "run", "job", "-q"])
    for dataset in ["one", "parts"] {
      #expect(try workspace.rows(of: dataset) == workspace.rows(of: "whole"))
    }
    for split in ["train", "test"] {
      let plain = try #require(try workspace.rows(of: "plain")[split])
      let found = try #require(try workspace.rows(of: "whole")[split])
      #expect(plain.count > 20 && Set(plain) == Set(found) && plain.count == found.count)
      #expect(try Self.sorted(plain, by: order) == found)
    }
  }

  /// Rows by prompt, those of equal keys as they were.
  private static func sorted(_ rows: [String], by order: String) throws -> [String] {
    var prompts: [(id: String, key: Double, rows: [String])] = []
    for row in rows {
      let object = try JSON.object(row)
      let id = try #require(object["prompt_id"] as? String)
      if prompts.last?.id == id {
        prompts[prompts.count - 1].rows.append(row)
        continue
      }
      let scores = try #require(object["all_scores"] as? [Double])
      let chosen = try #require(object["score_chosen"] as? Double)
      let margin = chosen - (try #require(object["score_rejected"] as? Double))
      let mean = scores.reduce(0, +) / Double(scores.count)
      let keys = [
        "largest_margin": -margin, "smallest_margin": margin, "easiest": -mean, "hardest": mean,
      ]
      prompts.append((id, try #require(keys[order]), [row]))
    }
    return prompts.enumerated().sorted { ($0.1.key, $0.0) < ($1.1.key, $1.0) }.flatMap(\.1.rows)
  }

  @Test func modelsThatNoAnswerIsOfAreErrors() throws {
    let workspace = try Workspace()
    try workspace.write(Self.rows(seed: 4, prompts: 20).joined(separator: "\n"), to: "a.jsonl")
    let outcome = try workspace.dpoPrep(
      ["run", "--quiet", "a.jsonl", "-o", "out", "pairs.chosen.models=[lrge]"])
    #expect(outcome.status == 65)
    #expect(outcome.errors.contains("no answer is of the model \"lrge\""))
    #expect(outcome.errors.contains("did you mean \"large\"?"))
    #expect(!workspace.exists("out"))
  }
}
