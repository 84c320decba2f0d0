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
      let coded = Coded(x)
      let population = PopulationLevels(coded.sample(y))
      let fit = Lowess.fit(
        coded.sample(y), population: population, parameters: parameters)
      return CurveSupport(
        coded.sample(y), prompts: prompts, population: population, fit: fit,
        parameters: parameters, threads: threads)
    }
  }

  /// Against the normal equations of every line, candidate by candidate.
  @Test(arguments: UInt64(1)...8)
  func equalsTheNormalEquations(seed: UInt64) {
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
    let fitted = NaiveLowess.fit(x: x, y: y, frac: frac, iterations: iterations)
    #expect(support.places.map(\.length) == Set(x).sorted())
    for place in support.places {
      let distances = x.map { abs($0 - place.length) }
      let radius = distances.sorted()[Int(frac * Double(x.count) + 1e-10) - 1]
      let weights = x.indices.map { index in
        let part = min(distances[index] / radius, 1)
        let rest = 1 - part * part * part
        return rest * rest * rest * robustness[index]
      }
      // (XᵀWX)⁻¹ by Cramer's rule, with x from the place.
      let moments = (0...2).map { power in
        x.indices.reduce(0.0) { sum, index in
          let offset = x[index] - place.length
          return sum + weights[index] * [1, offset, offset * offset][power]
        }
      }
      let determinant = moments[0] * moments[2] - moments[1] * moments[1]
      var scores: [UInt32: Double] = [:]
      for index in x.indices {
        let offset = x[index] - place.length
        let coefficient = weights[index] * (moments[2] - moments[1] * offset) / determinant
        scores[sample.prompts[index], default: 0] += coefficient * (y[index] - fitted[index])
      }
      let variance = scores.values.reduce(0) { $0 + $1 * $1 }
      let squares = weights.reduce(0) { $0 + $1 * $1 }
      #expect(isClose(place.standardError, variance.squareRoot(), 1e-9))
      #expect(isClose(place.effectiveCount, moments[0] * moments[0] / squares, 1e-10))
    }
  }

  /// Where every neighbour weighs the same, the curve is a mean, and its variance that of a mean.
  @Test func equalsTheVarianceOfAMeanAtOneLength() throws {
    let sample = Answers(prompts: 30, lengths: 1, seed: 9)
    let place = try #require(sample.support(.init(frac: 1, iterations: 0)).places.first)
    let mean = sample.y.reduce(0, +) / Double(sample.y.count)
    var sums: [UInt32: Double] = [:]
    for (prompt, value) in zip(sample.prompts, sample.y) {
      sums[prompt, default: 0] += value - mean
    }
    let variance = sums.values.reduce(0) { $0 + $1 * $1 }
    #expect(isClose(place.standardError, variance.squareRoot() / Double(sample.y.count), 1e-10))
    #expect(isClose(place.effectiveCount, Double(sample.y.count), 1e-12))
  }

  /// The band of a curve through many samples of one truth holds the mean curve as often as it says.
  @Test func holdsTheCurveInNineteenOfTwentySamples() {
    var inside = 0
    for seed in 0..<400 {
      let sample = Answers(prompts: 120, lengths: 100, seed: UInt64(1000 + seed))
      let coded = Coded(sample.x)
      let fitted = Lowess.fit(
        coded.sample(sample.y),
        parameters: .init(frac: 0.8, iterations: 0)
      ).fitted
      let places = sample.support(.init(frac: 0.8, iterations: 0)).places
      let place = places[places.count / 2]
      let value = coded.levels.firstIndex(of: place.length).map { fitted[$0] } ?? .nan
      inside += abs(value - 0.05 * place.length) <= place.halfWidth ? 1 : 0
    }
    #expect((360...396).contains(inside), "\(inside) of 400")
  }

  @Test func givesTheSameBitsOnAnyNumberOfThreads() {
    let sample = Answers(prompts: 20_000, lengths: 900, seed: 77)
    let supports = [1, 2, 3, 8].map { sample.support(.init(), threads: $0) }
    #expect(supports.allSatisfy { $0 == supports[0] })
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
