import Foundation
import TestSupport
import Testing

/// Labelled pairs judge a calibration, and alpha is taken from them on demand.
@Suite struct LabelTests {
  private static func hasPython() -> Bool {
    Program.pythonHas("numpy", "scipy", "statsmodels", "xxhash")
  }

  /// A prompt with answers of known length, reward and place.
  private struct Prompt {
    var id: String
    var answers: [(text: String, reward: Double)]

    var row: String {
      let texts = answers.map { "\"\($0.text)\"" }.joined(separator: ", ")
      let scores = answers.map { "\($0.reward)" }.joined(separator: ", ")
      return #"{"prompt_id": "\#(id)", "prompt": "Ask \#(id)", "all_generated_responses": "#
        + #"[\#(texts)], "all_rm_scores": [\#(scores)]}"#
    }
  }

  /// Answers whose rewards are quality and 0.01 a character.
  private static func prompts(_ count: Int, seed: UInt64) -> [Prompt] {
    var random = SeededRandom(seed: seed)
    return (0..<count).map { number in
      Prompt(
        id: "p\(number)",
        answers: (0..<5).map { place in
          let text = "a\(place) " + String(repeating: "x", count: 20 + random.below(300))
          return (text, Double(text.count) / 100 + random.normal())
        })
    }
  }

  /// What someone says who takes off this part of the bias.
  private static func labels(
    _ prompts: [Prompt], alpha: Double, seed: UInt64
  ) -> [(id: String, better: String, worse: String)] {
    var random = SeededRandom(seed: seed)
    return prompts.map { prompt in
      let (one, other) = (prompt.answers[random.below(2)], prompt.answers[2 + random.below(3)])
      func value(_ answer: (text: String, reward: Double)) -> Double {
        answer.reward - alpha * Double(answer.text.count) / 100
      }
      let chance = 1 / (1 + exp(1.5 * (value(other) - value(one))))
      let isFirst = Double(random.next() >> 11) * 0x1p-53 < chance
      return isFirst
        ? (prompt.id, one.text, other.text) : (prompt.id, other.text, one.text)
    }
  }

  private static func row(_ label: (id: String, better: String, worse: String)) -> String {
    #"{"prompt_id": "\#(label.id)", "better": "\#(label.better)", "worse": "\#(label.worse)"}"#
  }

  private static func fill(
    _ workspace: Workspace, alpha: Double = 0.4, count: Int = 150
  ) throws -> [(id: String, better: String, worse: String)] {
    let prompts = Self.prompts(count, seed: 7)
    try workspace.write(prompts.map(\.row).joined(separator: "\n"), to: "in.jsonl")
    let labels = Self.labels(prompts, alpha: alpha, seed: 8)
    try workspace.write(labels.map(Self.row).joined(separator: "\n"), to: "labels.jsonl")
    return labels
  }

  private static let fromLabels = [
    "calibration.target=labels", "calibration.characteristics=[{name: chars, alpha: auto}]",
  ]

  private static func run(
    _ workspace: Workspace, _ settings: [String] = [], labels: String = "labels.jsonl"
  ) throws -> [String: Any] {
    let outcome = try workspace.succeed(
      [
        "run", "in.jsonl", "-o", "out", "--json", "output.overwrite=true",
        "calibration.labels=\(labels)",
      ] + settings)
    try workspace.write(outcome.output, to: "summary.json")
    return try #require(
      JSON.value(try JSON.object(outcome.output), "diagnostics.labels") as? [String: Any])
  }

  @Test(
    .enabled(if: hasPython(), "set DPO_PREP_PYTHON"),
    arguments: [
      [], fromLabels, fromLabels + ["calibration.scope=within_prompt"],
      ["calibration.characteristics=[{name: chars, alpha: 0.3}]"],
    ])
  func figuresAreThoseOfStatsmodels(settings: [String]) throws {
    let workspace = try Workspace()
    _ = try Self.fill(workspace)
    _ = try Self.run(workspace, settings)
    let judged = try workspace.oracle(
      "labels.py", ["in.jsonl", "labels.jsonl", "out/curve.json", "summary.json"])
    #expect(judged.status == 0, "\(judged.output)\(judged.errors)")
  }

  @Test func everythingThatTellsOfAlphaTellsTheSame() throws {
    let workspace = try Workspace()
    _ = try Self.fill(workspace)
    let labels = try Self.run(workspace, Self.fromLabels)
    let alpha = try #require(JSON.value(labels, "alpha.estimate") as? Double)
    #expect(JSON.value(labels, "alpha.used") as? Bool == true)
    #expect(JSON.value(labels, "accuracy.held_out") as? Bool == true)
    let manifest = try workspace.object(in: "out/manifest.json")
    #expect(
      JSON.areSame(JSON.value(manifest, "diagnostics.labels"), labels as NSDictionary))
    let file = try #require((labels["files"] as? [[String: Any]])?.first)
    #expect(file["path"] as? String == "labels.jsonl" && file["rows"] as? Int == 150)
    let digest = try workspace.shell("sha256sum labels.jsonl").output.prefix(64)
    #expect(file["sha256"] as? String == String(digest))
    let curves = try #require(
      try workspace.object(in: "out/curve.json")["curves"] as? [[String: Any]])
    #expect(curves[0]["alpha"] as? Double == alpha)
    let shown = String(format: "%.2f", alpha)
    let card = try workspace.text(of: "out/README.md")
    #expect(card.contains("Alpha \(shown) was estimated from 150 labelled pairs"))
    let report = try workspace.text(of: "out/report.html")
    #expect(report.contains("Labelled pairs") && report.contains("alpha \(shown) was estimated"))
    // `fit` takes the same alpha, and labels that only judge change no row.
    try workspace.succeed(
      [
        "fit", "prep.yaml", "input.paths=[in.jsonl]", "-o", "curve.json",
        "calibration.labels=labels.jsonl",
      ]
        + Self.fromLabels)
    let fitted = try #require(try workspace.object(in: "curve.json")["curves"] as? [[String: Any]])
    #expect(fitted[0]["alpha"] as? Double == alpha)
    let judged = try Self.run(workspace)
    #expect(JSON.value(judged, "alpha.used") as? Bool == false)
    #expect(JSON.areSame(JSON.value(judged, "alpha.estimate"), alpha as NSNumber))
    let rows = try workspace.contents(of: "out/data")
    try workspace.succeed(["run", "in.jsonl", "-o", "out", "output.overwrite=true"])
    #expect(try workspace.contents(of: "out/data") == rows)
  }

  /// Ids, prompts as texts and as messages, answers as messages, names of datasets, and tables.
  @Test func everyFormOfLabelsSaysTheSame() throws {
    let workspace = try Workspace()
    let labels = try Self.fill(workspace)
    func conversation(_ id: String, _ answer: String) -> String {
      #"[{"role": "user", "content": "Ask \#(id)"}, {"role": "assistant", "content": "\#(answer)"}]"#
    }
    let forms: [(String, [String])] = [
      ("id.jsonl", labels.map(Self.row)),
      (
        "text.jsonl",
        labels.map {
          #"{"prompt": "Ask \#($0.id)", "chosen": "\#($0.better)", "rejected": "\#($0.worse)"}"#
        }
      ),
      // As this program writes them, under an id that the input does not have.
      (
        "messages.jsonl",
        labels.map {
          #"{"prompt_id": "other", "prompt": "Ask \#($0.id)", "chosen": "#
            + conversation($0.id, $0.better) + #", "rejected": "#
            + conversation($0.id, $0.worse) + "}"
        }
      ),
      (
        "implicit.jsonl",
        labels.map {
          #"{"chosen": \#(conversation($0.id, $0.better)), "#
            + #""rejected": \#(conversation($0.id, $0.worse))}"#
        }
      ),
      (
        "table.csv",
        ["prompt_id,better,worse"] + labels.map { "\($0.id),\($0.better),\($0.worse)" }
      ),
      ("array.json", ["[" + labels.map(Self.row).joined(separator: ",\n") + "]"]),
    ]
    let documents = try forms.map { name, lines in
      try workspace.write(lines.joined(separator: "\n"), to: name)
      var document = try Self.run(workspace, labels: name)
      document["files"] = nil
      return document as NSDictionary
    }
    #expect(JSON.count(documents[0] as? [String: Any] ?? [:], "found") == 150)
    for (document, form) in zip(documents, forms) {
      #expect(document == documents[0], "\(form.0): \(document)")
    }
  }

  @Test func whatIsNotFoundIsToldWithItsReason() throws {
    let workspace = try Workspace()
    var prompts = Self.prompts(40, seed: 3)
    let labels = Self.labels(prompts, alpha: 0.5, seed: 4)
    // A prompt without id, twice in the input as another text would be; one with a reward of NaN.
    let twin = Prompt(id: "twin", answers: prompts[2].answers)
    prompts.append(twin)
    prompts.append(Prompt(id: "twin again", answers: twin.answers))
    let rows = prompts.map { prompt in
      var row = prompt.row
      if prompt.id.hasPrefix("twin") {
        row = row.replacing(#/Ask twin( again)?/#, with: "Ask twin")
      }
      if prompt.id == "p5" {
        row = row.replacing("\(prompt.answers[0].reward)", with: "NaN")
      }
      return row
    }
    try workspace.write(rows.joined(separator: "\n"), to: "in.jsonl")
    let five = prompts[5].answers
    let lines =
      labels.filter { $0.id != "p5" }.map(Self.row) + [
        Self.row(("p1", labels[1].better, labels[1].worse)),
        Self.row(("p2", labels[2].worse, labels[2].better)),
        Self.row(("p3", "same", "same")),
        Self.row(("unknown", labels[4].better, labels[4].worse)),
        Self.row(("p4", labels[4].better, "never written")),
        Self.row(("p5", five[0].text, five[1].text)),
        #"{"prompt": "Ask twin", "better": "\#(twin.answers[0].text)", "#
          + #""worse": "\#(twin.answers[1].text)"}"#,
      ]
    try workspace.write(lines.joined(separator: "\n"), to: "labels.jsonl")
    let told = try Self.run(workspace)
    #expect(told["labels"] as? Int == 46 && told["found"] as? Int == 41)
    #expect(told["repeated"] as? Int == 1 && told["contradictory"] as? Int == 2)
    #expect(
      told["not_found"] as? [String: Int] == [
        "same_answer": 1, "unknown_prompt": 1, "unknown_answer": 1, "dropped_answer": 1,
        "ambiguous_prompt": 1,
      ])
    let places = try #require(told["not_found_first"] as? [[String: Any]])
    #expect(places.map { $0["line"] as? Int } == [42, 43, 44, 45, 46])
    #expect(
      places.map { $0["reason"] as? String } == [
        "same_answer", "unknown_prompt", "unknown_answer", "dropped_answer", "ambiguous_prompt",
      ])
    let outcome = try workspace.succeed([
      "run", "in.jsonl", "-o", "out", "output.overwrite=true", "calibration.labels=labels.jsonl",
    ])
    #expect(outcome.errors.contains("5 of 46 labelled pairs were not found"), "\(outcome.errors)")
    #expect(outcome.errors.contains("labels.jsonl:42:1: same_answer"))
  }

  @Test func labelsThatTellNothingAreNotUsed() throws {
    let workspace = try Workspace()
    let labels = try Self.fill(workspace)
    func refused(_ rows: [String]) throws -> String {
      try workspace.write(rows.joined(separator: "\n"), to: "labels.jsonl")
      let outcome = try workspace.dpoPrep(
        ["run", "in.jsonl", "-o", "none", "calibration.labels=labels.jsonl"] + Self.fromLabels)
      #expect(outcome.status == 65 && !workspace.exists("none"))
      // With an alpha of its own a calibration is still judged, as far as labels go.
      let told = try Self.run(workspace)
      #expect(JSON.value(told, "alpha.estimate") is NSNull)
      #expect(JSON.value(told, "accuracy.before") is Double)
      return outcome.errors
    }
    #expect(try refused(labels.prefix(5).map(Self.row)).contains("fewer than 10 prompts"))
    let contrary = labels.map { Self.row(($0.id, $0.worse, $0.better)) }
    #expect(try refused(contrary).contains("have the lower scores, whatever alpha is"))
    let prompts = Self.prompts(150, seed: 7)
    let agreeing = prompts.map { prompt in
      let sorted = prompt.answers.sorted { $0.reward < $1.reward }
      return Self.row((prompt.id, sorted[4].text, sorted[0].text))
    }
    #expect(try refused(agreeing).contains("agrees with all of them"))

    // Few labels that contradict themselves tell an alpha, but not where it lies.
    try workspace.write(
      (labels.prefix(14) + labels.prefix(5).map { ($0.id, $0.worse, $0.better) }).map(Self.row)
        .joined(separator: "\n"), to: "labels.jsonl")
    let outcome = try workspace.succeed(
      ["run", "in.jsonl", "-o", "out", "output.overwrite=true", "calibration.labels=labels.jsonl"]
        + Self.fromLabels)
    #expect(outcome.errors.contains("do not tell whether the bias of chars"), "\(outcome.errors)")
  }

  @Test(arguments: [
    ("{\"prompt_id\": \"p1\", \"better\": \"a\"}", ":2:1: ", "no better and worse answer"),
    ("{\"prompt_id\": \"p1\", \"better\": \"a\", \"worse\": 3}", ":2:1: ", "expected a string"),
    ("{\"better\": \"a\", \"worse\": \"b\"}", ":2:1: ", "no prompt was found"),
    ("{\"prompt_id\": \"p1\", \"better\": \"a\", \"worse\": null}", ":2:1: ", "null"),
    ("{\"prompt_id\": \"p1\", \"better\": \"a\", oops", ":2:36: ", "not valid JSON"),
    ("[1, 2]", ":2:1: ", "expected a JSON object"),
  ])
  func rowsThatAreNoLabelsAreErrors(row: String, place: String, message: String) throws {
    let workspace = try Workspace()
    let labels = try Self.fill(workspace, count: 20)
    try workspace.write(Self.row(labels[0]) + "\n" + row + "\n", to: "labels.jsonl")
    let outcome = try workspace.dpoPrep([
      "run", "in.jsonl", "-o", "out", "calibration.labels=labels.jsonl", "input.on_error=skip",
    ])
    #expect(outcome.status == 65 && !workspace.exists("out"))
    #expect(outcome.errors.contains("labels.jsonl\(place)error: "), "\(outcome.errors)")
    #expect(outcome.errors.contains(message), "\(outcome.errors)")
  }

  @Test func settingsThatContradictThemselvesAreErrors() throws {
    let workspace = try Workspace()
    _ = try Self.fill(workspace, count: 20)
    for (settings, status, message) in [
      (Self.fromLabels, Int32(78), "no \"calibration.labels\" are named"),
      (
        ["calibration.target=labels", "calibration.labels=labels.jsonl"], 78,
        "has an alpha of its own"
      ),
      (["calibration.method=none", "calibration.labels=labels.jsonl"], 78, "judge a calibration"),
      (["calibration.labels=nowhere.jsonl"], 66, "nowhere.jsonl"),
    ] {
      let outcome = try workspace.dpoPrep(["run", "in.jsonl", "-o", "out"] + settings)
      #expect(outcome.status == status && outcome.errors.contains(message), "\(outcome.errors)")
    }
    try workspace.write("", to: "empty.jsonl")
    let outcome = try workspace.dpoPrep([
      "run", "in.jsonl", "-o", "out", "calibration.labels=empty.jsonl",
    ])
    #expect(outcome.status == 65 && outcome.errors.contains("holds no labelled pairs"))
  }
}
