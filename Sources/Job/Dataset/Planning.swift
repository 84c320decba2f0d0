internal import Columns
internal import Curves
package import Emit
internal import Hashing
internal import JSON
internal import Records
package import Scan
package import Settings
package import Work

/// Everything that is decided of a dataset before its texts are copied.
package struct DatasetPlan {
  /// What is known so far; the files are still to come.
  package var result: RunResult
  package let scan: InputScan.Result
  package let scores: FinalScores
  package let layout: DatasetLayout
  /// The order of the rows.
  package let order: RowOrder
  /// The pairs that the report shows, without their texts.
  package let examples: ExamplePairs
  /// The fitted curves, as they are saved.
  package let curve: [UInt8]
}

/// Decides a dataset: fits the bias, removes it, and chooses every pair.
package struct Planning {
  private let configuration: Configuration
  private let labels: LabelStage
  private let log: WarningLog
  private let progress: any ProgressSink

  /// - Parameter log: where warnings go, which the dataset's documents tell as well.
  package init(
    _ configuration: Configuration, labels: LabelStage, log: WarningLog,
    progress: any ProgressSink
  ) {
    self.configuration = configuration
    self.labels = labels
    self.log = log
    self.progress = progress
  }

  /// The curves of a scanned input.
  package func fit(_ scan: consuming InputScan.Result) throws -> FitStage.Result {
    try curves(of: try scan.transformed(by: configuration, printer: log))
  }

  /// The scores of a scanned input.
  package func scores(
    _ input: InputAccount, _ scan: consuming InputScan.Result
  ) throws -> CandidateScores {
    let scan = try scan.transformed(by: configuration, printer: log)
    ReadingNotes(configuration, input, scan).warnings.forEach(log.report)
    return try Concurrent.aside {
      let fit = try curves(of: scan)
      let source = try configuration.calibration.curve.map(CurveSource.init)
      progress.begin("scoring", total: 0)
      defer { progress.end() }
      return try CandidateScores(
        configuration, scan, fit, source, curve: document(of: fit, source: source))
    }
  }

  private func curves(of scan: InputScan.Result) throws -> FitStage.Result {
    progress.begin("fitting", total: 0)
    let fit = try labels.run(
      scan,
      try BalanceStage(configuration: configuration, printer: log).run(
        scan, try FitStage(configuration: configuration, printer: log).run(scan)))
    FitNotes(scan, fit, configuration.calibration).diagnostics.forEach(log.report)
    progress.end()
    return fit
  }

  /// The curves as a saved file.
  ///
  /// - Parameter source: the file that they were read back from, if they were.
  package func document(of fit: FitStage.Result, source: CurveSource?) -> [UInt8] {
    CurveFile.document(fit, configuration: configuration.fitDocument(from: source)).document
  }

  /// The whole plan.
  ///
  /// - Parameters:
  ///   - exampleCount: how many pairs are to be shown in full.
  /// - Throws: ``NoPairs`` where not one prompt gives a pair.
  package func run(
    _ input: InputAccount, _ scan: consuming InputScan.Result, exampleCount: Int,
    stopwatch: inout Stopwatch
  ) throws -> DatasetPlan {
    let scan = try scan.transformed(by: configuration, printer: log)
    var times = stopwatch
    defer { stopwatch = times }
    return try Concurrent.aside {
      try decide(input, scan, exampleCount: exampleCount, stopwatch: &times)
    }
  }

  private func decide(
    _ input: InputAccount, _ scan: InputScan.Result, exampleCount: Int,
    stopwatch: inout Stopwatch
  ) throws -> DatasetPlan {
    try NamedFields.require(
      configuration.input, in: scan, readsModels: configuration.readsModels)
    ReadingNotes(configuration, input, scan).diagnostics.forEach(log.report)
    let extras = try ExtraColumns(configuration.output, found: scan)
    let fit = try curves(of: scan)
    let source = try configuration.calibration.curve.map(CurveSource.init)
    stopwatch.lap("fit")

    progress.begin("pairing", total: 0)
    let scores = FinalScores(scan, curves: fit.curves)
    let selections = try PromptSelections(
      configuration, scan, scores, biasShares: fit.biasShares, precision: fit.precision)
    let plan = try PlanStage(configuration: configuration).run(scan, scores: scores, selections)
    guard plan.ledger.isBalanced else {
      throw InternalFault("the ledger does not balance: \(plan.ledger)")
    }
    guard !plan.plans.isEmpty else { throw NoPairs(ledger: plan.ledger) }
    let sample = PromptSample(scan.table, selections)
    let curve = document(of: fit, source: source)
    // Both take a while, and neither needs the other.
    let (side, bias) = try Concurrent.both(threads: configuration.threadCount) {
      (
        intervals: try plan.groups.map {
          try FigureIntervals(
            selections, scan, fit, scores: scores, groups: $0, sample: sample,
            threads: configuration.threadCount)
        },
        sensitivity: configuration.calibration.intervals && !fit.curves.isEmpty
          ? try Sensitivity(configuration, selections, scan, fit, sample: sample) : nil
      )
    } _: {
      (
        before: BiasDiagnostics(
          scan, values: OrderedColumn(scan.table.rewards, in: scan.groups),
          within: plan.correlationBefore, threads: configuration.threadCount),
        after: BiasDiagnostics(
          scan, values: scores.ordered(in: scan.groups), within: plan.correlationAfter,
          threads: configuration.threadCount)
      )
    }
    var result = RunResult(
      configuration: configuration, layout: input.layout, modelFields: input.modelFields,
      inputs: scan.inputs, excluded: scan.excluded, benchmarks: scan.benchmarks,
      nearDuplicates: scan.table.nearDuplicateCounts, plan: plan, fit: fit,
      combination: configuration.calibration.record(of: scan.table, fit.biasShares),
      curveSource: source, previous: try PreviousCurves(configuration, fit),
      tokenizer: try configuration.tokenizerInUse.map { path in
        try TokenizerSource.record(of: path).document
      } ?? .null,
      curveDigest: SHA256.digest(of: curve).hexadecimal,
      before: bias.before, after: bias.after, intervals: side.intervals,
      sensitivity: side.sensitivity)
    result.figureWarnings.forEach(log.report)
    result.warnings = log.warnings
    progress.end()
    stopwatch.lap("pair")
    try Interruption.checkpoint()
    return DatasetPlan(
      result: result, scan: scan, scores: scores,
      layout: DatasetLayout(
        configuration.output, pairs: plan.pairs,
        lengthsAreWhole: scan.table.primary.isWhole, extras: extras,
        types: scan.observations.types.without(context: input.unwrittenContext)),
      order: RowOrder(configuration.pairs.order, plan.plans, scan, scores),
      examples: ExamplePairs(plan, in: scan.table, count: exampleCount), curve: curve)
  }
}
