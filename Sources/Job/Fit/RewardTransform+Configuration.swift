package import Calibrate
internal import Scan
package import Settings

extension Configuration.Calibration {
  /// What takes the place of rewards; nil where they stay.
  package var rewardTransform: RewardTransform? {
    switch transform {
    case .none: nil
    case .logit: .logit(clip: clip)
    case .rank: .rank
    case .zscore: .zscore
    }
  }

  /// The transform in a few words; nil without one.
  package var transformText: String? {
    switch transform {
    case .none: nil
    case .logit: "logits (clip \(clip))"
    case .rank: "ranks within their prompt, (rank \u{2212} \u{BD}) / n"
    case .zscore: "z-scores within their prompt"
    }
  }
}

extension InputScan.Result {
  /// The candidates with what the configuration wants in place of their rewards.
  consuming func transformed(by calibration: Configuration.Calibration) -> InputScan.Result {
    var result = self
    if let transform = calibration.rewardTransform {
      result.table.transformRewards(in: result.groups, transform.apply)
    }
    return result
  }
}
