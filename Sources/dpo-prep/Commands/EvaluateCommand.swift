internal import Calibrate
internal import Emit
internal import Evaluate
internal import Ingest
internal import JSON
internal import Job
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
    progress = reporting.meter()
  }

  func run() throws {
    if options.listsFormats {
      return try StandardStream.output.write(ShownText(BenchmarkLayout.markdownTable))
    }
    switch options.kind {
    case .rewardbench: try evaluateRewardBench()
    case .alpacaeval: try evaluateLeaderboard()
    }
  }

  /// Where results go, of which none takes the place of what is read.
  private func outputs(sparing named: [String?]) throws -> NamedOutputs {
    try NamedOutputs(
      [("--csv", options.csvPath), ("--html", options.reportPath)], figures: options.figures,
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
      sparing: [options.leaderboard.baselineFile, options.leaderboard.gamedPath]
        + options.leaderboard.rankings.map(\.path))
    let settings = try methodSettings()
    let board = options.leaderboard
    let scoring = LeaderboardRows.Scoring(
      field: board.scoreField, takesPreferences: board.takesPreferences,
      scale: board.preferenceScale, clip: board.clip)
    let rankings = try board.rankings.map {
      try Ranking(name: $0.name, path: $0.path, column: $0.column)
    }
    let lengthControl = try board.gamedPath.map { try LengthControl(gamed: $0) } ?? LengthControl()
    var rows = LeaderboardRows(baseline: board.baseline)
    func add(_ files: [InputFile], isBaseline: Bool = false) throws {
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
    let read =
      found.contains(where: isOutputs)
      ? found.filter { isOutputs($0) || named.contains($0.displayName) } : found
    try add(read)
    let baselineFiles = try board.baselineFile.map { try files([$0]) } ?? []
    if !baselineFiles.isEmpty { try add(baselineFiles, isBaseline: true) }
    try rows.settle(scoring, baselineScore: board.baselineScore)
    progress.begin("evaluating", total: 0)
    let result = LeaderboardResult(
      evaluation: try LeaderboardEvaluation(
        rows, baseline: board.baseline, fitsBaseline: board.fitsBaseline, rankings: rankings,
        settings: settings, lengthControl: lengthControl, resampling: resampling,
        threads: LoadPairsStage.threads, progress: progress,
        checkpoint: { try Interruption.checkpoint() }),
      settings: settings,
      origin: try origin(
        [("scores", read), ("baseline", baselineFiles)],
        board.rankings.map { ("ranking", $0.path) }
          + (board.gamedPath.map { [("gamed", $0)] } ?? [])))
    progress.end()
    warn(result.warnings)
    try write(
      to: outputs, csv: result.csv, page: { LeaderboardReport(result: result).page },
      json: result.document,
      text: result.text(width: StandardStream.outputWidth))
  }

  private func warn(_ warnings: [Diagnostic]) {
    warnings.forEach(printer.report)
  }

  private func write(
    to outputs: NamedOutputs, csv: String, page: @escaping () -> ReportPage, json: JSONValue,
    text: String
  ) throws {
    try outputs.deliver(
      [("--csv", { Array(csv.utf8) }), ("--html", { page().utf8 })], figures: { page().figures }
    ) {
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
    let textFiles = try options.textsPath.map { try files([$0]) } ?? []
    let texts = try options.textsPath.map { _ in
      try BenchmarkTexts(
        textFiles, settings: settings, threads: threads, progress: progress,
        checkpoint: { try Interruption.checkpoint() })
    }
    let scoreFiles = try files(options.paths)
    let scores = try RewardBenchScores(
      scoreFiles, texts: texts, settings: settings, threads: threads, progress: progress,
      checkpoint: { try Interruption.checkpoint() })
    progress.begin("evaluating", total: 0)
    let result = RewardBenchResult(
      evaluation: try RewardBenchEvaluation(
        scores, settings: settings, resampling: resampling, threads: threads, progress: progress,
        checkpoint: { try Interruption.checkpoint() }),
      settings: settings,
      origin: try origin([("scores", scoreFiles), ("texts", textFiles)]))
    progress.end()
    warn(result.warnings)
    try write(
      to: outputs, csv: result.csv, page: { RewardBenchReport(result: result).page },
      json: result.document,
      text: result.text(width: StandardStream.outputWidth))
  }

  private var resampling: Resampling {
    Resampling(count: options.resamples, seed: options.seed)
  }

  /// What the figures were made of.
  ///
  /// - Parameter others: Files that are read whole.
  private func origin(
    _ inputs: [(role: String, files: [InputFile])], _ others: [(role: String, path: String)] = []
  ) throws -> EvaluationOrigin {
    var configuration = Configuration()
    configuration.calibration = try calibration()
    let values = configuration.resolvedValues()["calibration"].map(JSONValue.init) ?? .null
    return EvaluationOrigin(
      command: options.kind == .rewardbench ? "evaluate rewardbench" : "evaluate alpacaeval",
      settings: settingKeys.map { ("calibration.\($0)", values[$0] ?? .null) }
        + [
          ("ties", .string((options.ties ?? defaultTies).rawValue)),
          ("reference_compatible", .bool(options.isReferenceCompatible)),
        ],
      inputs: try inputs.flatMap { role, files in
        try files.map { try input(role, $0.displayName, $0.path) }
      } + others.map { try input($0.role, $0.path, $0.path) },
      resampling: resampling)
  }

  /// The settings that have a say.
  private var settingKeys: [String] {
    EvaluateOptions.settingKeys + (options.addsEnsemble ? EvaluateOptions.ensembleKeys : [])
  }

  private func input(
    _ role: String, _ name: String, _ path: String
  ) throws -> EvaluationOrigin.Input {
    EvaluationOrigin.Input(
      role: role, path: name,
      digest: try FileDigest(of: path) { _ in try Interruption.checkpoint() })
  }

  private var defaultTies: TieRule { options.isReferenceCompatible ? .wrong : .half }

  /// The section of the configuration; the paper's scope is taken unless another is given.
  private func calibration() throws -> Configuration.Calibration {
    try .parse(overrides: ["calibration.scope=global"] + options.settings)
  }

  /// The methods' parameters, read as the main job reads its configuration.
  private func methodSettings() throws -> MethodSettings {
    let calibration = try calibration()
    guard calibration.characteristics.allSatisfy({ $0.alpha != nil }) else { throw ChosenAlpha() }
    guard calibration.characteristics.allSatisfy({ $0.measure != .tokens }) else {
      throw UncountedTokens()
    }
    return MethodSettings(
      characteristics: calibration.characteristics.map { ($0.measure, $0.alpha ?? 1) },
      lowess: Lowess.Parameters(
        frac: calibration.frac ?? 1, iterations: calibration.passes, delta: calibration.delta),
      choosesFrac: calibration.frac == nil,
      scope: calibration.scope == .global ? .global : .withinPrompt(.init()),
      transform: calibration.rewardTransform,
      ensemble: options.addsEnsemble ? calibration.combinationRule : nil,
      mean: .init(ratio: calibration.ratio, minimumCount: calibration.minCount),
      penalty: calibration.coefficient,
      ties: options.ties ?? defaultTies,
      isReferenceCompatible: options.isReferenceCompatible)
  }
}
