package import Evaluate
package import Report

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

extension Chart {
  /// What models had before against what they have after, with the diagonal; nil without models.
  package static func comparison(
    _ title: String, note: String, x: String, y: String,
    groups: [(method: EvaluationMethod, points: [Point])]
  ) -> Chart? {
    let values = groups.flatMap { $0.points.flatMap { [$0.x, $0.y] } }
    guard let least = values.min(), let most = values.max() else { return nil }
    let range = Extent(least, most).widened(by: 0.06, atLeast: 1)
    let diagonal = [range.lowerBound, range.upperBound].map { Point(x: $0, y: $0) }
    return Chart(
      title, note: note, x: Axis(x, range), y: Axis(y, range),
      layers: [.line(diagonal, .before, label: "")]
        + groups.map { .marks($0.points, $0.method.ink, $0.method.mark, label: $0.method.title) })
  }
}
