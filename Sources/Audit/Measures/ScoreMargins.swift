internal import Calibrate

/// How far apart the scores of the pairs are, over pairs that have scores.
package struct ScoreMargins: Sendable {
  /// Pairs with scores.
  package var count: Int
  package var mean: Double?
  /// With n − 1.
  package var standardDeviation: Double?
  /// The 5th, 25th, 50th, 75th and 95th percentile.
  package var percentiles: [(percent: Int, value: Double)]
  /// Pairs whose scores are equal.
  package var ties: Int
  /// Other pairs whose margin is less than a tenth of the margins' standard deviation.
  package var nearTies: Int
  /// Pairs whose rejected answer has the higher score.
  package var inverted: Int

  /// - Parameter margins: The pairs' margins; NaN without scores.
  init(_ margins: [Double]) {
    let margins = margins.filter { !$0.isNaN }.sorted()
    var moments = StreamingMoments()
    for margin in margins { moments.add(margin) }
    let deviation = moments.standardDeviation
    count = margins.count
    mean = margins.isEmpty ? nil : moments.mean
    standardDeviation = margins.count > 1 ? deviation : nil
    percentiles =
      margins.isEmpty
      ? [] : [5, 25, 50, 75, 95].map { ($0, Quantile.of(margins, Double($0) / 100)) }
    ties = margins.count { $0 == 0 }
    nearTies = margins.count { $0 != 0 && abs($0) < 0.1 * deviation }
    inverted = margins.count { $0 < 0 }
  }
}
