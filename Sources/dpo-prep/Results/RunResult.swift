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
  /// The SHA-256 of curve.json, in hexadecimal.
  var curveDigest: String
  /// Of the raw rewards, and of the scores.
  var before: BiasDiagnostics
  var after: BiasDiagnostics
  var tables: [DatasetWriter.Table]
  var rejects: WrittenFile?
  /// Seconds of each stage.
  var timings: [(stage: String, seconds: Double)]

  var ledger: Ledger { plan.ledger }

  /// A warning where calibration made the correlation within prompts worse.
  var warning: Diagnostic? {
    guard configuration.calibration.scope == .global,
      let old = before.withinPrompt, let new = after.withinPrompt,
      abs(new) > abs(old) + Self.noticeable
    else { return nil }
    let name = configuration.calibration.characteristics[0].measure.name
    return Diagnostic(
      .warning,
      "calibration moved the correlation of score and \(name) within prompts from "
        + "\(Quantity.signed(old, places: 2)) to \(Quantity.signed(new, places: 2))",
      hint: "prompts differ in length and in difficulty, which one curve over all candidates "
        + "confuses; set calibration.scope: within_prompt",
      code: "worse_within_prompts")
  }

  /// Smaller changes of a correlation are noise.
  private static let noticeable = 0.01
}
