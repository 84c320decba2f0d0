/// Spearman's rank correlation of characteristic and reward; ties share their average rank.
///
/// As `scipy.stats.spearmanr`, the Pearson correlation of the ranks.
@usableFromInline
package enum Spearman {
  /// The correlation over the whole population.
  ///
  /// - Parameters:
  ///   - levels: The distinct characteristic values, in any order.
  ///   - codes: For each candidate the index of its level.
  ///   - values: For each candidate its reward or score; NaN for one outside the population.
  /// - Returns: −1 to 1; nil if all lengths or all rewards are equal.
  /// - Complexity: O(n log n) time; eight bytes a candidate.
  @inlinable
  package static func pooled<Codes, Values>(
    levels: [Double], codes: Codes, values: Values
  ) -> Double?
  where
    Codes: RandomAccessCollection<UInt32>, Codes.Index == Int,
    Values: RandomAccessCollection<Double>, Values.Index == Int
  {
    let population = PopulationLevels(levels: levels, codes: codes, values: values)
    var sorted: [Double] = []
    sorted.reserveCapacity(population.population)
    for index in 0..<codes.count where levels[Int(codes[index])].isFinite {
      let value = values[index]
      if !value.isNaN { sorted.append(value) }
    }
    sorted.sort()
    // Ranks are taken from their mean, so that no digits go into squares of large numbers.
    let ranks = population.centeredRanks(levels: levels.count)
    var covariance = 0.0
    for index in 0..<codes.count {
      let value = values[index]
      let rank = ranks[Int(codes[index])]
      if !value.isNaN, !rank.isNaN { covariance += rank * centeredRank(of: value, in: sorted) }
    }
    return correlation(
      covariance, population.rankVariation, rankVariation(of: sorted))
  }

  /// The mean of the prompts' own correlations, over prompts where both lengths and rewards differ.
  ///
  /// - Parameter groups: The candidates by prompt.
  /// - Returns: The mean, nil if there is no such prompt, and how many there are.
  /// - Complexity: O(n log k) time for k candidates a prompt, O(k) memory.
  @inlinable
  package static func meanWithinPrompt<Codes, Values, Offsets, Order>(
    levels: [Double], codes: Codes, values: Values, groups: PromptGroups<Offsets, Order>
  ) -> (mean: Double?, prompts: Int)
  where
    Codes: RandomAccessCollection<UInt32>, Codes.Index == Int,
    Values: RandomAccessCollection<Double>, Values.Index == Int
  {
    var total = 0.0
    var prompts = 0
    var lengths: [Double] = []
    var rewards: [Double] = []
    for prompt in 0..<groups.count {
      lengths.removeAll(keepingCapacity: true)
      rewards.removeAll(keepingCapacity: true)
      for place in groups.places(of: prompt) {
        let index = Int(groups.order[place])
        let length = levels[Int(codes[index])]
        let value = values[index]
        if !value.isNaN, length.isFinite {
          lengths.append(length)
          rewards.append(value)
        }
      }
      if let correlation = correlation(lengths, rewards) {
        total += correlation
        prompts += 1
      }
    }
    return (prompts == 0 ? nil : total / Double(prompts), prompts)
  }

  /// The correlation of two short columns; nil if either has only one value.
  @usableFromInline
  package static func correlation(_ first: [Double], _ second: [Double]) -> Double? {
    guard first.count > 1 else { return nil }
    let sortedFirst = first.sorted()
    let sortedSecond = second.sorted()
    var covariance = 0.0
    for (x, y) in zip(first, second) {
      covariance += centeredRank(of: x, in: sortedFirst) * centeredRank(of: y, in: sortedSecond)
    }
    return correlation(
      covariance, rankVariation(of: sortedFirst), rankVariation(of: sortedSecond))
  }

  /// A Pearson correlation from its three sums.
  @usableFromInline
  package static func correlation(
    _ covariance: Double, _ first: Double, _ second: Double
  ) -> Double? {
    guard first > 0, second > 0 else { return nil }
    return min(max(covariance / (first * second).squareRoot(), -1), 1)
  }

  /// The average rank of a value among sorted ones, less the mean of all ranks.
  @usableFromInline
  package static func centeredRank(of value: Double, in sorted: [Double]) -> Double {
    var low = 0
    var high = sorted.count
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle] < value { low = middle + 1 } else { high = middle }
    }
    var end = low
    high = sorted.count
    // Ties are mostly short: look nearby with growing steps before halving again.
    var step = 1
    while end + step <= high, sorted[end + step - 1] <= value {
      end += step
      step *= 2
    }
    high = min(high, end + step)
    while end < high {
      let middle = (end + high) / 2
      if sorted[middle] <= value { end = middle + 1 } else { high = middle }
    }
    return Double(low + end - sorted.count) / 2
  }

  /// The sum of squares of centred ranks.
  @usableFromInline
  package static func rankVariation(of sorted: [Double]) -> Double {
    var sum = 0.0
    var start = 0
    while start < sorted.count {
      var end = start + 1
      while end < sorted.count, sorted[end] == sorted[start] { end += 1 }
      let rank = Double(start + end - sorted.count) / 2
      sum += Double(end - start) * rank * rank
      start = end
    }
    return sum
  }
}

extension PopulationLevels {
  /// The average rank of each dictionary entry less the mean of all ranks; NaN for absent ones.
  @usableFromInline
  package func centeredRanks(levels: Int) -> [Double] {
    var ranks = [Double](repeating: .nan, count: levels)
    for place in 0..<count { ranks[codes[place]] = centeredRank(at: place) }
    return ranks
  }

  /// The sum of squares of centred ranks over the population.
  @usableFromInline package var rankVariation: Double {
    (0..<count).reduce(0) { sum, place in
      let rank = centeredRank(at: place)
      return sum + Double(candidates(at: place)) * rank * rank
    }
  }

  private func centeredRank(at place: Int) -> Double {
    Double(starts[place] + starts[place + 1] - population) / 2
  }
}
