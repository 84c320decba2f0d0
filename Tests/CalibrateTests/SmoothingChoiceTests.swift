import TestSupport
import Testing

@testable import Calibrate

@Suite struct SmoothingChoiceTests {
  /// Without robustness passes the fit is linear in the rewards, so what a candidate counts in its
  /// own value is what that moves by when its reward moves by one.
  @Test(arguments: UInt64(1)...6)
  func equalsTheTraceByPerturbation(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let x = (0..<70).map { _ in Double(random.below(seed.isMultiple(of: 2) ? 25 : 5000)) }
    let y = x.map { 0.02 * $0 + random.normal() }
    let coded = Coded(x)
    let choice = SmoothingChoice(
      coded.sample(y),
      population: PopulationLevels(coded.sample(y)))
    var expected: [(frac: Double, score: Double)] = []
    for trial in choice.trials {
      let fit = NaiveLowess.fit(x: x, y: y, frac: trial.frac, iterations: 0)
      var trace = 0.0
      for index in x.indices {
        var moved = y
        moved[index] += 1
        trace +=
          NaiveLowess.fit(x: x, y: moved, frac: trial.frac, iterations: 0)[index] - fit[index]
      }
      let squares = zip(y, fit).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      #expect(isClose(trial.effectiveParameters, trace, 1e-9))
      let free = Double(x.count) - trace
      let score = Double(x.count) * squares / (free * free)
      if free > 0.01 { #expect(isClose(trial.score, score, 1e-8)) }
      expected.append((trial.frac, free > 1e-6 ? score : .infinity))
    }
    #expect(choice.trials.map(\.frac) == SmoothingChoice.fractions)
    #expect(choice.frac == expected.min { $0.score < $1.score }?.frac)
  }

  /// More wiggles need a narrower window, a straight line the widest.
  @Test func followsTheShapeOfTheData() {
    var random = SeededRandom(seed: 12)
    func choice(_ truth: (Double) -> Double) -> Double {
      let x = (0..<4000).map { _ in Double(random.below(1000)) }
      let y = x.map { truth($0) + random.normal() }
      let coded = Coded(x)
      return SmoothingChoice(
        coded.sample(y),
        population: PopulationLevels(coded.sample(y))
      ).frac
    }
    #expect(choice { 0.01 * $0 } >= 0.7)
    #expect(choice { 10 * ($0 / 500 - 1) * ($0 / 500 - 1) * ($0 / 500 - 1) } <= 0.4)
    #expect(choice { Int($0 / 50).isMultiple(of: 2) ? 3 : -3 } == 0.05)
  }

  @Test func constantRewardsTakeTheSmoothest() {
    let coded = Coded([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    let y = [Double](repeating: 3, count: 10)
    let choice = SmoothingChoice(
      coded.sample(y),
      population: PopulationLevels(coded.sample(y)))
    #expect(choice.frac == 1)
    let none = SmoothingChoice(
      coded.sample(y.map { _ in .nan }),
      population: PopulationLevels(
        coded.sample(y.map { _ in .nan })))
    #expect(none.frac == 1)
  }

  @Test func givesTheSameBitsOnAnyNumberOfThreads() {
    var random = SeededRandom(seed: 5)
    let x = (0..<50_000).map { _ in Double(random.below(3000)) }
    let y = x.map { _ in random.normal() }
    let coded = Coded(x)
    let population = PopulationLevels(coded.sample(y))
    let choices = [1, 2, 5].map {
      SmoothingChoice(
        coded.sample(y), population: population, threads: $0)
    }
    #expect(choices.allSatisfy { $0 == choices[0] })
  }
}
