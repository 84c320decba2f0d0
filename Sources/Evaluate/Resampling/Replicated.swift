internal import Calibrate

/// Figures, and what they were on each resample of the prompts.
package struct Replicated<Figures: Sendable>: Sendable {
  package let figures: Figures
  /// In the order in which they were drawn; empty without intervals.
  let replicates: [Figures]

  /// What a figure is made of, whatever it is.
  package init(_ figures: Figures, replicates: [Figures] = []) {
    self.figures = figures
    self.replicates = replicates
  }

  /// The 95 % interval of a figure: the percentiles 2.5 and 97.5 of its replicates.
  ///
  /// - Returns: nil where half of the resamples, or the figures themselves, do not have it.
  package func interval(_ figure: (Figures) -> Double?) -> ConfidenceInterval? {
    guard !replicates.isEmpty, let value = figure(figures), value.isFinite else { return nil }
    let values = replicates.compactMap(figure).filter(\.isFinite)
    guard values.count * 2 > replicates.count else { return nil }
    let bounds = OrderStatistics.quantiles([0.025, 0.975], of: values)
    return ConfidenceInterval(lower: bounds[0], upper: bounds[1])
  }
}

/// Where a figure is with 95 % confidence.
package struct ConfidenceInterval: Hashable, Sendable {
  package var lower: Double
  package var upper: Double

  /// Whether a difference of this interval is one at all.
  package var excludesZero: Bool { lower > 0 || upper < 0 }
}
