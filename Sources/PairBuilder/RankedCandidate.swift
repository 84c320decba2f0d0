/// A candidate as pairing sees it.
package struct RankedCandidate: Equatable, Sendable {
  /// The candidate's number, in the order they were read.
  package var candidate: Int
  /// The calibrated reward; never NaN.
  package var score: Double
  /// The first characteristic.
  package var length: Double
  /// What decides between equal scores: the smaller ranks first.
  package var tieBreak: Double

  /// - Parameter tieBreak: nil: the length, so that the shorter ranks first.
  package init(candidate: Int, score: Double, length: Double, tieBreak: Double? = nil) {
    self.candidate = candidate
    self.score = score
    self.length = length
    self.tieBreak = tieBreak ?? length
  }

  /// The same candidate with another score.
  package func scored(_ score: Double) -> RankedCandidate {
    var scored = self
    scored.score = score
    return scored
  }

  /// Whether this candidate ranks before another: the higher score, then the smaller tie-break, then
  /// the earlier.
  package func ranksBefore(_ other: RankedCandidate) -> Bool {
    if score != other.score { return score > other.score }
    if tieBreak != other.tieBreak { return tieBreak < other.tieBreak }
    return candidate < other.candidate
  }
}

extension [RankedCandidate] {
  /// The same candidates with other scores.
  package func scored(_ score: (RankedCandidate) -> Double) -> [RankedCandidate] {
    map { $0.scored(score($0)) }
  }
}
