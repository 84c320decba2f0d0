/// Mean rewards of candidates whose characteristic is similar, around any value of it.
///
/// Means are differences of compensated prefix sums, so that no window costs more than another and
/// one outlier spoils no other window.
package struct MeanWindows {
  /// The levels that occur, in ascending order.
  package let levels: PopulationLevels
  /// How far off a level of the window may be; both edges belong to it.
  private let radius: Double
  /// The sums of the rewards before each level, and of all.
  private let before: [CompensatedSum]

  /// - Parameter sums: For each code the sum of its candidates' rewards.
  init(sums: [CompensatedSum], at levels: PopulationLevels, radius: Double) {
    self.levels = levels
    self.radius = radius
    var before: [CompensatedSum] = [.init()]
    before.reserveCapacity(levels.count + 1)
    var running = CompensatedSum()
    for code in levels.codes {
      running.add(sums[code])
      before.append(running)
    }
    self.before = before
  }

  /// - Parameter levels: The levels that occur in the sample; nil to have them counted.
  package init(_ sample: Sample, at levels: PopulationLevels? = nil, radius: Double) {
    var sums = [CompensatedSum](repeating: .init(), count: sample.levels.count)
    Blocks.forEach(sample, in: 0..<sample.count) { codes, values in
      for index in codes.indices {
        let value = values[index]
        if !value.isNaN { sums[Int(codes[index])].add(value) }
      }
    }
    self.init(sums: sums, at: levels ?? PopulationLevels(sample), radius: radius)
  }

  /// How many candidates some neighbouring levels have.
  package func count(of places: Range<Int>) -> Int {
    levels.starts[places.upperBound] - levels.starts[places.lowerBound]
  }

  /// The sum of their rewards.
  package func sum(of places: Range<Int>) -> Double {
    before[places.upperBound] - before[places.lowerBound]
  }

  /// The levels within the radius of a value.
  ///
  /// - Complexity: O(log U) for U levels.
  package func places(around value: Double) -> Range<Int> {
    let lower = firstPlace { value - $0 <= radius }
    return lower..<max(lower, firstPlace { $0 - value > radius })
  }

  /// The first place whose level something holds of that holds of all behind it.
  private func firstPlace(_ holds: (Double) -> Bool) -> Int {
    var (low, high) = (0, levels.count)
    while low < high {
      let middle = (low + high) / 2
      if holds(levels.values[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }

  /// The mean within the radius of every level that occurs, in their order; NaN where fewer
  /// candidates are in the window.
  ///
  /// - Complexity: O(U) for U levels.
  func means(minimumCount: Int) -> [Double] {
    var lower = 0
    var upper = 0
    return levels.values.map { value in
      while value - levels.values[lower] > radius { lower += 1 }
      while upper < levels.count, levels.values[upper] - value <= radius { upper += 1 }
      return mean(of: lower..<upper, minimumCount: minimumCount)
    }
  }

  /// The mean of the rewards at some neighbouring levels; NaN of fewer candidates than are needed.
  package func mean(of places: Range<Int>, minimumCount: Int) -> Double {
    let count = count(of: places)
    return count >= max(minimumCount, 1) ? sum(of: places) / Double(count) : .nan
  }
}
