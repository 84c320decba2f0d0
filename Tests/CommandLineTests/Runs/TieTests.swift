import Foundation
import TestSupport
import Testing

/// What decides between equal scores.
@Suite struct TieTests {
  private static let promptCount = 1500

  /// Answers of different length to each prompt, judged in whole points.
  private static func judged(points: ClosedRange<Int>, seed: UInt64) -> Generations {
    var generations = Generations(prompts: promptCount, answers: 6, words: 200, seed: seed)
    var random = SeededRandom(seed: seed + 100)
    for prompt in generations.prompts.indices {
      for answer in generations.prompts[prompt].answers.indices {
        generations.prompts[prompt].answers[answer].reward =
          Double(Int.random(in: points, using: &random))
      }
    }
    return generations
  }

  private static func pairs(_ workspace: Workspace) throws -> [String: String] {
    Dictionary(
      uniqueKeysWithValues: try workspace.pairs(of: ["in.jsonl"]).map {
        ($0.id, "\($0.chosen)\n>\n\($0.rejected)")
      })
  }

  /// Points that know nothing of length choose the longer answer as often as the shorter one.
  @Test(arguments: UInt64(1)...3)
  func tiesKnowNothingOfLength(seed: UInt64) throws {
    let workspace = try Workspace()
    try workspace.write(Self.judged(points: 1...2, seed: seed).nested, to: "in.jsonl")
    let pairs = try workspace.pairs(of: ["in.jsonl"]).filter { $0.lengths[0] != $0.lengths[1] }
    let share =
      Double(pairs.count { $0.lengths[0] > $0.lengths[1] }) / Double(pairs.count)
    // Four standard errors.
    #expect(abs(share - 0.5) < 4 * (0.25 / Double(pairs.count)).squareRoot(), "\(share)")
    // The rule by length does know of it.
    let shorter = try workspace.pairs(of: ["in.jsonl"], ["pairs.ties=shorter"])
    let longer = shorter.count { $0.lengths[0] > $0.lengths[1] }
    #expect(Double(longer) / Double(shorter.count) < 0.45)
  }

  @Test func theOrderOfTheInputDecidesNothing() throws {
    let workspace = try Workspace()
    var generations = Self.judged(points: 1...2, seed: 7)
    try workspace.write(generations.nested, to: "in.jsonl")
    let pairs = try Self.pairs(workspace)
    var random = SeededRandom(seed: 8)
    generations.prompts.shuffle(using: &random)
    for prompt in generations.prompts.indices {
      generations.prompts[prompt].answers.shuffle(using: &random)
    }
    try workspace.write(generations.nested, to: "in.jsonl")
    #expect(try Self.pairs(workspace) == pairs)
  }

  @Test func theSharesOfTiedEndsAreTold() throws {
    let workspace = try Workspace()
    let generations = Self.judged(points: 1...5, seed: 4)
    try workspace.write(generations.nested, to: "in.jsonl")
    let outcome = try workspace.succeed([
      "run", "prep.yaml", "input.paths=[in.jsonl]", "calibration.iterations=0", "run.threads=1",
    ])
    let manifest = try workspace.object(in: "out/manifest.json")
    var (tops, bottoms, either) = (0, 0, 0)
    for prompt in generations.prompts {
      let rewards = prompt.answers.map(\.reward)
      let isTop = rewards.count { $0 == rewards.max() } > 1
      let isBottom = rewards.count { $0 == rewards.min() } > 1
      tops += isTop ? 1 : 0
      bottoms += isBottom ? 1 : 0
      either += isTop || isBottom ? 1 : 0
    }
    for (name, count) in [
      ("tied_top_share", tops), ("tied_bottom_share", bottoms), ("tied_share", either),
    ] {
      let told = JSON.value(manifest, "diagnostics.before.\(name)") as? Double
      #expect(told == Double(count) / Double(Self.promptCount), "\(name)")
      // Scores of answers of different length do not tie.
      let after = try #require(JSON.value(manifest, "diagnostics.after.\(name)") as? Double)
      #expect(after < 0.05, "\(name)")
    }
    #expect(outcome.output.contains("best or worst tied"))
    #expect(
      try workspace.text(of: "out/report.html").contains("prompts with a tied best or worst"))
  }
}
