internal import Columns
package import Emit
internal import Ingest
internal import Records
internal import Rows
internal import Scan
package import Settings
package import Work

/// Copies the texts of the decided pairs into the dataset, in a second pass over the input.
package struct WriteStage {
  /// What was written, and what was seen on the way.
  package struct Result {
    package var tables: [DatasetWriter.Table]
    package var examples: ExampleTexts
  }

  package let configuration: Configuration
  package let progress: any ProgressSink

  package init(_ configuration: Configuration, progress: any ProgressSink) {
    self.configuration = configuration
    self.progress = progress
  }

  /// Writes the data files of a plan.
  package func run(
    _ input: PreparedInput, _ dataset: DatasetPlan, folder: DatasetFolder
  ) throws -> Result {
    let scan = dataset.scan
    let plans = gathererPlans(dataset)
    let answers = plans.answers
    let writer = DatasetWriter(
      folder: folder, DatasetTables(dataset.layout), answers.source,
      workers: configuration.threadCount)
    var assembler = PairAssembler(
      plans: plans.plans, companions: answers.companions(of:), direct: plans.direct,
      budget: configuration.memoryForWaitingTexts(beside: scan.kept?.byteCount ?? 0),
      folder: configuration.run.temporaryFolder ?? folder.path
    ) { try writer.append($1, plan: $0) }
    var selection = plans.wanted
    dataset.examples.select(from: scan, in: &selection)
    let extraction = InputExtraction(
      schemas: input.schemas, obstacle: input.obstacle(configuration.output.profiles),
      selection: selection, framing: input.framing, threads: configuration.threadCount)

    progress.begin("writing", total: input.byteCount)
    var examples = ExampleTexts()
    var missing = 0
    let encoders = writer.encoders
    try extraction.run(
      input.files, of: scan.inputs, frames: scan.frames, kept: scan.kept,
      progress: { [progress] in progress.update($0) },
      makeWorker: {
        var gatherer = PairGatherer(plans, encoder: encoders())
        return { try gatherer.gather($0) }
      },
      consume: { (gathered: PairGatherer.Gathered) in
        try Interruption.checkpoint()
        examples.merge(gathered.examples)
        for (prompt, piece) in gathered.pieces { try assembler.add(piece, prompt: prompt) }
        for (plans, rows) in gathered.runs {
          missing += try assembler.pass(plans) { try writer.append(rows) }
        }
      })
    missing += try assembler.finish()
    let written = try writer.finish()
    progress.end()
    guard missing == 0 else {
      throw InternalFault("\(missing) planned pairs were not found in the second pass")
    }
    return Result(
      tables: DatasetWriter.Table.tables(of: dataset.layout, written), examples: examples)
  }

  private func gathererPlans(_ dataset: DatasetPlan) -> PairGatherer.Plans {
    let (scan, plans) = (dataset.scan, dataset.result.plan.plans)
    let answers = AnswerFigures(dataset, configuration)
    return PairGatherer.Plans(
      plans: plans, prompts: scan.table.prompts, answers: answers,
      direct: DirectPairs(
        plans: plans, pieces: scan.frames.flatMap { $0.map(\.upperBound) },
        group: { prompt in
          let group = scan.groups[Int(prompt)]
          return (Int(group.first ?? 0), Int(group.last ?? 0), group.count)
        },
        last: { plan in
          answers.companions(of: plan.prompt).reduce(max(Int(plan.chosen), Int(plan.rejected))) {
            max($0, Int($1))
          }
        }),
      wanted: answers.texts, shownCandidates: dataset.examples.candidates,
      shownPrompts: dataset.examples.promptNumbers)
  }
}

extension Configuration {
  /// How many bytes of text may be in memory at once: what `run.memory` leaves beside the program
  /// with its buffers, of which each further thread has some.
  package var memoryForTexts: Int {
    max(16 << 20, run.memory - (64 << 20) - max(0, threadCount - 2) * (8 << 20))
  }

  /// How many bytes of text may be kept that are quickly read again: with little memory none.
  var memoryForFastTexts: Int { run.memory >= 512 << 20 ? memoryForTexts : 0 }

  /// How many bytes of text may wait for the rest of their pair: half, as reading back what waited
  /// on disk takes nearly as much again.
  var memoryForWaitingTexts: Int { memoryForTexts / 2 }

  /// How many may, where some of the input is kept.
  func memoryForWaitingTexts(beside kept: Int) -> Int {
    max(16 << 20, min(memoryForWaitingTexts, memoryForTexts - kept))
  }
}
