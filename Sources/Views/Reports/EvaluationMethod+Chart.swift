internal import Evaluate
internal import Report

extension EvaluationMethod {
  /// The colour of the method in every figure.
  var ink: SeriesColor {
    switch self {
    case .original: .neutral
    case .penalty: .before
    case .mean: .chosen
    case .lwr: .after
    case .lwrPenalty: .curve
    }
  }

  /// The shape of its marks.
  var mark: MarkShape {
    switch self {
    case .original: .circle
    case .penalty: .cross
    case .mean: .square
    case .lwr: .triangle
    case .lwrPenalty: .diamond
    }
  }
}
