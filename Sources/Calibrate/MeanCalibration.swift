/// The bias as the plain mean reward of candidates of similar length.
///
/// RC-Mean of Huang et al. (arXiv 2409.17407). A level with too few neighbours has no
/// bias. There a pair is calibrated only if both sides have enough neighbours; with several
/// candidates a prompt, a prompt is left alone as soon as one of them has no bias.
@usableFromInline
package enum MeanCalibration {
  /// What counts as similar.
  @usableFromInline
  package struct Parameters: Hashable, Sendable {
    /// The mean length difference within prompts is divided by this to give the radius.
    @usableFromInline package var ratio: Double
    /// With fewer candidates than this inside the radius (itself among them) there is no bias.
    @usableFromInline package var minimumCount: Int

    package init(ratio: Double = 4, minimumCount: Int = 10) {
      self.ratio = ratio
      self.minimumCount = minimumCount
    }
  }

  /// The mean difference in length over all pairs of candidates that answer one prompt.
  ///
  /// - Parameters:
  ///   - levels: The distinct characteristic values, in any order.
  ///   - codes: For each candidate the index of its level.
  ///   - values: For each candidate its reward; NaN for one outside the population.
  ///   - groups: The candidates by prompt.
  /// - Returns: The mean, in units of the characteristic; 0 if no prompt has a pair.
  /// - Complexity: O(n log k) for k candidates a prompt.
  @inlinable
  package static func meanLengthDifference<Codes, Values, Offsets, Order>(
    levels: [Double], codes: Codes, values: Values, groups: PromptGroups<Offsets, Order>
  ) -> Double
  where
    Codes: RandomAccessCollection<UInt32>, Codes.Index == Int,
    Values: RandomAccessCollection<Double>, Values.Index == Int
  {
    var total = CompensatedSum()
    var pairs = 0
    var lengths: [Double] = []
    for prompt in 0..<groups.count {
      lengths.removeAll(keepingCapacity: true)
      for place in groups.places(of: prompt) {
        let index = Int(groups.order[place])
        let length = levels[Int(codes[index])]
        if !values[index].isNaN, length.isFinite { lengths.append(length) }
      }
      addDifferences(of: &lengths, to: &total, pairs: &pairs)
    }
    return pairs == 0 ? 0 : total.value / Double(pairs)
  }

  /// Adds the differences of all pairs: sorted, the gap after the i-th of k is in i · (k − i).
  @usableFromInline
  package static func addDifferences(
    of lengths: inout [Double], to total: inout CompensatedSum, pairs: inout Int
  ) {
    lengths.sort()
    for place in lengths.indices.dropFirst() {
      let gap = lengths[place] - lengths[place - 1]
      total.add(gap * Double(place * (lengths.count - place)))
      pairs += place
    }
  }

  /// The mean reward within `radius`, inclusive, of every level.
  ///
  /// - Parameters:
  ///   - levels: The distinct characteristic values, in any order.
  ///   - codes: For each candidate the index of its level.
  ///   - values: For each candidate its reward; NaN for one outside the population. Finite.
  ///   - population: The levels that occur; nil to have them counted.
  ///   - radius: In units of the characteristic.
  ///   - minimumCount: With fewer candidates inside the radius there is no bias.
  /// - Returns: For each level the bias; NaN where there is none.
  /// - Complexity: O(n + U log U) time, O(U) memory.
  @inlinable
  package static func fit<Codes, Values>(
    levels: [Double], codes: Codes, values: Values, population: PopulationLevels? = nil,
    radius: Double, minimumCount: Int
  ) -> [Double]
  where
    Codes: RandomAccessCollection<UInt32>, Codes.Index == Int,
    Values: RandomAccessCollection<Double>, Values.Index == Int
  {
    var sums = [CompensatedSum](repeating: .init(), count: levels.count)
    for index in 0..<codes.count {
      let value = values[index]
      if !value.isNaN { sums[Int(codes[index])].add(value) }
    }
    return means(
      of: sums,
      at: population ?? PopulationLevels(levels: levels, codes: codes, values: values),
      within: radius, minimumCount: max(minimumCount, 1))
  }

  /// Means over a sliding window, as differences of compensated prefix sums.
  @usableFromInline
  package static func means(
    of sums: [CompensatedSum], at population: PopulationLevels, within radius: Double,
    minimumCount: Int
  ) -> [Double] {
    var before: [CompensatedSum] = [.init()]
    before.reserveCapacity(population.count + 1)
    var running = CompensatedSum()
    for code in population.codes {
      running.add(sums[code])
      before.append(running)
    }
    var result = [Double](repeating: .nan, count: sums.count)
    var lower = 0
    var upper = 0
    for place in 0..<population.count {
      let length = population.values[place]
      while length - population.values[lower] > radius { lower += 1 }
      while upper < population.count, population.values[upper] - length <= radius { upper += 1 }
      let count = population.starts[upper] - population.starts[lower]
      if count >= minimumCount {
        result[population.codes[place]] = (before[upper] - before[lower]) / Double(count)
      }
    }
    return result
  }
}
