import TestSupport
import Testing

@testable import Calibrate

@Suite struct AndersonMixingTests {
  /// An affine map is solved as soon as as many steps are known as the point has entries; by itself it
  /// creeps.
  @Test(arguments: 1...5) func affineMapsAreSolved(entries: Int) {
    var random = SeededRandom(seed: UInt64(entries))
    let shares = (0..<entries).map { _ in Double.random(in: 0.9...0.99, using: &random) }
    let mixed = (0..<entries).map { _ in
      (0..<entries).map { _ in Double.random(in: -0.002...0.002, using: &random) }
    }
    let goal = (0..<entries).map { _ in Double.random(in: -5...5, using: &random) }
    func step(_ point: [Double]) -> [Double] {
      let away = zip(point, goal).map { $0 - $1 }
      return (0..<entries).map { row in
        zip(mixed[row], away).reduce(shares[row] * away[row]) { $0 + $1.0 * $1.1 } - away[row]
      }
    }
    func length(_ step: [Double]) -> Double { step.reduce(0) { max($0, abs($1)) } }
    var mixing = AndersonMixing(depth: entries)
    var (reached, plain) = (
      [Double](repeating: 0, count: entries), [Double](repeating: 0, count: entries)
    )
    for _ in 0..<(entries + 3) {
      let change = mixing.change(from: reached, by: step(reached))
      for entry in change.indices { reached[entry] += change[entry] }
      for (entry, part) in step(plain).enumerated() { plain[entry] += part }
    }
    #expect(length(zip(reached, goal).map { $0 - $1 }) < 1e-9)
    #expect(length(zip(plain, goal).map { $0 - $1 }) > 0.1)
  }

  /// At the goal there is nothing to learn, and no step is divided by nothing.
  @Test func atRestNothingMoves() {
    var mixing = AndersonMixing(depth: 2)
    for _ in 0..<3 { #expect(mixing.change(from: [1, 2], by: [0, 0]) == [0, 0]) }
  }
}
