/// What the numbers of a judge's preferences mean.
package enum PreferenceScale: String, CaseIterable, Sendable {
  /// From 0, the baseline is better, to 1, the model is.
  case zeroToOne = "0-1"
  /// AlpacaEval's: from 1, the baseline is better, to 2, the model is; 0 is a tie, as is 1.5.
  case oneToTwo = "1-2"

  /// The preference from 0 to 1; NaN where the score is none of this scale.
  func preference(_ score: Double) -> Double {
    switch self {
    case .zeroToOne: score >= 0 && score <= 1 ? score : .nan
    case .oneToTwo: score == 0 ? 0.5 : score >= 1 && score <= 2 ? score - 1 : .nan
    }
  }

  /// The scale in words.
  package var explanation: String {
    switch self {
    case .zeroToOne: "from 0 (the baseline is better) to 1 (the model is)"
    case .oneToTwo: "from 1 (the baseline is better) to 2 (the model is), 0 a tie"
    }
  }
}
