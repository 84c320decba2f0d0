internal import Hashing
internal import Work

/// How figures are found again on prompts drawn at random, which tells how sure they are.
///
/// The bootstrap of B. Efron, "Bootstrap Methods: Another Look at the Jackknife", Annals of
/// Statistics 7, 1979. Prompts are drawn with replacement within their subset, as many as it has,
/// with all of their answers, and everything is fitted again to what was drawn.
package struct Resampling: Sendable {
  /// How often; 0 for no intervals.
  package var count: Int
  package var seed: UInt64

  package init(count: Int, seed: UInt64) {
    self.count = count
    self.seed = seed
  }

  /// What comes of the figures as they are and of every resample, in order.
  ///
  /// - Parameter checkpoint: Throws where the work is to be given up; called every few elements.
  static func map<Element: Sendable, Outcome: Sendable>(
    _ elements: [Element], threads: Int, progress: (any ProgressSink)?,
    checkpoint: () throws -> Void, _ body: @Sendable (Element) -> Outcome
  ) throws -> [Outcome] {
    var outcomes: [Outcome] = []
    let batch = 4 * max(1, threads)
    for start in stride(from: 0, to: elements.count, by: batch) {
      try checkpoint()
      outcomes += Concurrent.map(
        Array(elements[start..<min(start + batch, elements.count)]), threads: threads, body)
      progress?.update(outcomes.count)
    }
    return outcomes
  }

  /// How often each prompt was drawn.
  ///
  /// - Parameters:
  ///   - replicate: From 0.
  ///   - strata: The places of the prompts of each subset.
  func multiplicities(
    _ replicate: Int, strata: [[Int]], count: Int
  ) -> [Int] {
    var random = SplitMix(seed: SplitMix.mixed(seed) ^ UInt64(replicate))
    var times = [Int](repeating: 0, count: count)
    for stratum in strata {
      for _ in stratum.indices { times[stratum[random.below(stratum.count)]] += 1 }
    }
    return times
  }
}
