internal import Columns
internal import Emit
package import JSON
internal import Parquet
internal import Records
internal import Rows
internal import Scan
internal import Settings
internal import Work

extension JobWorker {
  /// Decides the dataset: everything that is not of one input alone.
  ///
  /// - Parameters:
  ///   - exampleCount: how many pairs the report shows in full.
  ///   - documents: what the dataset's documents need to know of the plan.
  /// - Returns: Whether there was something to do.
  @discardableResult
  package func plan(
    exampleCount: Int, documents: (DatasetPlan) throws -> JSONValue
  ) throws -> Bool {
    try perform(.plan) {
      let measured = try measured()
      try job.checkSideFiles()
      var stopwatch = Stopwatch()
      let log = WarningLog(printer)
      let account =
        job.account
        ?? InputAccount(
          merging: measured.filter { $0.input.facts.report.rows > 0 }.map(\.account))
      account.warnings.forEach(log.report)
      try OwnScoresCheck(configuration, account).report(to: log)
      let labels = try LabelStage(configuration: configuration, printer: log)
      let (scan, rejects) = try scan(measured.map(\.input), labels: labels, log: log)
      stopwatch.lap("scan")
      var plan = try Planning(configuration, labels: labels, log: log, progress: progress).run(
        account, scan, exampleCount: exampleCount, stopwatch: &stopwatch)
      // What this machine decides is no part of the dataset.
      plan.result.configuration = job.configuration
      let curve = try SharedFile.write(plan.curve, to: folder.curve)

      let parts = PlanParts(plan, configuration)
      try writeWanted(parts)
      try writeRows(parts)
      let layout = plan.layout
      try Receipt.write(
        [
          .init(name: "pairs", value: Self.document(layout.pairs)),
          .init(name: "lengths_are_whole", value: .bool(layout.lengthsAreWhole)),
          .init(name: "observations", value: scan.observations.document),
          .init(
            name: "unwritten_context",
            value: .list(account.unwrittenContext.sorted().map { .string($0) })),
          .init(
            name: "first_candidates",
            value: .list(parts.candidates.map { .integer($0.lowerBound) })),
          .init(name: "outputs", value: .list(parts.outputs.map { .string($0.path) })),
          .init(name: "curve_sha256", value: .string(curve.sha256)),
          .init(name: "rejects", value: rejects?.document ?? .null),
          .init(
            name: "timings",
            value: .object(stopwatch.laps.map { .init(name: $0.stage, value: .number($0.seconds)) })
          ),
          .init(name: "documents", value: try documents(plan)),
        ], to: folder.plan, of: job.digest)
    }
  }

  /// Puts the columns of all inputs together, and writes the malformed rows.
  private func scan(
    _ inputs: [MeasuredInput], labels: LabelStage, log: WarningLog
  ) throws -> (InputScan.Result, rejects: WrittenFile?) {
    var scanning = ScanStage(configuration, printer: log, progress: progress)
    scanning.labels = labels.pairs
    return try SharedFile.make(at: folder.planned + "/" + RejectsFile.name) { partial in
      var observer = ScanStage.Observer(
        printer: log,
        rejects: [
          RejectsFile(
            folder: folder.planned, fileName: String(partial.dropFirst(folder.planned.count + 1)),
            nameOf: configuration.publishedPath)
        ])
      let result = try scanning.run(inputs, observer: &observer)
      return (result, try observer.rejects[0].finish())
    }
  }

  /// Writes for each input which of its texts are wanted, by whom.
  private func writeWanted(_ parts: PlanParts) throws {
    for (input, candidates) in parts.candidates.enumerated() {
      try Interruption.checkpoint()
      try WantedText.write(candidates.lazy.flatMap(parts.texts), to: folder.wanted(input))
    }
  }

  /// Writes for each data file its rows but for the texts.
  private func writeRows(_ parts: PlanParts) throws {
    for (number, output) in parts.outputs.enumerated() {
      try Interruption.checkpoint()
      try PlannedAnswer.write(
        output.pairs.lazy.flatMap { parts.answers(of: $0, in: output.split) },
        to: folder.rows(number))
    }
  }

  private static func document(_ pairs: [DatasetSplit: Int]) -> JSONValue {
    .object(
      DatasetSplit.allCases.map {
        .init(name: $0.rawValue, value: .integer(pairs[$0, default: 0]))
      })
  }
}

/// What a plan comes to for each input and for each data file.
private struct PlanParts {
  let outputs: [DatasetLayout.Output]
  /// The numbers of each input's candidates.
  let candidates: [Range<Int>]
  private let plan: DatasetPlan
  private let answers: AnswerFigures
  private let planned: TextSelection
  private let exampleTexts: TextSelection
  /// For each split the places of its pairs in the plan.
  private var places: [DatasetSplit: [UInt32]] = [:]
  /// For each prompt the buckets of its pairs.
  private var firstBuckets: [UInt32]
  private var bucketCounts: [UInt32]
  /// What pairs that the report shows need.
  private let exampleBucket: Range<Int>

  init(_ plan: DatasetPlan, _ configuration: Configuration) {
    self.plan = plan
    outputs = plan.layout.outputs
    var first = 0
    candidates = plan.scan.frames.map { frames in
      let end = frames.last?.upperBound ?? first
      defer { first = end }
      return first..<end
    }
    answers = AnswerFigures(plan, configuration)
    planned = answers.texts
    var exampleTexts = TextSelection(candidateCount: plan.scan.table.candidateCount)
    plan.examples.select(from: plan.scan, in: &exampleTexts)
    self.exampleTexts = exampleTexts
    let table = plan.scan.table
    let buckets = PairBuckets(of: plan.layout)
    exampleBucket = buckets.all.count..<(buckets.all.count + 1)
    firstBuckets = Array(repeating: 0, count: table.promptCount)
    bucketCounts = firstBuckets
    for (place, pair) in plan.order.plans.enumerated() {
      let prompt = Int(pair.prompt)
      let split = answers.place(ofPlan: place).split
      let bucket = UInt32(buckets.number(of: places[split, default: []].count, in: split))
      places[split, default: []].append(UInt32(place))
      if bucketCounts[prompt] == 0 { firstBuckets[prompt] = bucket }
      bucketCounts[prompt] = bucket - firstBuckets[prompt] + 1
    }
  }

  /// The wanted texts of a candidate's row.
  func texts(of candidate: Int) -> [WantedText] {
    let prompt = plan.scan.table.prompts[candidate]
    let first = Int(firstBuckets[Int(prompt)])
    let buckets = first..<(first + Int(bucketCounts[Int(prompt)]))
    func text(_ isPrompt: Bool, _ buckets: Range<Int>) -> WantedText {
      WantedText(
        candidate: UInt32(candidate), prompt: prompt, isPrompt: isPrompt, buckets: buckets)
    }
    var texts: [WantedText] = []
    if planned.hasPrompt(candidate) { texts.append(text(true, buckets)) }
    if exampleTexts.hasPrompt(candidate) { texts.append(text(true, exampleBucket)) }
    if planned.hasResponse(candidate) { texts.append(text(false, buckets)) }
    if exampleTexts.hasResponse(candidate) { texts.append(text(false, exampleBucket)) }
    return texts
  }

  /// The answers of a pair, by its number in the split.
  func answers(of pair: Int, in split: DatasetSplit) -> [PlannedAnswer] {
    let pair = plan.order.plans[Int(places[split, default: []][pair])]
    func answer(_ candidate: UInt32, _ role: PlannedAnswer.Role) -> PlannedAnswer {
      let figures = answers[candidate]
      return PlannedAnswer(
        prompt: pair.prompt, candidate: candidate, role: role, score: figures.score,
        rawScore: figures.rawScore, length: figures.length, model: figures.model)
    }
    return [answer(pair.chosen, .chosen), answer(pair.rejected, .rejected)]
      + answers.otherAnswers(of: pair.prompt).map { answer($0, .otherAnswer) }
  }
}
