internal import Calibrate
internal import Emit
internal import Evaluate
internal import Ingest
internal import JSON
internal import Records
internal import Report
internal import Settings
internal import Terminal
internal import Views
internal import Work

/// `evaluate`: what becomes of benchmarks and leaderboards without the bias.
struct EvaluateCommand {
  private let options: EvaluateOptions
  private let printer: any DiagnosticSink
  private let progress: ProgressMeter

  init(_ options: EvaluateOptions, _ reporting: Reporting) {
    self.options = options
    printer = reporting.printer
    progress = reporting.meter(isShown: options.showsProgress && !options.isQuiet)
  }

  func run() throws {
    switch options.kind {
    case .rewardbench: try evaluateRewardBench()
    case .alpacaeval: try evaluateLeaderboard()
    }
  }

  /// Where results go, of which none takes the place of what is read.
  private func outputs(sparing named: [String?]) throws -> NamedOutputs {
    try NamedOutputs(
      [("--csv", options.csvPath), ("--html", options.reportPath)],
      printsJSON: options.printsJSON,
      sparing: {
        .inputs(try InputDiscovery.files(for: options.paths))
          + named.compactMap(\.self).map { OutputPath.Source($0, role: "an input") }
      }, printer: printer)
  }

  /// The files that the paths mean, any of which can be read more than once.
  private func files(_ paths: [String]) throws -> [InputFile] {
    try InputDiscovery.files(for: paths).map { try $0.rereadable(progress: progress) }
  }

  private func evaluateLeaderboard() throws {
    let outputs = try outputs(
      sparing: [options.leaderboard.baselineFile] + options.leaderboard.rankings.map(\.path))
    let settings = try methodSettings()
    let board = options.leaderboard
    let scoring = LeaderboardRows.Scoring(
      field: board.scoreField, takesPreferences: board.takesPreferences,
      scale: board.preferenceScale, clip: board.clip)
    let rankings = try board.rankings.map {
      try Ranking(name: $0.name, path: $0.path, column: $0.column)
    }
    var rows = LeaderboardRows(baseline: board.baseline)
    func read(_ files: [InputFile], isBaseline: Bool = false) throws {
      try rows.read(
        files, isBaseline: isBaseline, scoring: scoring, settings: settings,
        threads: LoadPairsStage.threads, progress: progress,
        checkpoint: { try Interruption.checkpoint() })
    }
    let found = try files(options.paths)
    // Results of AlpacaEval have other files beside the outputs; what was named itself is read.
    func isOutputs(_ file: InputFile) -> Bool {
      file.path.split(separator: "/").last?.hasPrefix("model_outputs") == true
    }
    let named = Set(options.paths)
    try read(
      found.contains(where: isOutputs)
        ? found.filter { isOutputs($0) || named.contains($0.displayName) } : found)
    if let path = board.baselineFile {
      try read(files([path]), isBaseline: true)
    }
    try rows.settle(scoring, baselineScore: board.baselineScore)
    progress.begin("evaluating", total: 0)
    let result = LeaderboardResult(
      evaluation: try LeaderboardEvaluation(
        rows, baseline: board.baseline, fitsBaseline: board.fitsBaseline, rankings: rankings,
        settings: settings),
      settings: settings)
    progress.end()
    warn(result.warnings)
    try write(
      to: outputs, csv: result.csv, page: { LeaderboardReport(result: result).page },
      json: result.document,
      text: result.text(width: StandardStream.outputWidth))
  }

  private func warn(_ warnings: [Diagnostic]) {
    if !options.isQuiet { warnings.forEach(printer.report) }
  }

  private func write(
    to outputs: NamedOutputs, csv: String, page: @escaping () -> ReportPage, json: JSONValue,
    text: String
  ) throws {
    try outputs.deliver([("--csv", { Array(csv.utf8) }), ("--html", { page().utf8 })]) {
      if options.printsJSON {
        try StandardStream.output.write(json)
      } else {
        try StandardStream.output.write(ShownText(text))
      }
    }
  }

  private func evaluateRewardBench() throws {
    let outputs = try outputs(sparing: [options.textsPath])
    let settings = try methodSettings()
    let threads = LoadPairsStage.threads
    let texts = try options.textsPath.map {
      try BenchmarkTexts(
        files([$0]), settings: settings, threads: threads, progress: progress,
        checkpoint: { try Interruption.checkpoint() })
    }
    let scores = try RewardBenchScores(
      files(options.paths), texts: texts, settings: settings, threads: threads,
      progress: progress, checkpoint: { try Interruption.checkpoint() })
    progress.begin("evaluating", total: 0)
    let result = RewardBenchResult(
      evaluation: RewardBenchEvaluation(scores, settings: settings, threads: threads),
      settings: settings)
    progress.end()
    warn(result.warnings)
    try write(
      to: outputs, csv: result.csv, page: { RewardBenchReport(result: result).page },
      json: result.document,
      text: result.text(width: StandardStream.outputWidth))
  }

  /// The methods' parameters, read as the main job reads its configuration.
  private func methodSettings() throws -> MethodSettings {
    let calibration = try Configuration.Calibration.parse(overrides: options.settings)
    guard calibration.characteristics.allSatisfy({ $0.alpha != nil }) else { throw ChosenAlpha() }
    guard calibration.characteristics.allSatisfy({ $0.measure != .tokens }) else {
      throw UncountedTokens()
    }
    return MethodSettings(
      characteristics: calibration.characteristics.map { ($0.measure, $0.alpha ?? 1) },
      lowess: Lowess.Parameters(
        frac: calibration.frac ?? 1, iterations: calibration.iterations ?? 3,
        delta: calibration.delta),
      choosesFrac: calibration.frac == nil,
      mean: .init(ratio: calibration.ratio, minimumCount: calibration.minCount),
      penalty: calibration.coefficient,
      ties: options.ties ?? (options.isReferenceCompatible ? .wrong : .half),
      isReferenceCompatible: options.isReferenceCompatible)
  }
}
