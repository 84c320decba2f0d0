internal import Emit
internal import Ingest
internal import JSON
internal import Job
internal import Records
internal import Scan
internal import Settings
internal import Terminal
internal import Views
internal import Work

/// Does the work of a sweep: a scan for each group of variants that read the same, and of each variant
/// a plan and, where it is wanted, the dataset.
final class SweepWork {
  private(set) var result: SweepResult
  private let folders: SweepFolders
  private let isWriting: Bool
  /// What several scans meet is reported once.
  private let printer: any DiagnosticSink
  private let progress: any ProgressSink
  private let messages: SweepMessages
  private var inputs: [FoundKey: FoundInput] = [:]
  /// The first variant's pairs, which the others are compared with.
  private var reference: SweepReference?

  init(
    _ sweep: Sweep, _ folders: SweepFolders, writesData: Bool,
    printer: any DiagnosticSink, progress: any ProgressSink
  ) {
    result = SweepResult(sweep, writesData: writesData)
    self.folders = folders
    isWriting = writesData
    self.printer = ToldOnce(printer)
    self.progress = progress
    messages = SweepMessages(variants: sweep.variants.count)
  }

  /// Does everything but to give the folders their names.
  func run() throws {
    let groups = ScanGroup.groups(of: result.outcomes.map(\.variant.configuration))
    for group in groups {
      do {
        try run(group)
      } catch let error as any ReportableError where groups.count > 1 {
        // The others may be well.
        for index in group.members where result.outcomes[index].failure == nil {
          fail(index, error)
        }
      }
    }
    messages.report(to: printer)
    result.warnings = messages.distinct.filter { $0.diagnostic.severity == .warning }
  }

  private func run(_ group: ScanGroup) throws {
    var stopwatch = Stopwatch()
    let log = WarningLog(printer)
    let configuration = group.configuration
    let input = try PreparedInput(try found(configuration), configuration)
    let account = input.account
    account.warnings.forEach(log.report)
    try folders.refuseInside((input.files + configuration.input.excludedFiles()).map(\.path))
    folders.removeLitter(of: group.members)
    if configuration.input.format == .automatic {
      account.notes.forEach(printer.report)
    }
    let labels = try LabelStage(configuration: configuration, printer: log)
    try folders.refuseInside(labels.file?.inputs.map(\.name) ?? [])
    let warningsOfInput = log.warnings
    var ownWarnings: [Int: [Diagnostic]] = [:]
    for index in group.members {
      ownWarnings[index] = try attempt(index) { configuration, sink in
        let log = WarningLog(sink)
        try configuration.checkPreconditions()
        try OwnScoresCheck(configuration, account).report(to: log)
        return log.warnings
      }
    }
    let members = group.members.filter { result.outcomes[$0].failure == nil }
    guard !members.isEmpty else { return }
    var observer = ScanStage.Observer(
      printer: log,
      rejects: members.compactMap { folders[$0] }.map {
        RejectsFile(folder: $0.path, nameOf: configuration.publishedPath)
      })
    var scanning = ScanStage(configuration, printer: log, progress: progress)
    if isWriting { scanning.resident = input.resident(configuration) }
    scanning.obstacle = input.obstacle(configuration.output.profiles)
    scanning.labels = labels.pairs
    let scan = try scanning.run(input, observer: &observer)
    result.scans += 1
    stopwatch.lap("scan")
    let warningsOfScan = log.warnings.dropFirst(warningsOfInput.count)

    let resident = scan.resident?.account.byteCount ?? 0
    let atATime = isWriting ? configuration.datasetsAtATime(beside: resident) : 1
    for start in stride(from: 0, to: members.count, by: atATime) {
      var drafts: [Draft] = []
      for place in start..<min(start + atATime, members.count) {
        let index = members[place]
        let warnings = warningsOfInput + (ownWarnings[index] ?? []) + warningsOfScan
        let planned = try attempt(index) { configuration, sink in
          let log = WarningLog(sink, warnings: warnings)
          return try plan(
            configuration,
            Planning(
              configuration,
              labels: LabelStage(configuration: configuration, printer: log, file: labels.file),
              log: log, progress: progress), account, scan,
            Stopwatch(laps: stopwatch.laps))
        }
        guard let planned else { continue }
        drafts.append(
          Draft(
            index: index, plan: planned.plan, timings: planned.timings,
            rejects: isWriting ? try observer.rejects[place].finish() : nil))
      }
      try finish(drafts, input)
    }
  }

  private func plan(
    _ configuration: Configuration, _ planning: Planning, _ account: InputAccount,
    _ scan: InputScan.Result, _ stopwatch: Stopwatch
  ) throws -> (plan: DatasetPlan, timings: [(stage: String, seconds: Double)]) {
    var stopwatch = stopwatch
    var plan = try planning.run(
      account.serving(configuration), scan.serving(configuration),
      exampleCount: isWriting && configuration.report.html ? RunReport.exampleCount : 0,
      stopwatch: &stopwatch)
    // What is not written need not be drawn.
    if !isWriting { plan.result.configuration.report.html = false }
    return (plan, stopwatch.laps)
  }

  /// A dataset that is decided and not written yet.
  private struct Draft {
    let index: Int
    let plan: DatasetPlan
    let timings: [(stage: String, seconds: Double)]
    let rejects: WrittenFile?
  }

  /// Writes datasets, and takes their figures down.
  private func finish(_ drafts: [Draft], _ input: PreparedInput) throws {
    guard let configuration = drafts.first?.plan.result.configuration else { return }
    var stopwatch = Stopwatch()
    let written = try WriteStage(configuration, progress: progress).run(
      input, drafts.compactMap { draft in folders[draft.index].map { (draft.plan, $0) } })
    // The time of all of them is that of each.
    stopwatch.lap("emit")
    for (number, draft) in drafts.enumerated() {
      let plan = draft.plan
      var dataset = WrittenDataset(
        layout: plan.layout, tables: [], rejects: draft.rejects, examples: ExampleTexts(),
        timings: draft.timings)
      let documents = RunDocuments(plan)
      if let folder = folders[draft.index] {
        dataset.resident = plan.scan.resident?.account ?? dataset.resident
        dataset.tables = written[number].tables
        dataset.examples = written[number].examples
        dataset.timings += stopwatch.laps
        try folder.write(documents, of: dataset, curve: plan.curve)
      }
      if draft.index == 0 { reference = SweepReference(plan) }
      result.outcomes[draft.index].figures = SweepFigures(
        plan.result, summary: documents.summary(dataset), samePairs: reference?.samePairs(as: plan))
    }
  }

  /// Does something for a variant, which fails alone.
  private func attempt<Value>(
    _ index: Int, _ body: (Configuration, any DiagnosticSink) throws -> Value
  ) throws -> Value? {
    do {
      return try body(
        result.outcomes[index].variant.configuration, messages.sink(of: index))
    } catch let error as any ReportableError {
      fail(index, error)
      return nil
    }
  }

  private func fail(_ index: Int, _ error: any ReportableError) {
    result.outcomes[index].failure = error
    folders.discard(index)
    var diagnostic = error.diagnostic
    diagnostic.category = error.category
    messages.sink(of: index).report(diagnostic)
  }

  // MARK: Input

  /// What decides which files are found.
  private struct FoundKey: Hashable {
    var paths: [String]
    var streamBytes: Int?
    var streamDigest: String?
  }

  /// The input's files; streams are read once for all variants.
  private func found(_ configuration: Configuration) throws -> FoundInput {
    let input = configuration.input
    let key = FoundKey(
      paths: input.paths, streamBytes: input.streamBytes, streamDigest: input.streamDigest)
    if let found = inputs[key] { return found }
    let found = try FoundInput(
      input.paths,
      streamFolder: configuration.run.temporaryFolder ?? folders[0]?.path
        ?? InputFile.temporaryFolder,
      expecting: input.expectedStream, progress: progress)
    inputs[key] = found
    return found
  }
}

extension Configuration {
  /// How many datasets are written in one pass: what is on its way to the files of one takes up to
  /// 96 MiB.
  ///
  /// - Parameter kept: how many bytes of text are in memory.
  fileprivate func datasetsAtATime(beside resident: Int) -> Int {
    min(32, max(1, (memoryForTexts - resident) / (96 << 20)))
  }
}
