internal import Audit
internal import Columns
internal import Curves
internal import Emit
internal import Hashing
internal import Ingest
internal import JSON
internal import Parquet
internal import Records
internal import Report
internal import Rows
internal import Scan
internal import Settings
internal import Work

/// `run`: scored generations in, a dataset of calibrated pairs out.
struct RunCommand {
  let options: RunOptions
  let printer: any DiagnosticSink
  let progress: ProgressMeter

  func run() throws {
    let configuration = try options.source.load().configuration
    let folder = try DatasetFolder(
      target: configuration.output.dir, overwrites: configuration.output.overwrite)
    if let warning = folder.warning { printer.report(warning) }
    let result: RunResult
    do {
      result = try build(configuration, in: folder)
      try Interruption.checkpoint()
      try folder.commit()
    } catch {
      folder.discard()
      throw error
    }
    if options.printsJSON {
      try StandardStream.output.write(result.summary)
    } else if !options.isQuiet {
      try StandardStream.output.write(ShownText(result.text))
    }
  }

  private func build(
    _ configuration: Configuration, in folder: DatasetFolder
  ) throws -> RunResult {
    var stopwatch = Stopwatch()
    let log = WarningLog(printer)
    let input = try PreparedInput(
      configuration.input,
      characteristics: configuration.calibration.characteristics.map(\.measure),
      keeping: configuration.output, readsModels: configuration.calibration.usesModels,
      split: configuration.split,
      hasProbabilities: configuration.calibration.transform == .logit,
      streamFolder: configuration.run.temporaryFolder ?? folder.path,
      threads: configuration.threadCount)
    input.warnings.forEach(log.report)
    try folder.refuseInside(input.files.map(\.path))
    folder.removeLitter().forEach(printer.report)
    if !options.isQuiet, configuration.input.format == .automatic {
      input.notes.forEach(printer.report)
    }

    try OwnScoresCheck(configuration, input).report(to: log, withNotes: !options.isQuiet)
    let labels = try LabelStage(configuration: configuration, printer: log)
    try folder.refuseInside(labels.file?.inputs.map(\.name) ?? [])
    var observer = ScanStage.Observer(
      printer: log, rejects: RejectsFile(folder: folder, nameOf: configuration.publishedPath))
    let scan = try ScanStage(
      configuration: configuration, printer: log, progress: progress,
      keptBytes: input.keptBytes(of: configuration.memoryForTexts),
      obstacle: input.obstacle(configuration.output.profiles), labels: labels.pairs
    ).run(input, observer: &observer)
    try NamedFields.require(configuration.input, in: scan)
    for diagnostic in ReadingNotes(configuration, input, scan).diagnostics {
      if diagnostic.severity == .warning || !options.isQuiet { log.report(diagnostic) }
    }
    let rejects = try observer.rejects?.finish()
    let extras = try ExtraColumns(configuration.output, found: scan)
    stopwatch.lap("scan")

    progress.begin("fitting", total: 0)
    let fit = try labels.run(
      scan,
      try BalanceStage(configuration: configuration, printer: log).run(
        scan, try FitStage(configuration: configuration, printer: log).run(scan)))
    FitNotes(scan, fit).diagnostics.forEach(log.report)
    let curveSource = try configuration.calibration.curve.map(CurveSource.init)
    progress.end()
    stopwatch.lap("fit")

    progress.begin("pairing", total: 0)
    let scores = FinalScores(scan, curves: fit.curves)
    let plan = try PlanStage(configuration: configuration).run(
      scan, scores: scores, precision: fit.precision)
    guard plan.ledger.isBalanced else {
      throw InternalFault(message: "the ledger does not balance: \(plan.ledger)")
    }
    guard !plan.plans.isEmpty else { throw NoPairs(ledger: plan.ledger) }
    let sample = PromptSample(scan.table)
    let intervals = try plan.groups.map {
      try FigureIntervals(
        configuration, scan, fit, scores: scores, groups: $0, sample: sample)
    }
    let sensitivity =
      configuration.calibration.intervals && !fit.curves.isEmpty
      ? try Sensitivity(configuration, scan, fit, sample: sample) : nil
    let before = BiasDiagnostics(
      scan, values: OrderedColumn(scan.table.rewards, in: scan.groups),
      threads: configuration.threadCount)
    let after = BiasDiagnostics(
      scan, values: scores.ordered(in: scan.groups), threads: configuration.threadCount)
    progress.end()
    stopwatch.lap("pair")
    try Interruption.checkpoint()

    let layout = DatasetLayout(
      configuration.output, pairs: plan.pairs,
      lengthsAreWhole: scan.table.lengths[0].isWhole, extras: extras,
      types: scan.observations.types.without(context: input.unwrittenContext))
    let written = try WriteStage(configuration: configuration, progress: progress).run(
      input, scan: scan, scores: scores, plan: plan,
      examples: ExamplePairs(
        plan, in: scan.table, count: configuration.report.html ? RunReport.exampleCount : 0),
      layout: layout, folder: folder)
    let curve = CurveFile.document(
      fit, configuration: configuration.fitDocument(from: curveSource)
    ).document
    var files = [try folder.write(curve, to: "curve.json")]
    stopwatch.lap("emit")

    var result = RunResult(
      configuration: configuration, layout: input.layout, inputs: scan.inputs, plan: plan,
      fit: fit, curveSource: curveSource, curveDigest: SHA256.digest(of: curve).hexadecimal,
      before: before, after: after, intervals: intervals,
      sensitivity: sensitivity,
      tables: written.tables, rejects: rejects, timings: stopwatch.laps)
    result.figureWarnings.forEach(log.report)
    result.warnings = log.warnings
    files += try folder.writeSideFiles(of: layout)
    let card = DatasetCard(
      layout: layout, tables: written.tables, details: configuration.output.cardDetails,
      body: result.cardBody)
    files.append(try folder.write(card.text, to: "README.md"))
    if configuration.report.html {
      let report = RunReport(
        result: result, scan: scan, scores: scores, examples: written.examples,
        sources: written.sources)
      files.append(try folder.write(report.page.utf8, to: "report.html"))
    }
    // The last file has the digests of all others, and of itself.
    try folder.write(ManifestSeal.sealed(result.manifest(files)), to: Manifest.name)
    return result
  }
}

/// Not one prompt gave a pair, so there is no dataset to write.
struct NoPairs: ReportableError {
  let ledger: Ledger

  var category: FailureCategory { .badData }

  var diagnostic: Diagnostic {
    let reasons = PromptDrop.allCases.compactMap { reason in
      ledger.promptsDropped[reason].map { "\(reason.rawValue) \($0)" }
    }
    return Diagnostic(
      .error,
      "no pair came out of \(ledger.promptsRead) prompts with \(ledger.candidatesKept) usable candidates (dropped: \(reasons.joined(separator: ", ")))",
      hint: "a pair takes two usable answers to one prompt with different scores; check "
        + "input.fields.prompt_id, input.fields.reward, filters and pairs.min_margin",
      code: "no_pairs")
  }
}

extension DatasetLayout {
  /// The layout that a configuration describes.
  init(
    _ output: Configuration.Output, pairs: [DatasetSplit: Int], lengthsAreWhole: Bool,
    extras: ExtraColumns, types: ConversationTypes
  ) {
    self.init(
      profiles: output.profiles, format: DataFormat(output), shardRows: output.shardRows,
      pairs: pairs,
      lengthsAreWhole: lengthsAreWhole, extras: extras, types: types)
  }
}

extension DataFormat {
  fileprivate init(_ output: Configuration.Output) {
    switch (output.format, output.compression) {
    case (.parquet, .none): self = .parquet(.none)
    case (.parquet, .snappy): self = .parquet(.snappy)
    case (.parquet, .gzip): self = .parquet(.gzip)
    case (.parquet, .zstd): self = .parquet(.zstd)
    case (.jsonl, .none): self = .jsonl(.none)
    case (.jsonl, .gzip): self = .jsonl(.gzip)
    // The rules of the configuration refuse snappy here.
    case (.jsonl, .zstd), (.jsonl, .snappy): self = .jsonl(.zstd)
    }
  }
}

extension Configuration.Output {
  /// What the user says of the dataset.
  fileprivate var cardDetails: DatasetCard.Details {
    var details = DatasetCard.Details()
    details.license = license
    details.prettyName = prettyName
    details.languages = languages
    details.taskCategories = taskCategories
    details.sourceDatasets = sourceDatasets
    details.tags = tags
    return details
  }
}

extension Configuration {
  /// How curves are fitted, as a saved curve tells it.
  ///
  /// - Parameter source: the file of a curve that was read back; it was fitted elsewhere, with
  ///   settings that are not these.
  func fitDocument(from source: CurveSource?) -> JSONValue {
    if let source {
      return ["version": .string(dpoPrepVersion), "read_from": source.document]
    }
    let values = resolvedValues()["calibration"].map(JSONValue.init) ?? .null
    return ["version": .string(dpoPrepVersion), "calibration": values]
  }
}
