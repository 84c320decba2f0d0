package import Records
internal import Rows
package import Settings

/// What is to be said of rewards that this program wrote itself: they may be calibrated already.
package struct OwnScoresCheck {
  private let diagnostics: [Diagnostic]
  /// A file whose scores are calibrated for certain, without the raw rewards, and would be again.
  private let failure: AlreadyCalibrated?

  package init(_ configuration: Configuration, _ input: InputAccount) {
    let calibration = configuration.calibration
    let calibrates = calibration.method != .none || calibration.curve != nil
    let isNamed =
      configuration.input.fields.reward != FieldMap().reward
      || configuration.input.fields.rewards != FieldMap().rewards
    var diagnostics: [Diagnostic] = []
    var failure: AlreadyCalibrated?
    for layout in input.layouts {
      guard let own = layout.ownScores else { continue }
      let location = SourceLocation(file: layout.firstFile)
      let names = layout.rewardPaths.joined(separator: " and ")
      let origin = layout.scoreOrigin
      if own == .raw {
        diagnostics.append(
          Diagnostic(
            .note,
            "these rows are of a dataset of dpo-prep: the rewards are the raw ones, \(names), "
              + Self.scoresBeside(origin), at: location, code: "raw_scores_used"))
        continue
      }
      if case .transformed(let transform) = origin {
        diagnostics.append(
          Self.transformed(
            names, by: transform, own, isTransformedAgain: calibration.transform != .none,
            at: location))
        continue
      }
      guard calibrates, origin != .rewards else { continue }
      if own == .calibrated, origin == .calibrated, !isNamed {
        failure = failure ?? AlreadyCalibrated(names: names, location: location)
        continue
      }
      diagnostics.append(
        Diagnostic(
          .warning,
          own == .calibrated && origin == nil
            ? "\(names) have the names that dpo-prep gives calibrated scores, and would be "
              + "calibrated twice"
            : "\(names) are the calibrated scores of a dataset of dpo-prep, and are calibrated "
              + "once more", at: location,
          hint: own == .calibratedBesideRaw
            ? "leave input.fields out to have the raw rewards beside them used"
            : AlreadyCalibrated.hint, code: "calibrated_already"))
    }
    self.diagnostics = diagnostics
    self.failure = failure
  }

  /// Says what there is to say.
  ///
  /// - Throws: where calibrated scores would be calibrated again for certain.
  package func report(to sink: any DiagnosticSink) throws {
    try refuse()
    diagnostics.forEach(sink.report)
  }

  /// Throws where calibrated scores would be calibrated again for certain.
  func refuse() throws {
    if let failure { throw failure }
  }

  /// What is so of the scores that stand beside raw rewards.
  private static func scoresBeside(_ origin: ScoreOrigin?) -> String {
    switch origin {
    case .calibrated, nil: "as the scores beside them are calibrated already"
    case .transformed(let transform):
      "as the scores beside them are transformed already (\(transform))"
    case .rewards: "which the scores beside them equal"
    }
  }

  /// What to say of scores that are transformed rewards.
  private static func transformed(
    _ names: String, by transform: String, _ own: OwnScores, isTransformedAgain: Bool,
    at location: SourceLocation
  ) -> Diagnostic {
    Diagnostic(
      isTransformedAgain ? .warning : .note,
      "\(names) are the transformed rewards (\(transform)) of a dataset of dpo-prep"
        + (isTransformedAgain ? ", and are transformed once more" : ""), at: location,
      hint: own == .calibratedBesideRaw
        ? "leave input.fields out to have the raw rewards beside them used"
        : isTransformedAgain ? "set calibration.transform: none to take them as they are" : nil,
      code: "transformed_already")
  }
}

/// Rewards that are calibrated already, and would be once more.
private struct AlreadyCalibrated: ReportableError {
  package let names: String
  package let location: SourceLocation

  package static let hint =
    "set calibration.method: none to pair by them as they are, or read the rewards as they came; "
    + "naming them in input.fields says that they are to be calibrated again"

  package var category: FailureCategory { .badData }

  package var diagnostic: Diagnostic {
    Diagnostic(
      .error,
      "\(names) are the calibrated scores of the dataset of dpo-prep that this file stands in, and "
        + "the raw rewards are not there", at: location, hint: Self.hint,
      code: "calibrated_already")
  }
}
