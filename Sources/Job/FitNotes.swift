internal import Calibrate
internal import Columns
package import Records
package import Scan

/// What the user should know of rewards that leave a curve little to show.
package struct FitNotes {
  package private(set) var diagnostics: [Diagnostic] = []

  /// With so few different rewards most answers tie, and medians of residuals say little.
  private static let fewValues = 4
  /// Where there are fewer candidates for each value, that there are few is no wonder.
  private static let manyCandidates = 4
  /// Differences of a curve below this part of the rewards' range are rounding.
  private static let rounding = 1e-9

  package init(_ scan: InputScan.Result, _ fit: FitStage.Result) {
    guard !fit.curves.isEmpty else { return }
    let table = scan.table
    let rawRewards = table.rawRewards
    var values: Set<Double> = []
    var count = 0
    var (least, most) = (Double.infinity, -Double.infinity)
    for candidate in 0..<table.candidateCount {
      let reward = table.rewards[candidate]
      guard !reward.isNaN else { continue }
      count += 1
      least = min(least, reward)
      most = max(most, reward)
      if values.count <= Self.fewValues { values.insert(rawRewards[candidate]) }
    }
    guard !values.isEmpty else { return }
    if values.count <= Self.fewValues, count >= Self.manyCandidates * values.count {
      diagnostics.append(
        Diagnostic(
          .warning,
          values.count == 1
            ? "all rewards are the same" : "rewards take only \(values.count) different values",
          hint: "most answers tie, and what length does to such rewards can hardly be seen; finer "
            + "scores, or the mean of several judgements, say more",
          code: "few_reward_values"))
    }
    let range = most - least
    for fitted in fit.fitted { add(fitted, rounding: Self.rounding * range) }
  }

  private mutating func add(_ fitted: FittedCurve, rounding: Double) {
    let name = fitted.curve.characteristic
    let biases = fitted.curve.knots.compactMap(\.bias)
    guard biases.count > 1, let least = biases.min(), let most = biases.max() else { return }
    if most - least <= rounding {
      diagnostics.append(
        Diagnostic(
          .warning,
          "the curve of \(name) is flat, so nothing is removed",
          hint: "where many rewards are the same, robust passes take the others for outliers; set "
            + "calibration.iterations: 0",
          code: "flat_curve"))
    } else if let places = fitted.support?.places, places.count > 1,
      fitted.support?.reference != nil, places.allSatisfy({ $0.halfWidth <= rounding })
    {
      diagnostics.append(
        Diagnostic(
          .warning,
          "the band of the curve of \(name) has no width: every group of prompts gives the same curve",
          hint: "rewards look as if they were computed from \(name)",
          code: "zero_width_band"))
    }
  }
}
