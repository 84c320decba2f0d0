internal import Calibrate
internal import Columns
internal import Ingest
package import Records
package import Scan

/// How the lengths of chosen and rejected answers compare over many pairs.
package struct PairStatistics: Sendable {
  package private(set) var pairs = 0
  /// Pairs whose chosen answer is the longer, and those of equal length.
  package private(set) var longerChosen = 0
  package private(set) var equalLength = 0
  private var chosen = StreamingMoments()
  private var rejected = StreamingMoments()

  package init() {}

  /// Adds a pair.
  package mutating func add(_ plan: PairPlan, in table: CandidateTable) {
    add(
      chosen: table.primary[Int(plan.chosen)], rejected: table.primary[Int(plan.rejected)])
  }

  /// Adds a pair by the lengths of its answers.
  mutating func add(chosen length: Double, rejected rejectedLength: Double) {
    pairs += 1
    if length > rejectedLength { longerChosen += 1 }
    if length == rejectedLength { equalLength += 1 }
    chosen.add(length)
    rejected.add(rejectedLength)
  }

  /// The share of pairs whose chosen answer is the longer; nil without pairs.
  package var longerChosenShare: Double? { pairs == 0 ? nil : Double(longerChosen) / Double(pairs) }

  /// The share of longer chosen less that of shorter chosen, 0 without a preference; nil without pairs.
  package var preference: Double? {
    pairs == 0 ? nil : Double(2 * longerChosen + equalLength - pairs) / Double(pairs)
  }

  /// The mean of chosen length − rejected length; nil without pairs.
  package var meanLengthGap: Double? { pairs == 0 ? nil : chosen.mean - rejected.mean }

  /// The gap in pooled standard deviations.
  package var cohensD: Double? { StreamingMoments.cohensD(chosen, rejected) }
}
