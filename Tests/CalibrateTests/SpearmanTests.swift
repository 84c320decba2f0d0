import TestSupport
import Testing

@testable import Calibrate

@Suite struct SpearmanTests {
  @Test func equalsSciPy() throws {
    let cases = Golden.statistics("spearman")
    #expect(cases.count > 30)
    for (statistic, column) in cases {
      let coded = Coded(column.x)
      let pooled = Spearman.pooled(coded.sample(column.y))
      let short = Spearman.correlation(column.x, column.y)
      #expect(isClose(try #require(pooled), statistic.expected, 1e-13), "\(statistic.name)")
      #expect(isClose(try #require(short), statistic.expected, 1e-13), "\(statistic.name)")
    }
  }

  @Test func withinPromptsIsTheMeanOfTheirOwn() throws {
    let columns = Golden.lowess.filter { $0.name.hasPrefix("ties") }
    var x: [Double] = []
    var y: [Double] = []
    var prompts: [UInt32] = []
    var own: [Double] = []
    for (prompt, column) in columns.enumerated() {
      x += column.x
      y += column.y
      prompts += column.x.map { _ in UInt32(prompt) }
      own += Golden.statistics("spearman").filter { $0.1.name == column.name }
        .map { $0.0.expected }
    }
    #expect(own.count == columns.count)
    // A lone candidate, a prompt of one length and one of one reward have no correlation.
    x += [1, 2, 2, 3, 4, 5, 6]
    y += [1, 1, 2, 7, 7, .nan, 9]
    prompts += [50, 51, 51, 52, 52, 53, 53]
    let result = Spearman.meanWithinPrompt(Coded(x).sample(y), prompts: prompts)
    #expect(result.prompts == own.count)
    #expect(isClose(try #require(result.mean), own.reduce(0, +) / Double(own.count), 1e-13))
  }

  @Test(arguments: [0, 1, 2, 3])
  func ranksAsSortingDoes(kind: Int) {
    var random = SeededRandom(seed: UInt64(kind))
    var values = (0..<30_000).map { _ -> Double in
      switch kind {
      case 0: random.normal()
      case 1: (random.normal() * 3).rounded()  // Both zeros, and long ties.
      case 2: 1 + random.normal() * 0x1p-44  // All in a few slots.
      default: random.normal() / random.normal() * 1e-300
      }
    }
    values += [.infinity, -.infinity, 0, -0.0]
    // Half of the places hold no number, and one level does not count.
    let levels = values.map { _ in UInt32(random.below(50)) }
    let ranks = (0..<50).map { $0 == 7 ? .nan : Double($0) - 24.5 }
    let ranked = RankedValues(
      Sample(
        levels: (0..<50).map(Double.init), codes: levels.flatMap { [$0, 0] },
        values: values.flatMap { [$0, .nan] }), ranks: ranks)
    let counted = values.indices.filter { levels[$0] != 7 }
    let sorted = counted.map { values[$0] }.sorted()
    var (covariance, variation) = (0.0, 0.0)
    for place in counted {
      let first = sorted.partitioningIndex { $0 >= values[place] }
      let last = sorted.partitioningIndex { $0 > values[place] }
      let rank = Double(first + last - sorted.count) / 2
      covariance += rank * ranks[Int(levels[place])]
      variation += rank * rank
    }
    #expect(isClose(ranked.covariance, covariance, 1e-13))
    #expect(isClose(ranked.rankVariation, variation, 1e-13))
  }

  @Test func countsAndSortsAlike() throws {
    var random = SeededRandom(seed: 9)
    for count in [2, 3, 31, 32, 33, 34, 200] {
      let x = (0..<count).map { Double($0 % 7) + (random.normal()).rounded() }
      let y = x.map { ($0 + 2 * random.normal()).rounded() }
      let coded = Coded(x)
      let pooled = Spearman.pooled(coded.sample(y))
      #expect(Spearman.correlation(x, y) == pooled, "\(count)")
    }
  }

  @Test func isNilWithoutVariation() {
    #expect(Spearman.correlation([], []) == nil)
    #expect(Spearman.correlation([1, 2], [3, 3]) == nil)
    #expect(
      Spearman.pooled(Sample(levels: [4], codes: [0, 0] as [UInt32], values: [1.0, 2])) == nil)
    #expect(Spearman.correlation([1, 2], [3, 4]) == 1)
  }

  @Test func cohensDEqualsNumPy() throws {
    let cases = Golden.statistics("cohens-d")
    #expect(cases.count > 20)
    for (statistic, column) in cases {
      let sorted = column.y.sorted()
      let median = (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
      var low = StreamingMoments()
      var high = StreamingMoments()
      for (x, y) in zip(column.x, column.y) {
        if y < median { low.add(x) } else { high.add(x) }
      }
      let d = StreamingMoments.cohensD(high, low)
      #expect(isClose(try #require(d), statistic.expected, 1e-12), "\(statistic.name)")
    }
    #expect(StreamingMoments.cohensD(.init(), .init()) == nil)
  }

  /// Moments of parts put together are those of all numbers.
  @Test(arguments: [0, 1, 2, 7, 40]) func momentsOfParts(cut: Int) {
    let numbers = (0..<40).map { Double($0 * $0 % 23) + 1_000 }
    var (whole, first, second) = (StreamingMoments(), StreamingMoments(), StreamingMoments())
    for (index, number) in numbers.enumerated() {
      whole.add(number)
      if index < cut { first.add(number) } else { second.add(number) }
    }
    first.merge(second)
    #expect(first.count == 40)
    #expect(abs(first.mean - whole.mean) < 1e-12 * whole.mean)
    #expect(
      abs(first.standardDeviation - whole.standardDeviation) < 1e-9 * whole.standardDeviation)
  }
}

extension Array {
  /// The first place from which on a predicate holds.
  fileprivate func partitioningIndex(where predicate: (Element) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if predicate(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
