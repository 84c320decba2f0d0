import Foundation
import TestSupport
import Testing

/// Fits within prompts, with and without effects of models, from rows to the saved curve.
@Suite struct WithinPromptTests {
  /// Answers of three models, of which the better answer at greater length.
  ///
  /// - Parameter absurd: A reward that every seventeenth answer has; nil where these are left out.
  private static func rows(models: Bool, seed: UInt64, absurd: Double?? = .none) -> String {
    var random = SeededRandom(seed: seed)
    return (0..<70).map { prompt in
      let center = 6 + 0.6 * random.normal()
      var answers = (0..<(prompt.isMultiple(of: 10) ? 1 : 6)).map { number in
        let length = (exp(center + 0.3 * random.normal() + 0.2 * Double(number % 3)) / 10).rounded()
        let outlier = random.below(30) == 0 ? 10.0 : 1
        return (
          length: 10 * length,
          reward: length / 20 - center + Double(number % 3) + outlier * random.normal(),
          model: "model \(number % 3)"
        )
      }
      if let absurd {
        let places = answers.indices.filter { (prompt * 6 + $0) % 17 == 3 }
        for place in places.reversed() {
          if let absurd { answers[place].reward = absurd } else { answers.remove(at: place) }
        }
      }
      var row: [String: Any] = [
        "prompt": "prompt \(prompt)", "len": answers.map(\.length),
        "all_rm_scores": answers.map(\.reward),
        "all_generated_responses": answers.indices.map { "answer \(prompt).\($0)" },
      ]
      if models { row["models"] = answers.map(\.model) }
      let json = try? JSONSerialization.data(withJSONObject: row)
      return String(decoding: json ?? Data(), as: UTF8.self) + "\n"
    }.joined()
  }

  private static let settings = [
    "calibration.characteristics=['field:len']", "input.fields.model=models",
    "calibration.intervals=false",
  ]

  @Test(
    .enabled(if: Program.pythonHas("numpy"), "set DPO_PREP_PYTHON to a Python with numpy"),
    arguments: [0, 1, 2], [false, true])
  func curvesAreThoseOfLinearAlgebra(passes: Int, models: Bool) throws {
    let workspace = try Workspace()
    try workspace.write(Self.rows(models: models, seed: UInt64(passes) + 3), to: "in.jsonl")
    try workspace.succeed(
      [
        "fit", "-q", "prep.yaml", "input.paths=[in.jsonl]", "-o", "curve.json",
        "calibration.iterations=\(passes)",
      ] + (models ? Self.settings : Self.settings.filter { !$0.contains("model") }))
    let judged = try workspace.oracle(
      "within_prompt.py", ["in.jsonl", "curve.json", "0.3", "\(passes)"])
    #expect(judged.status == 0, "\(judged.output)\(judged.errors)")
  }

  /// Rewards that are no judgements leave the curve that the others have by linear algebra.
  @Test(
    .enabled(if: Program.pythonHas("numpy"), "set DPO_PREP_PYTHON to a Python with numpy"),
    arguments: [1, 2], [-1e12, -3.4028234663852886e38])
  func absurdRewardsLeaveTheCurveOfTheOthers(passes: Int, reward: Double) throws {
    let workspace = try Workspace()
    try workspace.write(Self.rows(models: false, seed: 5, absurd: reward), to: "in.jsonl")
    try workspace.write(Self.rows(models: false, seed: 5, absurd: .some(nil)), to: "others.jsonl")
    let outcome = try workspace.succeed(
      [
        "fit", "prep.yaml", "input.paths=[in.jsonl]", "-o", "curve.json",
        "calibration.iterations=\(passes)",
      ] + Self.settings.filter { !$0.contains("model") })
    #expect(outcome.errors.contains("of them, absurdly far from the others"))
    #expect(!outcome.errors.contains("solved to the end"))
    let judged = try workspace.oracle(
      "within_prompt.py", ["others.jsonl", "curve.json", "0.3", "\(passes)"])
    #expect(judged.status == 0, "\(judged.output)\(judged.errors)")
  }

  /// The field that names the models is found, and told.
  @Test(arguments: ["models", "generators", "model"])
  func modelsAreFoundByTheirUsualNames(field: String) throws {
    let workspace = try Workspace()
    try workspace.write(
      Self.rows(models: true, seed: 4).replacing("\"models\"", with: "\"\(field)\""),
      to: "in.jsonl")
    let outcome = try workspace.succeed(
      ["run", "prep.yaml", "input.paths=[in.jsonl]", "calibration.characteristics=['field:len']"])
    #expect(outcome.output.contains("effects of models (by \(field)), apart from"))
    #expect(
      outcome.errors.contains("the models of answers are read from \"\(field)\"")
        == (field != "model"))
    let manifest = try workspace.object(in: "out/manifest.json")
    #expect(JSON.value(manifest, "calibration.model_fields") as? [String] == [field])
    #expect(try workspace.text(of: "out/README.md").contains("3 models distinguished by \(field)"))
  }

  /// Without them the quality of those who answer at length is taken for bias.
  @Test func effectsOfModelsAreNoBias() throws {
    let workspace = try Workspace()
    try workspace.write(Self.rows(models: true, seed: 9), to: "in.jsonl")
    func curve(_ settings: String...) throws -> [String: Any] {
      try workspace.succeed(
        ["fit", "-q", "prep.yaml", "input.paths=[in.jsonl]", "-o", "curve.json"] + Self.settings
          + settings)
      let curves = try workspace.object(in: "curve.json")["curves"] as? [[String: Any]]
      return try #require(curves?.first)
    }
    /// The mean slope of a curve over the middle of the lengths, which is 0.005.
    func slope(_ curve: [String: Any]) throws -> Double {
      let lengths = try #require(curve["lengths"] as? [Double])
      let bias = try #require(curve["bias"] as? [Double])
      let (first, last) = (lengths.count / 10, lengths.count * 9 / 10)
      return (bias[last] - bias[first]) / (lengths[last] - lengths[first])
    }
    let with = try curve()
    let without = try curve("calibration.model_effects=never")
    #expect(abs(try slope(with) - 0.005) < 0.7 * abs(try slope(without) - 0.005))
    let effects = try #require(with["model_effects"] as? [[String: Any]])
    #expect(effects.map { $0["model"] as? String } == ["model 0", "model 1", "model 2"])
    let sizes = effects.compactMap { $0["effect"] as? Double }
    #expect(sizes[0] < sizes[1] && sizes[1] < sizes[2])
    #expect(without["model_effects"] == nil)
  }

  @Test func aModelEachIsNoModel() throws {
    let workspace = try Workspace()
    var rows = ""
    for number in 0..<400 {
      rows +=
        #"{"prompt": "p\#(number / 4)", "response": "\#(String(repeating: "a", count: 9 + number % 7))","#
        + #" "reward": \#(number % 11), "model": "m\#(number)"}"# + "\n"
    }
    try workspace.write(rows, to: "in.jsonl")
    let outcome = try workspace.succeed([
      "run", "prep.yaml", "input.paths=[in.jsonl]", "calibration.intervals=false",
    ])
    #expect(outcome.errors.contains("so models have no effects in the fit"))
    let manifest = try workspace.object(in: "out/manifest.json")
    let curves = try #require(JSON.value(manifest, "diagnostics.curves") as? [[String: Any]])
    #expect((curves[0]["model_effects"] as? [Any])?.isEmpty == true)
    let precision = try #require(curves[0]["precision"] as? Double)
    #expect(precision > 0 && precision < 1e-5)
  }

  @Test func withoutAnythingToCompareTheCurveIsGlobal() throws {
    let workspace = try Workspace()
    let rows = (0..<300).map { number in
      let text = String(repeating: "a", count: 5 + number % 40)
      return #"{"prompt": "p\#(number)", "response": "\#(text)", "reward": \#(number % 17)}"# + "\n"
    }
    try workspace.write(rows.joined(), to: "in.jsonl")
    let outcome = try workspace.succeed([
      "fit", "prep.yaml", "input.paths=[in.jsonl]", "-o", "within.json", "calibration.iterations=2",
    ])
    #expect(outcome.errors.contains("the curve is that of all candidates"))
    try workspace.succeed([
      "fit", "-q", "prep.yaml", "input.paths=[in.jsonl]", "-o", "global.json",
      "calibration.scope=global", "calibration.iterations=2",
    ])
    func bias(_ file: String) throws -> [Double]? {
      let curves = try workspace.object(in: file)["curves"] as? [[String: Any]]
      return curves?.first?["bias"] as? [Double]
    }
    #expect(try bias("within.json") == bias("global.json"))
  }
}
