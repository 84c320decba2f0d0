internal import Hashing
package import JSON
package import Job
package import Records
internal import Scan
internal import Settings
internal import Terminal

/// What is printed about a table of scores.
package struct ScoreResult {
  /// The table as the user named it.
  package let output: String
  package let layout: String
  package let rows: Int
  package let ledger: Ledger
  package let calibration: CalibrationAccount
  /// The curves as `fit` saves them.
  package let curve: [UInt8]
  package let warnings: [Diagnostic]
  package let timings: [(stage: String, seconds: Double)]

  package init(
    _ scored: CandidateScores, rows: Int, in output: String, _ account: InputAccount,
    warnings: [Diagnostic], timings: [(stage: String, seconds: Double)]
  ) {
    self.output = output
    self.rows = rows
    self.warnings = warnings
    self.timings = timings
    layout = account.layout
    ledger = scored.ledger
    curve = scored.curve
    calibration = CalibrationAccount(
      calibration: scored.configuration.calibration, fit: scored.fit,
      combination: scored.configuration.calibration.record(
        of: scored.scan.table, scored.fit.biasShares),
      source: scored.curveSource,
      modelFields: account.modelFields, uncalibratedPrompts: scored.scores.uncalibratedCount)
  }

  /// For people.
  ///
  /// - Parameter width: the cells that a line may take; nil for any.
  package func text(width: Int?) -> String {
    var table = TextTable()
    ledger.addCandidates(to: &table, kept: "candidates scored")
    if ledger.promptsUncalibrated > 0 {
      table.add("  left uncalibrated", Quantity.count(ledger.promptsUncalibrated))
    }
    let seconds = timings.reduce(0) { $0 + $1.seconds }
    return """
      \(output): \(Quantity.count(rows, "row")), \(Quantity.count(ledger.candidatesKept)) with scores

      \(table.text(width: width))
      \(Quantity.decimal(seconds, places: 2)) s

      """
  }

  /// What `--json` prints.
  package var document: JSONValue {
    [
      "output": .string(output),
      "layout": .string(layout),
      "rows": .integer(rows),
      "ledger": .object(
        ledger.candidateMembers + [
          .init(
            name: "prompts",
            value: [
              "read": .integer(ledger.promptsRead), "dropped": ledger.droppedPrompts,
              "uncalibrated": .integer(ledger.promptsUncalibrated),
            ])
        ]),
      "calibration": calibration.document,
      "curve_sha256": .string(SHA256.digest(of: curve).hexadecimal),
      "warnings": .list(warnings.map { .object($0.members) }),
      "timings": .object(timings.map { .init(name: $0.stage, value: .number($0.seconds)) }),
    ]
  }
}
