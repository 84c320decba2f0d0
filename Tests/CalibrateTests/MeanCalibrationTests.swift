import TestSupport
import Testing

@testable import Calibrate

@Suite struct MeanCalibrationTests {
  @Test(arguments: UInt64(1)...8)
  func equalsTheDefinition(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let x = (0..<300).map { _ in Double(Int.random(in: 0...200, using: &random)) }
    var y = x.map { _ in random.normal() + 1e4 }
    y[5] = .nan
    y[6] = 1e15
    let prompts = x.map { _ in UInt32.random(in: 0..<60, using: &random) }.sorted()
    let population = x.indices.filter { !y[$0].isNaN }
    var differences: [Double] = []
    for i in population {
      for j in population where i < j && prompts[i] == prompts[j] {
        differences.append(abs(x[i] - x[j]))
      }
    }
    let coded = Coded(x)
    let mean = MeanCalibration.meanLengthDifference(coded.sample(y), prompts: prompts)
    #expect(isClose(mean, differences.reduce(0, +) / Double(differences.count), 1e-13))

    let radius = (mean / 4).rounded()  // Whole, so that lengths lie on the edge.
    let bias = coded.spread(
      MeanCalibration.fit(
        coded.sample(y), radius: radius, minimumCount: 40))
    var missing = 0
    for i in population {
      let neighbours = population.filter { abs(x[$0] - x[i]) <= radius }.map { y[$0] }
      if neighbours.count < 40 {
        missing += 1
        #expect(bias[i].isNaN)
      } else {
        // Taken about a common value, so that the expectation itself is exact enough.
        let expected = neighbours.reduce(0) { $0 + ($1 - 1e4) } / Double(neighbours.count) + 1e4
        #expect(isClose(bias[i], expected, 1e-12))
      }
    }
    #expect(missing > 0 && missing < population.count)
  }

  @Test func compensatedSumsOutliveOutliers() {
    var before = CompensatedSum()
    before.add(1e17)
    var after = before
    for _ in 0..<10 { after.add(0.1) }
    #expect(isClose(after - before, 1, 1e-14))
  }
}
