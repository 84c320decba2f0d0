internal import Emit
internal import Ingest
internal import Records
internal import Settings

/// The second pass: copies the texts of the decided pairs into the dataset.
struct WriteStage {
  let configuration: Configuration
  let progress: ProgressMeter

  func run(
    _ input: PreparedInput, scan: InputScan.Result, scores: FinalScores, plan: PlanStage.Result,
    layout: DatasetLayout, folder: DatasetFolder
  ) throws -> [DatasetWriter.Table] {
    let table = scan.table
    // One thread encodes rows; the others compress what it wrote.
    var writer = try DatasetWriter(
      folder: folder, layout: layout, workers: max(1, configuration.threadCount - 1))

    func answer(_ candidate: UInt32, _ text: [UInt8]) -> DatasetRow.Answer {
      let candidate = Int(candidate)
      return DatasetRow.Answer(
        text: text, score: scores[candidate], rawScore: table.rewards[candidate],
        length: table.lengths[0][candidate])
    }
    var assembler = PairAssembler(
      plans: plan.plans, budget: textBudget,
      folder: configuration.run.temporaryFolder ?? folder.path
    ) { pair in
      try writer.append(
        DatasetRow(
          prompt: pair.prompt, chosen: answer(pair.plan.chosen, pair.chosen),
          rejected: answer(pair.plan.rejected, pair.rejected)),
        to: table.isTest(prompt: Int(pair.plan.prompt)) ? .test : .train)
    }

    let extraction = InputExtraction(
      schema: input.schema, selection: selection(of: plan.plans, in: scan),
      maximumRowBytes: configuration.input.maxRow, threads: configuration.threadCount)
    progress.begin("writing", total: input.byteCount)
    defer { progress.end() }
    try extraction.run(input.files, after: scan) { [progress] in
      progress.update($0)
    } consume: { excerpts in
      try Interruption.checkpoint()
      for excerpt in excerpts {
        switch excerpt {
        case .prompt(let candidate, let prompt):
          try assembler.add(.prompt(prompt), prompt: table.prompts[candidate])
        case .response(let candidate, let text):
          try assembler.add(
            .response(candidate: UInt32(candidate), text: text), prompt: table.prompts[candidate])
        }
      }
    }
    let missing = try assembler.finish()
    guard missing == 0 else {
      throw InternalFault(message: "\(missing) planned pairs were not found in the second pass")
    }
    return try writer.finish()
  }

  /// How many bytes of text may wait in memory: half of what `run.memory` leaves beside the program
  /// with its buffers, as reading back what waited on disk takes nearly as much again.
  private var textBudget: Int {
    let program = 48 << 20
    return max(8 << 20, (configuration.run.memory - program) / 2)
  }

  private func selection(of plans: [PairPlan], in scan: InputScan.Result) -> TextSelection {
    var selection = TextSelection(candidateCount: scan.table.candidateCount)
    for plan in plans {
      selection.insert(response: Int(plan.chosen))
      selection.insert(response: Int(plan.rejected))
      if let first = scan.groups[Int(plan.prompt)].first {
        selection.insert(promptOf: Int(first))
      }
    }
    return selection
  }
}
