internal import Columns

/// A curve fitted again without each group of prompts, all refits at once.
///
/// Levels are gathered into bins, a few hundred where there are more, and every bin holds the sums
/// of all refits side by side. A refit smooths with the neighbourhoods and the residual scale of
/// the whole fit, which depend on a twentieth of the prompts too little to matter.
package struct Replicates: Sendable {
  /// The middles of the bins, in ascending order.
  private let middles: [Double]
  /// The curve at each; NaN in a lane that has none there.
  private let curves: [Lanes]
  /// The same without most of its smoothing bias; empty where that was not asked for.
  private let corrected: [Lanes]
  /// How many prompts each group has, of those that took part.
  package let sizes: [Int]
  /// The median of the characteristic over the candidates that took part.
  package let median: Double

  /// Refits.
  ///
  /// - Parameters:
  ///   - sample: What was fitted.
  ///   - prompts: For each candidate its prompt; those of a prompt stand together.
  ///   - groups: For each prompt its group.
  ///   - bias: The fit of all.
  ///   - smoother: What smooths like the fit.
  ///   - residualBounds: Of each robustness pass, beyond which a candidate had no weight.
  ///   - hasBand: Whether it is asked how far off the curve may be.
  init(
    _ sample: Sample, prompts: PromptColumn, groups: [UInt8], scope: BiasScope,
    bias: FittedBias, smoother: some BinSmoother, residualBounds: [Double] = [],
    hasBand: Bool = false
  ) {
    var state = Refits(sample, prompts: prompts, groups: groups, scope: scope)
    state.start(from: bias)
    let system = state.run(smoother, residualBounds: residualBounds)
    middles = state.bins.values
    curves = state.curves
    corrected = hasBand ? system?.corrected(curves) ?? [] : []
    sizes = state.sizes
    median = state.levels.quantile(0.5)
  }

  /// A line through zero.
  ///
  /// - Parameters:
  ///   - line: its coefficients.
  ///   - ends: the values of the characteristic between which it is asked for.
  init(line: Lanes, over ends: ClosedRange<Double>, median: Double, sizes: [Int]) {
    middles = [ends.lowerBound, ends.upperBound]
    curves = middles.map { line * Lanes(repeating: $0) }
    corrected = curves
    self.sizes = sizes
    self.median = median
  }

  /// The curve at a value of the characteristic in every refit, interpolated between bins.
  package func bias(at length: Double) -> Lanes {
    Lanes.interpolate(curves, middles, at: length)
  }

  /// How far what the curve at one value lies above that at another, the median unless one is given,
  /// may be off.
  func deviation(at length: Double, from reference: Double? = nil) -> Deviation {
    let reference = reference ?? median
    let difference =
      Lanes.interpolate(corrected, middles, at: length)
      - Lanes.interpolate(corrected, middles, at: reference)
    let fitted = bias(at: length)[Lanes.all] - bias(at: reference)[Lanes.all]
    return Deviation(
      smoothing: fitted - difference[Lanes.all],
      standardError: Jackknife.standardError(
        difference[Lanes.all], without: (0..<Jackknife.groupCount).map { difference[$0] },
        sizes: sizes))
  }

  /// How far a difference may be off.
  struct Deviation {
    /// By how much smoothing makes it too large, as far as that can be told.
    let smoothing: Double
    /// Of the difference less that.
    let standardError: Double
  }
}
