package import Columns

/// The bias as the plain mean reward of candidates of similar length.
///
/// RC-Mean of Huang et al. (arXiv 2409.17407). A level with too few neighbours has no
/// bias. There a pair is calibrated only if both sides have enough neighbours; with several
/// candidates a prompt, a prompt is left alone as soon as one of them has no bias.
package enum MeanCalibration {
  /// What counts as similar.
  package struct Parameters: Hashable, Sendable {
    /// The mean length difference within prompts is divided by this to give the radius.
    package var ratio: Double
    /// With fewer candidates than this inside the radius (itself among them) there is no bias.
    package var minimumCount: Int

    package init(ratio: Double = 4, minimumCount: Int = 10) {
      self.ratio = ratio
      self.minimumCount = minimumCount
    }
  }

  /// The mean difference in length over all pairs of candidates that answer one prompt.
  ///
  /// - Parameters:
  ///   - sample: The candidates.
  ///   - prompts: For each candidate its prompt; those of a prompt stand together.
  /// - Returns: The mean, in units of the characteristic; 0 if no prompt has a pair.
  /// - Complexity: O(n log k) for k candidates a prompt.
  package static func meanLengthDifference(_ sample: Sample, prompts: any CodeSource) -> Double {
    var total = CompensatedSum()
    var pairs = 0
    var lengths: [Double] = []
    PromptBatch.forEach(in: sample, prompts) { batch in
      for place in batch.prompts.indices {
        lengths.removeAll(keepingCapacity: true)
        for candidate in batch.members(of: place) {
          lengths.append(sample.levels[Int(batch.codes[candidate])])
        }
        addDifferences(of: &lengths, to: &total, pairs: &pairs)
      }
    }
    return pairs == 0 ? 0 : total.value / Double(pairs)
  }

  /// Adds the differences of all pairs: sorted, the gap after the i-th of k is in i · (k − i).
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
  ///   - sample: What is averaged.
  ///   - population: The levels that occur; nil to have them counted.
  ///   - radius: In units of the characteristic.
  ///   - minimumCount: With fewer candidates inside the radius there is no bias.
  /// - Returns: For each level the bias; NaN where there is none.
  /// - Complexity: O(n + U log U) time, O(U) memory.
  package static func fit(
    _ sample: Sample, population: PopulationLevels? = nil, radius: Double, minimumCount: Int
  ) -> [Double] {
    byCode(
      MeanWindows(sample, at: population, radius: radius), minimumCount: minimumCount,
      count: sample.levels.count)
  }

  /// The same of sums by level.
  package static func means(
    of sums: [CompensatedSum], at population: PopulationLevels, within radius: Double,
    minimumCount: Int
  ) -> [Double] {
    byCode(
      MeanWindows(sums: sums, at: population, radius: radius), minimumCount: minimumCount,
      count: sums.count)
  }

  private static func byCode(
    _ windows: MeanWindows, minimumCount: Int, count: Int
  ) -> [Double] {
    var result = [Double](repeating: .nan, count: count)
    for (code, mean) in zip(windows.levels.codes, windows.means(minimumCount: minimumCount)) {
      result[code] = mean
    }
    return result
  }
}
