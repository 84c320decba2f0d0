package import Columns

/// Spearman's rank correlation of characteristic and reward; ties share their average rank.
///
/// As `scipy.stats.spearmanr`, the Pearson correlation of the ranks.
package enum Spearman {
  /// The correlation over the whole population.
  ///
  /// - Parameters:
  ///   - sample: The candidates, with rewards or scores.
  ///   - threads: How many threads may work; the result does not depend on it.
  /// - Returns: −1 to 1; nil if all lengths or all rewards are equal.
  /// - Complexity: O(n) time for most data; thirteen bytes a candidate.
  package static func pooled(_ sample: Sample, threads: Int = 1) -> Double? {
    let population = PopulationLevels(sample, threads: threads)
    // Ranks are taken from their mean, so that no digits go into squares of large numbers.
    let ranked = RankedValues(sample, ranks: population.centeredRanks(levels: sample.levels.count))
    return correlation(ranked.covariance, population.rankVariation, ranked.rankVariation)
  }

  /// The mean of the prompts' own correlations, over prompts where both lengths and rewards differ.
  ///
  /// - Parameters:
  ///   - sample: The candidates, with rewards or scores.
  ///   - prompts: For each candidate its prompt; those of a prompt stand together.
  /// - Returns: The mean, nil if there is no such prompt, and how many there are.
  /// - Complexity: O(n log k) time for k candidates a prompt, O(k) memory.
  package static func meanWithinPrompt(
    _ sample: Sample, prompts: any CodeSource
  ) -> (mean: Double?, prompts: Int) {
    var total = 0.0
    var count = 0
    var lengths: [Double] = []
    var ranks = ShortRanks()
    PromptBatch.forEach(in: sample, prompts) { batch in
      for place in batch.prompts.indices {
        let members = batch.members(of: place)
        lengths.removeAll(keepingCapacity: true)
        for candidate in members { lengths.append(sample.levels[Int(batch.codes[candidate])]) }
        ranks.rank(lengths.span)
        if let correlation = ranks.correlation(with: batch.values.span.extracting(members)) {
          total += correlation
          count += 1
        }
      }
    }
    return (count == 0 ? nil : total / Double(count), count)
  }

  /// The correlation of two short columns without NaN; nil if either has only one value.
  package static func correlation(_ first: [Double], _ second: [Double]) -> Double? {
    guard first.count > 1 else { return nil }
    var ranks = ShortRanks()
    ranks.rank(first.span)
    return ranks.correlation(with: second.span)
  }

  static func correlationBySorting(_ first: [Double], _ second: [Double]) -> Double? {
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
  package func centeredRanks(levels: Int) -> [Double] {
    var ranks = [Double](repeating: .nan, count: levels)
    for place in 0..<count { ranks[codes[place]] = centeredRank(at: place) }
    return ranks
  }

  /// The sum of squares of centred ranks over the population.
  package var rankVariation: Double {
    (0..<count).reduce(0) { sum, place in
      let rank = centeredRank(at: place)
      return sum + Double(candidates(at: place)) * rank * rank
    }
  }

  private func centeredRank(at place: Int) -> Double {
    Double(starts[place] + starts[place + 1] - population) / 2
  }
}
