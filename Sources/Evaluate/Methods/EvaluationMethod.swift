/// How rewards are treated before they are judged, as in the paper's tables.
package enum EvaluationMethod: String, CaseIterable, Sendable {
  /// The rewards as they are.
  case original
  /// The reward less a fixed amount for every character.
  case penalty
  /// The mean reward of answers of similar length is taken off: RC-Mean.
  case mean
  /// A locally weighted regression is taken off: RC-LWR.
  case lwr
  /// The penalty, then locally weighted regression of what it leaves: RC-LWR-Penalty.
  case lwrPenalty = "lwr_penalty"

  /// The name in tables and figures.
  package var title: String {
    switch self {
    case .original: "original"
    case .penalty: "length penalty"
    case .mean: "RC-Mean"
    case .lwr: "RC-LWR"
    case .lwrPenalty: "RC-LWR-Penalty"
    }
  }

  var isPenalized: Bool { self == .penalty || self == .lwrPenalty }
}
