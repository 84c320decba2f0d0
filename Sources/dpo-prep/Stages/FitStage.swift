internal import Calibrate
internal import Columns
internal import Ingest
internal import Records
internal import Scan
internal import Settings

/// Fits the bias curves that a configuration asks for, or reads them back.
struct FitStage {
  /// The curves and how they came about.
  struct Result {
    var curves: [BiasCurve]
    var convergences: [WithinPrompt.Convergence] = []
    var radii: [Double] = []
    /// One a curve; nil where it was not fitted here by local regression.
    var supports: [CurveSupport?] = []
    /// One a curve; nil unless `frac` was chosen.
    var choices: [SmoothingChoice?] = []
    /// How the alpha of the last curve was chosen; nil where it was given.
    var balance: BalanceStage.Balance?
    /// One a curve: the part of the candidates beyond its ends, where its bias is that of the end.
    var extrapolatedShares: [Double] = []
  }

  let configuration: Configuration
  let printer: any DiagnosticSink

  private var calibration: Configuration.Calibration { configuration.calibration }

  func run(_ scan: InputScan.Result) throws -> Result {
    var result = try calibration.curve.map(readCurves) ?? fit(scan)
    result.extrapolatedShares = result.curves.indices.map {
      extrapolatedShare(of: result.curves[$0], $0, in: scan.table)
    }
    warn(of: result)
    return result
  }

  private func fit(_ scan: InputScan.Result) -> Result {
    let table = scan.table
    let characteristics = zip(calibration.characteristics, table.lengths).map { wanted, lengths in
      SequentialCalibration.Characteristic(
        name: wanted.measure.name, alpha: wanted.alpha ?? 1, levels: lengths.levels,
        codes: OrderedColumn(lengths.codes, in: scan.groups))
    }
    let fitted = SequentialCalibration.fit(
      characteristics, rewards: OrderedColumn(table.rewards, in: scan.groups),
      prompts: OrderedColumn(table.prompts, in: scan.groups),
      promptCount: table.promptCount, method: method,
      scope: calibration.scope == .global ? .global : .withinPrompt(.init()),
      threads: configuration.threadCount)
    for (curve, convergence) in zip(fitted.curves, fitted.convergences) {
      warn(of: convergence, characteristic: curve.characteristic)
    }
    return Result(
      curves: fitted.curves, convergences: fitted.convergences, radii: fitted.radii,
      supports: fitted.supports, choices: fitted.choices)
  }

  /// The part of the population that lies beyond a curve's ends.
  private func extrapolatedShare(
    of curve: BiasCurve, _ number: Int, in table: CandidateTable
  ) -> Double {
    let column = table.lengths[number]
    let isBeyond = column.levels.map(curve.extrapolates)
    guard isBeyond.contains(true) else { return 0 }
    let beyond = (0..<table.candidateCount).count {
      !table.rewards[$0].isNaN && isBeyond[Int(column.codes[$0])]
    }
    return Double(beyond) / Double(max(1, table.ledger.candidatesKept))
  }

  /// Up to this part of the candidates, a weak curve is not worth a warning.
  private static let noticeableShare = 0.01

  private func warn(of result: Result) {
    for (number, curve) in result.curves.enumerated() {
      let name = curve.characteristic
      let extrapolated = result.extrapolatedShares[number]
      if extrapolated > Self.noticeableShare {
        printer.report(
          Diagnostic(
            .warning,
            "\(Quantity.percent(extrapolated)) of the candidates lie beyond the ends of the curve "
              + "of \(name), where its bias is that of the end",
            hint: "fit a curve on candidates like these", code: "extrapolated"))
      }
      if number < result.supports.count, let support = result.supports[number],
        support.weakShare > Self.noticeableShare
      {
        printer.report(
          Diagnostic(
            .warning,
            "for \(Quantity.percent(support.weakShare)) of the candidates the curve of \(name) "
              + "rests on fewer than \(Quantity.decimal(CurveSupport.leastCount, places: 0)) "
              + "others of like \(name)",
            hint: "a larger calibration.frac makes the curve steadier", code: "weak_curve"))
      }
    }
  }

  private var method: SequentialCalibration.Method {
    switch calibration.method {
    case .lwr:
      .lowess(
        .init(
          frac: calibration.frac ?? 1, iterations: calibration.iterations,
          delta: calibration.delta),
        choosesFrac: calibration.frac == nil)
    case .mean: .mean(.init(ratio: calibration.ratio, minimumCount: calibration.minCount))
    case .penalty: .penalty(LengthPenalty(coefficient: calibration.coefficient))
    case .none: .none
    }
  }

  private func warn(of convergence: WithinPrompt.Convergence, characteristic: String) {
    if convergence.informativePrompts == 0 {
      printer.report(
        Diagnostic(
          .warning,
          "no prompt has candidates that differ in \(characteristic), so no bias can be seen within prompts",
          hint: "use calibration.scope: global", code: "no_bias_within_prompts"))
    } else if !convergence.hasConverged {
      printer.report(
        Diagnostic(
          .warning,
          "the bias of \(characteristic) still moved after \(convergence.rounds) rounds of backfitting",
          hint: "a larger calibration.frac makes the curve steadier", code: "not_converged"))
    }
  }

  /// A saved curve holds the bias; how much of it is removed stays with the configuration.
  private func readCurves(_ path: String) throws -> Result {
    let saved = try CurveFile.read(path)
    let names = calibration.characteristics.map(\.measure.name)
    guard saved.map(\.characteristic) == names else {
      throw CurveFile.Failure(
        .otherCharacteristics,
        "the curve was fitted on \(saved.map(\.characteristic).joined(separator: ", ")), "
          + "but calibration.characteristics names \(names.joined(separator: ", "))",
        file: path, hint: "name the same characteristics in the same order, or fit another curve")
    }
    let curves = zip(saved, calibration.characteristics).map { curve, wanted in
      guard let alpha = wanted.alpha else { return curve }
      if curve.alpha != alpha {
        printer.report(
          Diagnostic(
            .note,
            "alpha \(alpha) is used for \(curve.characteristic); the curve was saved with alpha \(curve.alpha)",
            at: SourceLocation(file: path), code: "other_alpha"))
      }
      return curve.removed(alpha: alpha)
    }
    return Result(
      curves: curves, supports: curves.map { _ in nil }, choices: curves.map { _ in nil })
  }
}
