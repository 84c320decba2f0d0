internal import Emit
internal import Ingest
internal import Job
internal import Records
internal import Scan
internal import Settings
internal import Terminal

/// The input as a command scans it that writes no dataset: what is dropped, and so what curves are
/// fitted on, is the same as where one is.
struct PlainScan {
  let input: PreparedInput
  let account: InputAccount
  let labels: LabelStage
  let scan: InputScan.Result

  /// - Parameters:
  ///   - readsModels: Whether the models of answers are read whatever the calibration uses.
  init(
    _ configuration: Configuration, readsModels: Bool = false, printer: any DiagnosticSink,
    progress: ProgressMeter
  ) throws {
    try configuration.checkPreconditions()
    input = try PreparedInput(
      FoundInput(
        configuration.input.paths,
        streamFolder: configuration.run.temporaryFolder ?? InputFile.temporaryFolder,
        expecting: configuration.input.expectedStream, progress: progress),
      configuration.input,
      characteristics: configuration.measures,
      readsModels: readsModels || configuration.calibration.usesModels,
      split: configuration.split,
      hasProbabilities: configuration.calibration.transform == .logit,
      threads: configuration.threadCount)
    account = input.account
    account.warnings.forEach(printer.report)
    try OwnScoresCheck(configuration, account).report(to: printer)
    labels = try LabelStage(configuration: configuration, printer: printer)
    var observer = ScanStage.Observer(printer: printer)
    var scanning = ScanStage(configuration, printer: printer, progress: progress)
    scanning.labels = labels.pairs
    let found = try scanning.run(input, observer: &observer)
    try NamedFields.require(
      configuration.input, in: found,
      readsModels: readsModels || configuration.calibration.usesModels)
    scan = found.serving(configuration)
  }

  /// What a command reads that must not be overwritten.
  static func sources(
    of configuration: Configuration, from source: ConfigurationSource
  ) throws -> [OutputPath.Source] {
    func named(_ path: String?, _ role: String) -> [OutputPath.Source] {
      path.map { [OutputPath.Source($0, role: role)] } ?? []
    }
    return named(source.path, "the configuration")
      + named(configuration.calibration.curve, "an input")
      + named(configuration.calibration.labels, "an input")
      + named(configuration.input.tokenizer, "an input")
      + named(configuration.report.previousCurve.map(PreviousCurves.file), "an input")
      + .inputs(try configuration.input.excludedFiles())
      + .inputs(try InputDiscovery.files(for: configuration.input.paths))
  }
}
