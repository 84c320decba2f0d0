internal import Job
internal import Records
internal import Report
internal import Settings

/// What other settings would give.
struct SensitivityFigures {
  let sensitivity: Sensitivity

  var charts: [Chart?] { [chart] }

  private var chart: Chart? {
    guard sensitivity.alphas.allSatisfy(\.samePairs.isFinite) else { return nil }
    return Chart(
      "Other alphas and the other scope",
      note:
        "The share of longer chosen, and the share of prompts that have the same pairs as in the "
        + "dataset, if alpha were another." + other + " Told by "
        + "\(Quantity.count(sensitivity.prompts, "prompt")).",
      // Dots at the ends are whole.
      x: Axis("alpha", Extent(-0.03, 1.03)), y: Axis("share", Extent(-0.03, 1.03), .percent),
      layers: [
        .rule(0.5),
        dots(.after, label: "longer chosen") { $0.figures[.longerChosen] },
        dots(.curve, label: "same pairs", \.samePairs),
      ])
  }

  /// A share where it was found out, which is at few alphas.
  private func dots(
    _ ink: SeriesColor, label: String, _ share: (Sensitivity.Variant) -> Double
  ) -> Layer {
    .dots(
      sensitivity.alphas.compactMap { variant in
        variant.alpha.map { Layer.Interval(Point(x: $0, y: share(variant))) }
      }, ink, label: label)
  }

  private var other: String {
    sensitivity.otherScope.map {
      " With scope \($0.scope.rawValue) \(Quantity.percent($0.samePairs)) would have the same pairs."
    } ?? ""
  }
}
