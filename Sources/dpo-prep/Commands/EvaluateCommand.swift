internal import Calibrate
internal import Emit
internal import Evaluate
internal import Ingest
internal import Report
internal import Settings

/// `evaluate`: what becomes of benchmarks and leaderboards without the bias.
struct EvaluateCommand {
  let options: EvaluateOptions

  func run() throws {
    switch options.kind {
    case .rewardbench: try evaluateRewardBench()
    }
  }

  private func evaluateRewardBench() throws {
    let settings = try methodSettings()
    let threads = ReadPairsStage.threads
    let texts = try options.textsPath.map {
      try BenchmarkTexts(
        InputDiscovery.files(for: [$0]), settings: settings, threads: threads,
        checkpoint: { try Interruption.checkpoint() })
    }
    let scores = try RewardBenchScores(
      InputDiscovery.files(for: options.paths), texts: texts, settings: settings,
      threads: threads, checkpoint: { try Interruption.checkpoint() })
    let result = RewardBenchResult(
      evaluation: RewardBenchEvaluation(scores, settings: settings, threads: threads),
      settings: settings)
    if let path = options.csvPath { try SmallFile.replace(Array(result.csv.utf8), at: path) }
    if let path = options.reportPath {
      try SmallFile.replace(RewardBenchReport(result: result).page.utf8, at: path)
    }
    try StandardStream.output.write(
      options.printsJSON ? result.document.text : Array(result.text.utf8))
  }

  /// The methods' parameters, read as the main job reads its configuration.
  private func methodSettings() throws -> MethodSettings {
    let calibration = try Configuration.parse(
      "{input: {paths: [scores]}, output: {dir: none}}", named: "settings",
      overrides: options.settings
    ).configuration.calibration
    guard calibration.characteristics.allSatisfy({ $0.alpha != nil }) else { throw ChosenAlpha() }
    return MethodSettings(
      characteristics: calibration.characteristics.map { ($0.measure, $0.alpha ?? 1) },
      lowess: Lowess.Parameters(
        frac: calibration.frac ?? 1, iterations: calibration.iterations,
        delta: calibration.delta),
      choosesFrac: calibration.frac == nil,
      mean: .init(ratio: calibration.ratio, minimumCount: calibration.minCount),
      penalty: calibration.coefficient, isReferenceCompatible: options.isReferenceCompatible)
  }
}
