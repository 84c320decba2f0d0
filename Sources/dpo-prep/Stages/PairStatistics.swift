internal import Calibrate
internal import Columns
internal import Ingest
internal import Records
internal import Scan

/// How the lengths of chosen and rejected answers compare over many pairs.
struct PairStatistics {
  private(set) var pairs = 0
  /// Pairs whose chosen answer is the longer, and those of equal length.
  private(set) var longerChosen = 0
  private(set) var equalLength = 0
  private var chosen = StreamingMoments()
  private var rejected = StreamingMoments()

  /// Adds a pair.
  mutating func add(_ plan: PairPlan, in table: CandidateTable) {
    let lengths = (table.lengths[0][Int(plan.chosen)], table.lengths[0][Int(plan.rejected)])
    pairs += 1
    if lengths.0 > lengths.1 { longerChosen += 1 }
    if lengths.0 == lengths.1 { equalLength += 1 }
    chosen.add(lengths.0)
    rejected.add(lengths.1)
  }

  /// The share of pairs whose chosen answer is the longer; nil without pairs.
  var longerChosenShare: Double? { pairs == 0 ? nil : Double(longerChosen) / Double(pairs) }

  /// The share of longer chosen less that of shorter chosen, 0 without a preference; nil without pairs.
  var preference: Double? {
    pairs == 0 ? nil : Double(2 * longerChosen + equalLength - pairs) / Double(pairs)
  }

  /// The mean of chosen length − rejected length; nil without pairs.
  var meanLengthGap: Double? { pairs == 0 ? nil : chosen.mean - rejected.mean }

  /// The gap in pooled standard deviations.
  var cohensD: Double? { StreamingMoments.cohensD(chosen, rejected) }
}
