import TestSupport
import Testing

@testable import Calibrate

@Suite struct CurveSupportTests {
  /// Candidates of several prompts, whose rewards share what their prompt is like.
  private struct Answers {
    var x: [Double] = []
    var y: [Double] = []
    var prompts: [UInt32] = []

    init(prompts count: Int, lengths: Int, seed: UInt64) {
      var random = SeededRandom(seed: seed)
      for prompt in 0..<count {
        let effect = random.normal()
        for _ in 0...random.below(5) {
          x.append(Double(random.below(lengths)))
          y.append(0.05 * x[x.count - 1] + effect + random.normal())
          prompts.append(UInt32(prompt))
        }
      }
    }

    func support(_ parameters: Lowess.Parameters, threads: Int = 1) -> CurveSupport {
      let sample = Coded(x).sample(y)
      let population = PopulationLevels(sample)
      let fit = Lowess.fit(sample, population: population, parameters: parameters)
      return CurveSupport(
        population, tallies: LocalInfluence.tallies(of: sample, fit, threads: threads),
        parameters: parameters)
    }
  }

  /// Against the weights of every line, candidate by candidate.
  @Test(arguments: UInt64(1)...8)
  func countsWhatTheWeightsSay(seed: UInt64) {
    let sample = Answers(prompts: 40, lengths: 60, seed: seed)
    let (x, y) = (sample.x, sample.y)
    let iterations = Int(seed % 4)
    let frac = 0.3 + 0.1 * Double(seed % 8)
    let support = sample.support(.init(frac: frac, iterations: iterations))
    var robustness = [Double](repeating: 1, count: x.count)
    if iterations > 0 {
      let before = NaiveLowess.fit(x: x, y: y, frac: frac, iterations: iterations - 1)
      let residuals = zip(y, before).map { abs($0 - $1) }
      let sorted = residuals.sorted()
      let median = (sorted[(x.count - 1) / 2] + sorted[x.count / 2]) / 2
      robustness = residuals.map { residual in
        let part = min(residual / (6 * median), 1)
        return (1 - part * part) * (1 - part * part)
      }
    }
    #expect(support.places.map(\.length) == Set(x).sorted())
    for place in support.places {
      let distances = x.map { abs($0 - place.length) }
      let radius = distances.sorted()[Int(frac * Double(x.count) + 1e-10) - 1]
      let weights = x.indices.map { index in
        let part = min(distances[index] / radius, 1)
        let rest = 1 - part * part * part
        return rest * rest * rest * robustness[index]
      }
      let sum = weights.reduce(0, +)
      let squares = weights.reduce(0) { $0 + $1 * $1 }
      #expect(isClose(place.effectiveCount, sum * sum / squares, 1e-10))
      #expect(place.standardError.isNaN)
    }
  }

  @Test func givesTheSameBitsOnAnyNumberOfThreads() {
    let sample = Answers(prompts: 20_000, lengths: 900, seed: 77)
    let supports = [1, 2, 3, 8].map { sample.support(.init(), threads: $0) }
    let counts = supports.map { $0.places.map(\.effectiveCount) }
    #expect(counts.allSatisfy { $0 == counts[0] })
    #expect((50...100).contains(supports[0].places.count))
    #expect(supports[0].places.first?.length == 0)
    #expect(supports[0].places.last?.length == 899)
    #expect(supports[0].weakShare == 0)
  }

  @Test func countsCandidatesWithLittleAround() {
    let sample = Answers(prompts: 20, lengths: 50, seed: 4)
    #expect(sample.support(.init(frac: 0.3)).weakShare == 1)
    #expect(sample.support(.init(frac: 1, iterations: 0)).weakShare < 1)
  }
}
