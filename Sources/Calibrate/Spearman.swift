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
  ///   - threads: How many threads may work; the result does not depend on it.
  /// - Returns: −1 to 1; nil if all lengths or all rewards are equal.
  /// - Complexity: O(n) time for most data; nine bytes a candidate.
  @inlinable
  package static func pooled<Codes, Values>(
    levels: [Double], codes: Codes, values: Values, threads: Int = 1
  ) -> Double?
  where
    Codes: RandomAccessCollection<UInt32>, Codes.Index == Int,
    Values: RandomAccessCollection<Double>, Values.Index == Int
  {
    let population = PopulationLevels(
      levels: levels, codes: codes, values: values, threads: threads)
    let ranked = RankedValues(PopulationColumn(levels: levels, codes: codes, values: values))
    // Ranks are taken from their mean, so that no digits go into squares of large numbers.
    let ranks = population.centeredRanks(levels: levels.count)
    let parts = Parallel.parts(of: codes.count)
    var covariances = [Double](repeating: 0, count: parts)
    covariances.withUnsafeMutableBufferPointer { covariances in
      Parallel.perform(parts, threads: threads) { part in
        var sum = 0.0
        for index in Parallel.range(part, of: parts, count: codes.count) {
          let value = values[index]
          let rank = ranks[Int(codes[index])]
          if !value.isNaN, !rank.isNaN { sum += rank * ranked.centeredRank(of: value) }
        }
        covariances[part] = sum
      }
    }
    let covariance = covariances.reduce(0, +)
    return correlation(covariance, population.rankVariation, ranked.rankVariation)
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

  /// The correlation of two short columns without NaN; nil if either has only one value.
  @usableFromInline
  package static func correlation(_ first: [Double], _ second: [Double]) -> Double? {
    guard first.count > 1 else { return nil }
    // Few ranks are found sooner by counting than by sorting.
    return first.count <= 32
      ? correlationByCounting(first, second) : correlationBySorting(first, second)
  }

  private static func correlationByCounting(_ first: [Double], _ second: [Double]) -> Double? {
    // Twice the centred ranks, which are whole.
    var covariance = 0
    var firstVariation = 0
    var secondVariation = 0
    for place in first.indices {
      let x = first[place]
      let y = second[place]
      var firstRank = -first.count
      var secondRank = -first.count
      for other in first.indices {
        firstRank += (first[other] < x ? 1 : 0) + (first[other] <= x ? 1 : 0)
        secondRank += (second[other] < y ? 1 : 0) + (second[other] <= y ? 1 : 0)
      }
      covariance += firstRank * secondRank
      firstVariation += firstRank * firstRank
      secondVariation += secondRank * secondRank
    }
    return correlation(
      Double(covariance) / 4, Double(firstVariation) / 4, Double(secondVariation) / 4)
  }

  private static func correlationBySorting(_ first: [Double], _ second: [Double]) -> Double? {
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
  private static func centeredRank(of value: Double, in sorted: [Double]) -> Double {
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
  private static func rankVariation(of sorted: [Double]) -> Double {
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
