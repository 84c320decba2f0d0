/// What labelled pairs say of a calibration.
package struct LabelJudgement: Sendable {
  /// The alpha of the last characteristic that the labels tell, or why they tell none.
  package var estimate: Result<AlphaEstimate, AlphaEstimate.Failure>
  /// With the alpha that is used; nil where there is none, or no label.
  package var accuracy: LabelAccuracy?
  /// Whether the labels of a pair had no part in the alpha that it is judged by.
  package var isHeldOut: Bool

  /// Judges pairs.
  ///
  /// - Parameters:
  ///   - calibrated: Pairs whose scores calibration changes.
  ///   - others: Pairs whose prompts are left as they are.
  ///   - alpha: The part of the last bias that is removed; nil for what the labels tell. Each group
  ///     of prompts is then judged by the alpha that the labels of all others tell.
  package init(
    _ calibrated: [LabelledDifference], others: [(prompt: Int, raw: Double)],
    raw: [Double], alpha: Double?
  ) {
    estimate = Result { () throws(AlphaEstimate.Failure) in try AlphaEstimate(calibrated) }
    isHeldOut = alpha == nil
    let alphas: [Double]? =
      if let alpha {
        Array(repeating: alpha, count: Jackknife.groupCount)
      } else {
        Self.heldOut(calibrated)
      }
    guard let alphas, !calibrated.isEmpty || !others.isEmpty else { return }
    accuracy = LabelAccuracy(
      zip(calibrated, raw).map { pair, raw in
        (pair.prompt, Self.credit(raw), pair.credit(alpha: alphas[Int(pair.group)]))
      } + others.map { ($0.prompt, Self.credit($0.raw), Self.credit($0.raw)) })
  }

  /// What a pair counts by its rewards as they came.
  private static func credit(_ raw: Double) -> Double { raw > 0 ? 1 : raw == 0 ? 0.5 : 0 }

  /// For each group the alpha that is used if its labels are not there; nil if one has none.
  private static func heldOut(_ pairs: [LabelledDifference]) -> [Double]? {
    var alphas: [Double] = []
    for group in 0..<UInt8(Jackknife.groupCount) {
      let others = pairs.filter { $0.group != group }
      guard let estimate = try? AlphaEstimate(others) else { return nil }
      alphas.append(estimate.usedAlpha)
    }
    return alphas
  }
}

extension AlphaEstimate {
  /// The alpha that is used: no bias is added to the rewards.
  package var usedAlpha: Double { max(0, alpha) }
}
