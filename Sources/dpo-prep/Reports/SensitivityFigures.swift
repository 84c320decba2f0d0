internal import Job
internal import Records
internal import Report
internal import Settings

/// What other settings would give.
struct SensitivityFigures {
  let sensitivity: Sensitivity

  var charts: [Chart?] { [chart] }

  private var chart: Chart? {
    let shares = sensitivity.alphas.compactMap { variant in
      variant.alpha.map { (alpha: $0, variant: variant) }
    }
    guard shares.allSatisfy({ $0.variant.samePairs.isFinite }) else { return nil }
    return Chart(
      "Other alphas and the other scope",
      note:
        "The share of longer chosen, and the share of prompts that have the same pairs as in the "
        + "dataset, if alpha were another." + other + " Told by "
        + "\(Quantity.count(sensitivity.prompts)) prompts.",
      x: Axis("alpha", Extent(0, 1)), y: Axis("share", Extent(0, 1), .percent),
      layers: [
        .rule(0.5),
        .line(
          shares.map { Point(x: $0.alpha, y: $0.variant.figures[.longerChosen]) }, .after,
          label: "longer chosen"),
        .line(
          shares.map { Point(x: $0.alpha, y: $0.variant.samePairs) }, .curve, label: "same pairs"),
      ])
  }

  private var other: String {
    sensitivity.otherScope.map {
      " With scope \($0.scope.rawValue) \(Quantity.percent($0.samePairs)) would have the same pairs."
    } ?? ""
  }
}
