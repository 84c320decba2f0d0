internal import Ingest
internal import JSON
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
      if own == .raw {
        diagnostics.append(
          Diagnostic(
            .note,
            "these rows are of a dataset of dpo-prep: the rewards are the raw ones, \(names), as "
              + "the scores beside them are calibrated already", at: location,
            code: "raw_scores_used"))
        continue
      }
      let isKnown = layout.isCalibrated
      guard calibrates, isKnown != false else { continue }
      if own == .calibrated, isKnown == true, !isNamed {
        failure = failure ?? AlreadyCalibrated(names: names, location: location)
        continue
      }
      diagnostics.append(
        Diagnostic(
          .warning,
          own == .calibrated && isKnown == nil
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
  package func report(to sink: any DiagnosticSink, withNotes: Bool) throws {
    if let failure { throw failure }
    for diagnostic in diagnostics where withNotes || diagnostic.severity != .note {
      sink.report(diagnostic)
    }
  }

  /// Whether the manifest of the dataset that a file stands in tells of a calibration; nil where
  /// there is none.
  static func isCalibrated(datasetOf file: InputFile) -> Bool? {
    let names = file.path.split(separator: "/", omittingEmptySubsequences: false)
    guard let data = names.dropLast().lastIndex(of: "data") else { return nil }
    let path = (names[..<data] + [Substring(Manifest.name)]).joined(separator: "/")
    guard FileDigest.exists(path), let bytes = try? WholeFile.bytes(of: path),
      let configuration = Manifest(bytes)?.document["config"]
    else { return nil }
    let calibration = configuration["calibration"]
    let usesMethod = calibration?["method"]?.text.map { !$0.elementsEqual("none".utf8) } ?? true
    return usesMethod || calibration?["curve"].map { $0 != .null } ?? false
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
