internal import Glibc
import TestSupport
import Testing

@testable import Calibrate

@Suite struct LevelWindowsTests {
  /// How levels may lie, from harmless to nasty.
  enum Shape: String, CaseIterable {
    case even, normal, heavyTailed, geometric, clusters, spike

    func number(using random: inout SeededRandom) -> Double {
      let uniform = Double.random(in: 0..<1, using: &random)
      switch self {
      case .even: return uniform
      case .normal: return random.normal()
      case .heavyTailed: return random.normal() / random.normal()
      case .geometric: return exp(60 * uniform)
      case .clusters: return (7 * uniform).rounded() * 1000 + 1e-3 * random.normal()
      case .spike: return uniform < 0.25 ? 0.5 + 1e-9 * random.normal() : uniform
      }
    }
  }

  /// Levels with some weights, and windows around them summed both ways.
  struct Case {
    var x: [Double]
    var weights: [Double] = []
    var values: [Double] = []

    init(_ shape: Shape, count: Int, using random: inout SeededRandom) {
      x = Set((0..<count).map { _ in shape.number(using: &random) }).sorted()
      for _ in x {
        // Levels without weight, with little, and with rewards of all sizes.
        let weight = Double.random(in: 0..<1, using: &random)
        weights.append(weight < 0.2 ? 0 : weight < 0.4 ? 1e-9 * weight : weight)
        values.append(random.normal() * (weight > 0.98 ? 1e6 : 1))
      }
    }

    /// The sums of a window by their definition, and of the terms' magnitudes.
    func sums(center: Double, scale: Double, shift: Double) -> [(sum: Double, size: Double)] {
      var sums = [(sum: Double, size: Double)](repeating: (0, 0), count: 5)
      for level in x.indices {
        let d = (x[level] - center) * scale
        guard abs(d) < 1 else { continue }
        let rest = 1 - abs(d * d * d)
        let w = rest * rest * rest * weights[level]
        let v = rest * rest * rest * values[level]
        let y = d - shift
        for (number, term) in [w, w * y, w * y * y, v, v * y].enumerated() {
          sums[number].sum += term
          sums[number].size += abs(term)
        }
      }
      return sums
    }
  }

  @Test(arguments: Shape.allCases)
  func equalsPlainSums(shape: Shape) {
    var random = SeededRandom(seed: 12)
    // From one level to several layers of runs; no number of levels divides into lanes.
    for count in Array(1...9) + [31, 32, 33, 63, 65, 129, 700, 3001] {
      let data = Case(shape, count: count, using: &random)
      var windows = LevelWindows(x: data.x)
      windows.weigh(data.weights, data.values)
      for _ in 0..<6 {
        var batch = LevelWindows.Batch()
        var shifts = SIMD8<Double>.zero
        let first = Int.random(in: 0..<data.x.count, using: &random)
        for lane in 0..<8 {
          let center = data.x[min(first + lane, data.x.count - 1)]
          let edge = data.x.randomElement(using: &random) ?? center
          batch.centers[lane] = center
          batch.scales[lane] = edge == center ? 0 : 1 / abs(edge - center)
          shifts[lane] = lane < 4 ? 0 : Double.random(in: -1...1, using: &random)
        }
        batch.lower = 0
        batch.upper = data.x.count
        let sums = windows.sums(batch, shifts: shifts)
        let found = [
          sums.weight, sums.weightedX, sums.weightedXX, sums.weightedY, sums.weightedXY,
        ]
        for lane in 0..<8 {
          let expected = data.sums(
            center: batch.centers[lane], scale: batch.scales[lane], shift: shifts[lane])
          for (number, expected) in expected.enumerated() {
            // In terms of the sizes of what is summed, so that every level counts exactly.
            let difference = abs(found[number][lane] - expected.sum)
            #expect(difference <= 3e-13 * expected.size, "\(shape), \(count) levels")
          }
        }
      }
    }
  }

  @Test func passesOverLevelsOutside() {
    var windows = LevelWindows(x: (0..<100).map(Double.init))
    windows.weigh((0..<100).map { _ in 1 }, (0..<100).map { _ in 1 })
    var batch = LevelWindows.Batch()  // Scale 0: every level has its full weight.
    batch.lower = 13
    batch.upper = 58
    #expect(windows.sums(batch).weight == SIMD8(repeating: 45))
  }
}
