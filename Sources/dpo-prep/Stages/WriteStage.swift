internal import Emit
internal import Ingest
internal import Records
internal import Settings

/// Copies the texts of the decided pairs into the dataset: from memory if the input stayed there,
/// otherwise in a second pass over the files.
struct WriteStage {
  let configuration: Configuration
  let progress: ProgressMeter

  func run(
    _ input: PreparedInput, scan: InputScan.Result, scores: FinalScores, plan: PlanStage.Result,
    layout: DatasetLayout, folder: DatasetFolder
  ) throws -> [DatasetWriter.Table] {
    let table = scan.table
    let keepsModels = configuration.output.keepsModels
    var writer = try DatasetWriter(
      folder: folder, layout: layout, workers: configuration.threadCount)

    let companions = companions(in: scan)
    func answer(_ candidate: UInt32, _ text: [UInt8]) -> DatasetRow.Answer {
      let candidate = Int(candidate)
      return DatasetRow.Answer(
        text: text, score: scores[candidate], rawScore: table.rewards[candidate],
        length: table.lengths[0][candidate],
        model: keepsModels ? table.models[candidate] : nil)
    }
    let write = { (pair: PairTexts) throws in
      try writer.append(
        DatasetRow(
          prompt: pair.prompt, chosen: answer(pair.plan.chosen, pair.chosen),
          rejected: answer(pair.plan.rejected, pair.rejected),
          all: zip(companions(pair.plan.prompt), pair.companions).map(answer)),
        to: table.isTest(prompt: Int(pair.plan.prompt)) ? .test : .train)
    }

    progress.begin("writing", total: input.byteCount)
    let missing =
      if let kept = scan.kept {
        try copy(
          plan.plans, from: kept, of: input, groups: scan.groups, companions: companions,
          to: write)
      } else {
        try extract(
          plan.plans, from: input, after: scan, companions: companions,
          temporaryFolder: configuration.run.temporaryFolder ?? folder.path, to: write)
      }
    progress.end()
    guard missing == 0 else {
      throw InternalFault(message: "\(missing) planned pairs were not found in the second pass")
    }
    return try writer.finish()
  }

  /// Takes the pairs' texts from memory.
  ///
  /// - Returns: how many pairs lack a text.
  private func copy(
    _ plans: [PairPlan], from kept: KeptInput, of input: PreparedInput, groups: CandidateGroups,
    companions: (UInt32) -> [UInt32], to write: (PairTexts) throws -> Void
  ) throws -> Int {
    var missing = 0
    for (index, plan) in plans.enumerated() {
      if index.isMultiple(of: 256) {
        try Interruption.checkpoint()
        progress.update(input.byteCount / plans.count * index)
      }
      guard let first = groups[Int(plan.prompt)].first,
        let prompt = kept.prompt(ofCandidate: Int(first))
      else {
        missing += 1
        continue
      }
      try write(
        PairTexts(
          plan: plan, prompt: prompt, chosen: kept.response(Int(plan.chosen)),
          rejected: kept.response(Int(plan.rejected)),
          companions: companions(plan.prompt).map { kept.response(Int($0)) }))
    }
    return missing
  }

  /// Reads the files again for the pairs' texts.
  ///
  /// - Returns: how many pairs lack a text.
  private func extract(
    _ plans: [PairPlan], from input: PreparedInput, after scan: InputScan.Result,
    companions: @escaping (UInt32) -> [UInt32], temporaryFolder: String,
    to write: @escaping (PairTexts) throws -> Void
  ) throws -> Int {
    let table = scan.table
    var assembler = PairAssembler(
      plans: plans, companions: companions, budget: configuration.memoryForWaitingTexts,
      folder: temporaryFolder,
      output: write)
    let extraction = InputExtraction(
      schema: input.schema, selection: selection(of: plans, companions, in: scan),
      framing: input.framing,
      threads: configuration.threadCount)
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
    return try assembler.finish()
  }

  /// The candidates whose texts stand beside each pair of a prompt: the population's, if asked for.
  private func companions(in scan: InputScan.Result) -> (UInt32) -> [UInt32] {
    guard configuration.output.allAnswers else { return { _ in [] } }
    return { prompt in
      scan.groups[Int(prompt)].filter { !scan.table.rewards[Int($0)].isNaN }
    }
  }

  private func selection(
    of plans: [PairPlan], _ companions: (UInt32) -> [UInt32], in scan: InputScan.Result
  ) -> TextSelection {
    var selection = TextSelection(candidateCount: scan.table.candidateCount)
    for plan in plans {
      selection.insert(response: Int(plan.chosen))
      selection.insert(response: Int(plan.rejected))
      for candidate in companions(plan.prompt) { selection.insert(response: Int(candidate)) }
      if let first = scan.groups[Int(plan.prompt)].first {
        selection.insert(promptOf: Int(first))
      }
    }
    return selection
  }
}

extension Configuration {
  /// How many bytes of text may be in memory at once: what `run.memory` leaves beside the program
  /// with its buffers.
  var memoryForTexts: Int { max(16 << 20, run.memory - (64 << 20)) }

  /// How many bytes of text may wait for the rest of their pair: half, as reading back what waited
  /// on disk takes nearly as much again.
  var memoryForWaitingTexts: Int { memoryForTexts / 2 }
}
