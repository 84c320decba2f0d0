/// An example of a benchmark: two answers with a reward model's scores.
struct ScoredPair: Sendable {
  var id: String
  var subset: String
  var chosen: ScoredAnswer
  var rejected: ScoredAnswer
  /// What the row says of the preference, 1 for right; NaN where it says nothing.
  var result: Double
}

/// What is kept of an answer.
struct ScoredAnswer: Sendable {
  /// NaN where the row has none.
  var score: Double
  /// The characteristics; NaN where one cannot be had.
  var characteristics: [Double]
  /// Unicode code points.
  var characters: Double
}

/// A reward model's scores of a benchmark.
package struct ScoredModel: Sendable {
  package var name: String
  var pairs: [ScoredPair] = []
  /// Rows without two finite scores, which take no part.
  package var missingScores = 0
  /// Rows whose answers are not in the benchmark's texts, so that the templated texts count.
  package var rowsWithoutTexts = 0
}
