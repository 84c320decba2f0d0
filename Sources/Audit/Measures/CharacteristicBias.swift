internal import Calibrate

/// How a characteristic of the answers, such as their length, goes with being chosen.
package struct CharacteristicBias: Sendable {
  /// The share of pairs whose chosen answer has more of it.
  package var moreChosen: Double
  /// The mean of chosen − rejected.
  package var gapMean: Double
  /// The median of chosen − rejected.
  package var gapMedian: Double
  /// The gap of the means in pooled standard deviations (n − 1); nil where nothing varies.
  package var cohensD: Double?
  /// Spearman's correlation of score margin and gap, over pairs with scores; nil without any, or
  /// where one side does not vary.
  package var spearmanWithMargin: Double?
  /// How often preferring the answer with more of it is right; pairs with as much count half.
  package var moreAccuracy: Double

  /// - Parameters:
  ///   - chosen: The characteristic of each chosen answer; never empty.
  ///   - rejected: That of the rejected answer.
  ///   - margins: The pairs' margins; NaN without scores.
  init(chosen: [Double], rejected: [Double], margins: [Double]) {
    var (more, same) = (0, 0)
    var (first, second) = (StreamingMoments(), StreamingMoments())
    var gaps: [Double] = []
    gaps.reserveCapacity(chosen.count)
    for (chosen, rejected) in zip(chosen, rejected) {
      if chosen > rejected { more += 1 }
      if chosen == rejected { same += 1 }
      first.add(chosen)
      second.add(rejected)
      gaps.append(chosen - rejected)
    }
    let count = Double(chosen.count)
    moreChosen = Double(more) / count
    moreAccuracy = (Double(more) + 0.5 * Double(same)) / count
    // Characteristics are whole numbers, so this sum is exact.
    gapMean = gaps.reduce(0, +) / count
    cohensD = StreamingMoments.cohensD(first, second)
    let scored = gaps.indices.filter { !margins[$0].isNaN }
    spearmanWithMargin = Spearman.correlation(scored.map { margins[$0] }, scored.map { gaps[$0] })
    gaps.sort()
    gapMedian = Quantile.of(gaps, 0.5)
  }
}
