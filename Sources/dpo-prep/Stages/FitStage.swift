internal import Calibrate
internal import Ingest
internal import Records
internal import Settings

/// Fits the bias curves that a configuration asks for, or reads them back.
struct FitStage {
  /// The curves and how they came about.
  struct Result {
    var curves: [BiasCurve]
    var convergences: [WithinPrompt.Convergence] = []
    var radii: [Double] = []
  }

  let configuration: Configuration
  let printer: StderrPrinter

  private var calibration: Configuration.Calibration { configuration.calibration }

  func run(_ scan: InputScan.Result) throws -> Result {
    if let path = calibration.curve { return try readCurves(path) }
    let table = scan.table
    let characteristics = zip(calibration.characteristics, table.lengths).map { wanted, lengths in
      SequentialCalibration.Characteristic(
        name: wanted.measure.name, alpha: wanted.alpha, levels: lengths.levels,
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
    return Result(curves: fitted.curves, convergences: fitted.convergences, radii: fitted.radii)
  }

  private var method: SequentialCalibration.Method {
    switch calibration.method {
    case .lwr:
      .lowess(
        .init(
          frac: calibration.frac, iterations: calibration.iterations, delta: calibration.delta))
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
          hint: "use calibration.scope: global"))
    } else if !convergence.hasConverged {
      printer.report(
        Diagnostic(
          .warning,
          "the bias of \(characteristic) still moved after \(convergence.rounds) rounds of backfitting",
          hint: "a larger calibration.frac makes the curve steadier"))
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
      if curve.alpha != wanted.alpha {
        printer.report(
          Diagnostic(
            .note,
            "alpha \(wanted.alpha) is used for \(curve.characteristic); the curve was saved with alpha \(curve.alpha)",
            at: SourceLocation(file: path)))
      }
      return BiasCurve(
        characteristic: curve.characteristic, alpha: wanted.alpha, shape: curve.shape)
    }
    return Result(curves: curves)
  }
}
