package import Columns

/// Where most of some rewards lie.
///
/// Neither figure moves much where a few rewards are absurd, such as −1e12 for a judgement that
/// failed, so both can tell which these are.
package struct RewardSpread {
  /// The middle of the rewards; 0 without any.
  package private(set) var median = 0.0
  /// Half of what nine tenths of the deviations that are not 0 do not exceed; 0 without any.
  ///
  /// Half, as the whole may be beyond the largest number. Not the median of the deviations: where
  /// most rewards are nearly the same, the others are all there is to tell.
  private(set) var halfDeviation = 0.0
  /// Half of the largest deviation.
  private(set) var largestHalfDeviation = 0.0

  /// Deviations this many times the typical one are no judgements.
  private static let absurd = 1e3

  /// The spread of rewards about their median.
  package init(of rewards: any NumberSource, threads: Int = 1) {
    median = OrderStatistics.quantiles([0.5], of: rewards)[0]
    guard !median.isNaN else {
      median = 0
      return
    }
    measure(HalfDeviations(values: rewards, centers: [median], groups: nil), threads)
  }

  /// - Parameter deviations: About what they are known to lie.
  init(_ deviations: HalfDeviations, threads: Int) { measure(deviations, threads) }

  private mutating func measure(_ deviations: HalfDeviations, _ threads: Int) {
    var count = 0
    deviations.forEachBlock { block in
      for index in block.indices where !block[index].isNaN {
        count += 1
        largestHalfDeviation = max(largestHalfDeviation, block[index])
      }
    }
    guard count > 0 else { return }
    // A rank, as a mean with the next one could be a mean with the largest.
    let fraction = count == 1 ? 0 : (Double(9 * (count - 1) / 10) / Double(count - 1)).nextDown
    halfDeviation = OrderStatistics.quantile(
      fraction, of: deviations, population: count, threads: threads)
  }

  /// Half of the deviation beyond which a reward is not a judgement; infinite where none is.
  var halfBound: Double {
    let bound = Self.absurd * halfDeviation
    return bound > 0 && largestHalfDeviation > bound ? bound : .infinity
  }

  /// At least how far apart the rewards are that can be judgements, and at most twice that.
  package var width: Double { 4 * min(largestHalfDeviation, halfBound) }

  /// What the rewards have in common, as far as it would cost them digits: the median, to a thousand
  /// deviations.
  ///
  /// A power of two times a whole number, so that nothing is lost where it is taken away. Rewards
  /// that lie around zero, as seen from afar, have none.
  var offset: Double {
    guard halfDeviation > 0 else { return median }
    let unit = 0x1p10 * 2 * halfDeviation.binade
    let offset = (median / unit).rounded() * unit
    // Nor where the smallest and the largest numbers come together.
    return offset.isFinite && offset.magnitude < 0x1p960 ? offset : 0
  }
}

/// Halves of how far rewards lie from what is in their middle, computed as they are asked for; NaN
/// where that is nothing, and outside the population.
struct HalfDeviations: NumberSource {
  let values: any NumberSource
  /// The middle of each group; of all where there are no groups.
  let centers: [Double]
  /// For each reward its group.
  let groups: (any CodeSource)?

  var count: Int { values.count }

  subscript(index: Int) -> Double { deviation(values[index], groups?[index]) }

  private func deviation(_ value: Double, _ group: UInt32?) -> Double {
    let deviation = abs(value / 2 - centers[Int(group ?? 0)] / 2)
    return deviation == 0 ? .nan : deviation
  }

  func copy(from start: Int, into block: inout MutableSpan<Double>) {
    values.copy(from: start, into: &block)
    guard let groups else {
      for index in block.indices { block[index] = deviation(block[index], nil) }
      return
    }
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: block.count) { codes in
      codes.initialize(repeating: 0)
      var part = codes.mutableSpan
      groups.copy(from: start, into: &part)
      for index in block.indices { block[index] = deviation(block[index], part[index]) }
    }
  }
}
