import TestSupport
import Testing

@testable import Calibrate

@Suite struct OrderStatisticsTests {
  static func quantile(_ fraction: Double, of values: [Double]) -> Double {
    OrderStatistics.quantile(
      fraction, population: values.count { !$0.isNaN }, count: values.count
    ) { values[$0] }
  }

  @Test func rewardQuantilesEqualNumPy() {
    let cases = Golden.statistics("reward-quantile")
    #expect(cases.count > 100)
    for (statistic, column) in cases {
      let ours = Self.quantile(statistic.argument, of: column.y)
      #expect(isClose(ours, statistic.expected, 1e-14), "\(statistic.name) \(statistic.argument)")
    }
  }

  @Test func lengthQuantilesEqualNumPy() {
    for (statistic, column) in Golden.statistics("length-quantile") {
      let coded = Coded(column.x)
      let levels = PopulationLevels(coded.sample(column.y))
      let ours = levels.quantile(statistic.argument)
      #expect(isClose(ours, statistic.expected, 1e-14), "\(statistic.name) \(statistic.argument)")
    }
  }

  @Test(arguments: UInt64(1)...6)
  func selectsAsSortingDoes(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    // Beyond the number of values that are copied, with long runs of equal ones in some seeds.
    let count = Int.random(in: 70_000...90_000, using: &random)
    let isCoarse = seed.isMultiple(of: 2)
    let values = (0..<count).map { _ in
      let value = random.normal()
      return isCoarse ? value.rounded() : 1 + value * 0x1p-40
    }
    let sorted = values.sorted()
    for rank in [0, 1, count / 3, count / 2, count - 1] {
      let selected = OrderStatistics.select(rank: rank, of: values)
      #expect(selected.value == sorted[rank])
      #expect(selected.isRepeated == (rank + 1 < count && sorted[rank + 1] == sorted[rank]))
    }
    let median = (sorted[(count - 1) / 2] + sorted[count / 2]) / 2
    #expect(Self.quantile(0.5, of: values) == median)
  }

  @Test(arguments: UInt64(1)...5)
  func findsQuantilesOfManyValues(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let count = 100_000 + Int(seed)
    var values = (0..<count).map { _ in random.normal() }
    if seed == 2 { values = values.map { ($0 * 2).rounded() } }
    if seed == 3 { values.sort() }
    if seed == 4 { values = values.map { $0 < 0 ? 7 : $0 } }
    for index in stride(from: 0, to: count, by: 3) { values[index] = .nan }
    let sorted = values.filter { !$0.isNaN }.sorted()
    let fractions = [0, 1e-6, 0.01, 0.25, 0.5, 0.7, 0.999, 1]
    let together = OrderStatistics.quantiles(fractions, of: values)
    for (number, fraction) in fractions.enumerated() {
      let position = QuantilePosition(fraction, population: sorted.count)
      let next = sorted[min(position.rank + 1, sorted.count - 1)]
      let expected = position.interpolate(sorted[position.rank], next)
      for threads in 1...3 {
        let found = OrderStatistics.quantile(
          fraction, of: values, population: sorted.count, threads: threads)
        #expect(found == expected, "\(fraction)")
      }
      #expect(together[number] == expected, "\(fraction)")
    }
  }

  @Test func findsQuantilesWhenTheSampleMisleads() {
    var values = (0..<50_001).map(Double.init)
    // The sample of the numbers 0, 1, 2, … tells which places it is taken from.
    for index in OrderStatistics.sample(of: values) { values[Int(index)] = 1e9 + index }
    let sorted = values.sorted()
    #expect(OrderStatistics.quantile(0.5, of: values, population: 50_001) == sorted[25_000])
    #expect(OrderStatistics.quantile(0.1, of: values, population: 50_001) == sorted[5000])
    #expect(OrderStatistics.quantiles([0.1, 0.5], of: values) == [sorted[5000], sorted[25_000]])
    #expect(OrderStatistics.approximateMedian(of: values, population: 50_001) > 1e9)
  }

  @Test func ordersSignsZerosAndInfinities() {
    let values: [Double] = [
      3, -.infinity, -2, .nan, 0, .infinity, -0.5, .leastNonzeroMagnitude, .nan,
    ]
    let sorted = values.filter { !$0.isNaN }.sorted()
    for rank in sorted.indices {
      let selected = OrderStatistics.select(rank: rank, of: values)
      #expect(selected.value == sorted[rank])
    }
    #expect(Self.quantile(0.5, of: [.nan]).isNaN)
    #expect(Self.quantile(0.5, of: [-.infinity, 1]) == -.infinity)
  }
}
