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
    try run(input, [(dataset, folder)])[0]
  }

  /// Writes the data files of several plans for the same scan, in one pass over the input.
  package func run(
    _ input: PreparedInput, _ datasets: [(plan: DatasetPlan, folder: DatasetFolder)]
  ) throws -> [Result] {
    guard let scan = datasets.first?.plan.scan else { return [] }
    let builds = datasets.map {
      DatasetBuild(
        $0.plan, folder: $0.folder, configuration,
        budget: configuration.memoryForWaitingTexts(beside: scan.resident?.account.byteCount ?? 0)
          / datasets.count)
    }
    var selection = TextSelection(candidateCount: scan.table.candidateCount)
    for (plan, _) in datasets {
      AnswerFigures(plan, plan.result.configuration).select(in: &selection)
      plan.examples.select(from: plan.scan, in: &selection)
    }
    let extraction = InputExtraction(
      schemas: input.schemas, obstacle: input.obstacle(configuration.output.profiles),
      selection: selection, framing: input.framing, threads: configuration.threadCount)

    progress.begin("writing", total: input.byteCount)
    let gatherers = builds.map(\.gatherers)
    try extraction.run(
      input.files, of: scan.inputs, frames: scan.frames, resident: scan.resident,
      progress: { [progress] in progress.update($0) },
      makeWorker: {
        var own = gatherers.map { $0() }
        return { excerpts in
          try own.indices.map { try own[$0].gather(excerpts) }
        }
      },
      consume: { (gathered: [PairGatherer.Gathered]) in
        try Interruption.checkpoint()
        for (build, gathered) in zip(builds, gathered) { try build.take(gathered) }
      })
    let results = try builds.map { try $0.finish() }
    progress.end()
    return results
  }
}

/// A dataset while the texts of its pairs come in.
private final class DatasetBuild {
  /// Makes what brings the texts of a frame together, for another thread.
  let gatherers: @Sendable () -> PairGatherer

  private let layout: DatasetLayout
  private let writer: DatasetWriter
  /// Nil once it is done.
  private var assembler: PairAssembler?
  private var examples = ExampleTexts()
  private var missing = 0

  /// - Parameter budget: how many bytes of text may wait in memory.
  init(
    _ plan: DatasetPlan, folder: DatasetFolder, _ configuration: Configuration, budget: Int
  ) {
    let plans = PairGatherer.Plans(plan)
    let writer = DatasetWriter(
      folder: folder, DatasetTables(plan.layout), plans.answers.source,
      workers: configuration.threadCount)
    let encoders = writer.encoders
    gatherers = { PairGatherer(plans, encoder: encoders()) }
    layout = plan.layout
    self.writer = writer
    assembler = PairAssembler(
      plans: plans.order.plans, placeOfPrompt: plans.order.place(ofPrompt:),
      otherAnswers: plans.answers.otherAnswers(of:), direct: plans.direct,
      budget: budget, folder: configuration.run.temporaryFolder ?? folder.path
    ) { try writer.append($1, plan: $0) }
  }

  /// Takes what there is of a frame.
  func take(_ gathered: PairGatherer.Gathered) throws {
    examples.merge(gathered.examples)
    for (prompt, piece) in gathered.pieces { try assembler?.add(piece, prompt: prompt) }
    for (plans, rows) in gathered.runs {
      missing += try assembler?.pass(plans) { try writer.append(rows) } ?? 0
    }
  }

  /// Ends every file.
  func finish() throws -> WriteStage.Result {
    missing += try assembler.take()?.finish() ?? 0
    let written = try writer.finish()
    guard missing == 0 else {
      throw InternalFault("\(missing) planned pairs were not found in the second pass")
    }
    return WriteStage.Result(
      tables: DatasetWriter.Table.tables(of: layout, written), examples: examples)
  }
}

extension PairGatherer.Plans {
  fileprivate init(_ dataset: DatasetPlan) {
    let (scan, order) = (dataset.scan, dataset.order)
    let answers = AnswerFigures(dataset, dataset.result.configuration)
    self.init(
      order: order, prompts: scan.table.prompts, answers: answers,
      direct: DirectPairs(
        plans: order.plans, pieces: scan.frames.flatMap { $0.map(\.upperBound) },
        group: { prompt in
          let group = scan.groups[Int(prompt)]
          return (Int(group.first ?? 0), Int(group.last ?? 0), group.count)
        },
        last: { plan in
          answers.otherAnswers(of: plan.prompt).reduce(max(Int(plan.chosen), Int(plan.rejected))) {
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
  func memoryForWaitingTexts(beside resident: Int) -> Int {
    max(16 << 20, min(memoryForWaitingTexts, memoryForTexts - resident))
  }
}
