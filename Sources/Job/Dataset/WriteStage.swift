internal import Columns
package import Emit
internal import Ingest
internal import Records
internal import Rows
internal import Scan
package import Settings
package import Work

/// Copies the texts of the decided pairs into the dataset: from memory if the input stayed there,
/// otherwise in a second pass over the files.
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
    let (scan, plan) = (dataset.scan, dataset.result.plan)
    var examples = ExampleTexts()
    let answers = AnswerFigures(dataset, configuration)
    var writer = try DatasetWriter(
      folder: folder, layout: dataset.layout, workers: configuration.threadCount)
    let write = { (pair: PairTexts) throws in
      try writer.append(
        DatasetRow(pair, companions: answers.companions(of: pair.plan.prompt)) { answers[$0] },
        to: answers.split(ofPrompt: pair.plan.prompt))
    }

    progress.begin("writing", total: input.byteCount)
    let missing =
      if let kept = scan.kept {
        try copy(
          plan.plans, from: kept, of: input, groups: scan.groups,
          companions: answers.companions(of:),
          showing: dataset.examples, &examples, to: write)
      } else {
        try extract(
          plan.plans, from: input, after: scan, answers, showing: dataset.examples, &examples,
          temporaryFolder: configuration.run.temporaryFolder ?? folder.path, to: write)
      }
    progress.end()
    guard missing == 0 else {
      throw InternalFault("\(missing) planned pairs were not found in the second pass")
    }
    return Result(tables: try writer.finish(), examples: examples)
  }

  /// Takes the pairs' texts from memory.
  ///
  /// - Returns: how many pairs lack a text.
  private func copy(
    _ plans: [PairPlan], from kept: KeptInput, of input: PreparedInput, groups: CandidateGroups,
    companions: (UInt32) -> [UInt32], showing shown: ExamplePairs, _ examples: inout ExampleTexts,
    to write: (PairTexts) throws -> Void
  ) throws -> Int {
    for candidate in shown.candidates {
      if let answer = kept.answer(Int(candidate)) { examples.keep(answer.text, of: candidate) }
    }
    for number in shown.promptNumbers {
      let prompt = groups[Int(number)].first.flatMap { kept.prompt(ofCandidate: Int($0)) }
      if let prompt { examples.keep(prompt, number: number) }
    }
    var missing = 0
    for (index, plan) in plans.enumerated() {
      if index.isMultiple(of: 256) {
        try Interruption.checkpoint()
        progress.update(input.byteCount / plans.count * index)
      }
      guard let first = groups[Int(plan.prompt)].first,
        let prompt = kept.prompt(ofCandidate: Int(first)),
        let chosen = kept.answer(Int(plan.chosen)), let rejected = kept.answer(Int(plan.rejected))
      else {
        missing += 1
        continue
      }
      try write(
        PairTexts(
          plan: plan, prompt: prompt, chosen: chosen, rejected: rejected,
          companions: companions(plan.prompt).compactMap { kept.answer(Int($0)) }))
    }
    return missing
  }

  /// Reads the files again for the pairs' texts.
  ///
  /// - Returns: how many pairs lack a text.
  private func extract(
    _ plans: [PairPlan], from input: PreparedInput, after scan: InputScan.Result,
    _ answers: AnswerFigures, showing shown: ExamplePairs, _ examples: inout ExampleTexts,
    temporaryFolder: String, to write: @escaping (PairTexts) throws -> Void
  ) throws -> Int {
    let table = scan.table
    let planned = answers.texts
    let (exampleCandidates, examplePrompts) = (shown.candidates, shown.promptNumbers)
    var selection = planned
    shown.select(from: scan, in: &selection)
    var assembler = PairAssembler(
      plans: plans, companions: answers.companions(of:),
      budget: configuration.memoryForWaitingTexts,
      folder: temporaryFolder,
      output: write)
    let extraction = InputExtraction(
      schemas: input.schemas, obstacle: input.obstacle(configuration.output.profiles),
      selection: selection, framing: input.framing,
      threads: configuration.threadCount)
    try extraction.run(input.files, of: scan.inputs, frames: scan.frames) { [progress] in
      progress.update($0)
    } consume: { excerpts in
      try Interruption.checkpoint()
      for excerpt in excerpts {
        switch excerpt {
        case .prompt(let candidate, let prompt):
          let number = table.prompts[candidate]
          if examplePrompts.contains(number) { examples.keep(prompt, number: number) }
          if planned.hasPrompt(candidate) {
            try assembler.add(.prompt(prompt), prompt: number)
          }
        case .answer(let candidate, let answer):
          if exampleCandidates.contains(UInt32(candidate)) {
            examples.keep(answer.text, of: UInt32(candidate))
          }
          if planned.hasResponse(candidate) {
            try assembler.add(
              .answer(candidate: UInt32(candidate), answer),
              prompt: table.prompts[candidate])
          }
        }
      }
    }
    return try assembler.finish()
  }
}

extension Configuration {
  /// How many bytes of text may be in memory at once: what `run.memory` leaves beside the program
  /// with its buffers.
  package var memoryForTexts: Int { max(16 << 20, run.memory - (64 << 20)) }

  /// How many bytes of text may wait for the rest of their pair: half, as reading back what waited
  /// on disk takes nearly as much again.
  var memoryForWaitingTexts: Int { memoryForTexts / 2 }
}
