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
  /// - Complexity: O(n) time for most data; nine bytes a candidate.
  package static func pooled(_ sample: Sample, threads: Int = 1) -> Double? {
    let population = PopulationLevels(sample, threads: threads)
    let ranked = RankedValues(PopulationColumn(sample: sample))
    // Ranks are taken from their mean, so that no digits go into squares of large numbers.
    let ranks = population.centeredRanks(levels: sample.levels.count)
    let parts = Parallel.parts(of: sample.count)
    var covariances = [Double](repeating: 0, count: parts)
    covariances.withUnsafeMutableBufferPointer { covariances in
      Parallel.perform(parts, threads: threads) { part in
        var sum = 0.0
        let range = Parallel.range(part, of: parts, count: sample.count)
        Blocks.forEach(sample, in: range) { codes, values in
          for index in codes.indices {
            let value = values[index]
            let rank = ranks[Int(codes[index])]
            if !value.isNaN, !rank.isNaN { sum += rank * ranked.centeredRank(of: value) }
          }
        }
        covariances[part] = sum
      }
    }
    let covariance = covariances.reduce(0, +)
    return correlation(covariance, population.rankVariation, ranked.rankVariation)
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
    Blocks.forEachPrompt(sample, prompts) { _, codes, _, rewards in
      lengths.removeAll(keepingCapacity: true)
      for code in codes { lengths.append(sample.levels[Int(code)]) }
      if let correlation = correlation(lengths, rewards) {
        total += correlation
        count += 1
      }
    }
    return (count == 0 ? nil : total / Double(count), count)
  }

  /// The correlation of two short columns without NaN; nil if either has only one value.
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
