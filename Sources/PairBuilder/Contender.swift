/// A candidate as pairing sees it.
package struct Contender: Equatable, Sendable {
  /// The candidate's number, in the order they were read.
  package var candidate: Int
  /// The calibrated reward; never NaN.
  package var score: Double
  /// The first characteristic.
  package var length: Double

  package init(candidate: Int, score: Double, length: Double) {
    self.candidate = candidate
    self.score = score
    self.length = length
  }

  /// Whether this candidate ranks before another: the higher score, then the shorter, then the
  /// earlier.
  package func ranksBefore(_ other: Contender) -> Bool {
    if score != other.score { return score > other.score }
    if length != other.length { return length < other.length }
    return candidate < other.candidate
  }
}
