/// What pairs have to keep, as numbers; by itself that the chosen answer scores higher.
package struct PairRules: Sendable {
  /// Something of a candidate, by its number.
  package typealias Fact<Value> = @Sendable (_ candidate: Int) -> Value

  /// The smallest and the largest difference of scores.
  package var minMargin = 0.0
  package var maxMargin: Double?
  /// How far a difference of scores may be off by how they were computed; a smaller margin says
  /// nothing.
  package var precision = 0.0
  /// Whether pairs are left out whose chosen or rejected answer has the score of another answer, so
  /// that only a rule for ties would say which of them it is.
  package var dropsTies = false
  /// Whether several reward models have to prefer the chosen answer.
  package var needsAgreement = false
  /// Numbers of candidates in which the chosen one has to be ahead, and by how much.
  package var fieldMargins: [(value: Fact<Double>, minimum: Double)] = []
  /// The lowest that a chosen answer scores, and the highest that a rejected one does.
  package var chosenMinScore: Double?
  package var rejectedMaxScore: Double?
  /// What these two are held against; nil for the scores that candidates are ranked by.
  package var boundedScore: Fact<Double>?
  /// Which candidates may be chosen, and which rejected; nil for all.
  package var mayBeChosen: Fact<Bool>?
  package var mayBeRejected: Fact<Bool>?
  /// The number of a candidate's model; nil where it is not known.
  package var model: Fact<UInt32?> = { _ in nil }

  package init() {}

  /// What is held against the bounds of scores.
  func bounded(_ entry: RankedCandidate) -> Double {
    boundedScore?(entry.candidate) ?? entry.score
  }
}
