internal import Calibrate
internal import Emit
internal import Hashing
internal import Ingest
internal import PairBuilder
internal import Records
internal import Rows
internal import Scan
internal import Settings

/// Everything that is known at the end of a run.
struct RunResult {
  var configuration: Configuration
  /// What rows are like, in words.
  var layout: String
  var inputs: [InputReport]
  var plan: PlanStage.Result
  var fit: FitStage.Result
  /// Where the curves were read from; nil where they were fitted.
  var curveSource: CurveSource?
  /// The SHA-256 of curve.json, in hexadecimal.
  var curveDigest: String
  /// Of the raw rewards, and of the scores.
  var before: BiasDiagnostics
  var after: BiasDiagnostics
  /// Nil where no intervals are wanted.
  var intervals: FigureIntervals?
  /// Nil where no intervals are wanted, or nothing was removed.
  var sensitivity: Sensitivity?
  var tables: [DatasetWriter.Table]
  var rejects: WrittenFile?
  /// Seconds of each stage.
  var timings: [(stage: String, seconds: Double)]
  /// What the user was warned of, in the order of the stages.
  var warnings: [Diagnostic] = []

  var ledger: Ledger { plan.ledger }

  /// What was done to the rewards.
  var calibrationAccount: CalibrationAccount {
    CalibrationAccount(
      calibration: configuration.calibration, fit: fit, source: curveSource,
      uncalibratedPrompts: ledger.promptsUncalibrated)
  }

  /// The warnings as the dataset's documents tell them: without absolute paths.
  var publishedWarnings: [Diagnostic] {
    warnings.map { warning in
      guard var location = warning.location else { return warning }
      location.file = configuration.publishedPath(location.file)
      var published = warning
      published.location = location
      return published
    }
  }
}
