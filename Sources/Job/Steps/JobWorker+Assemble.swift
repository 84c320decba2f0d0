internal import Emit
internal import JSON
internal import Records
internal import Scan
internal import Settings
internal import Work

extension JobWorker {
  /// How the dataset's files are laid out, as the plan has it.
  func layout(of plan: JSONValue) throws -> DatasetLayout {
    guard let observations = plan["observations"].flatMap(Observations.init),
      let unwritten = plan.list("unwritten_context", \.text),
      let lengthsAreWhole = plan.truth("lengths_are_whole"), let counts = plan["pairs"]
    else { throw damaged(folder.plan) }
    var pairs: [DatasetSplit: Int] = [:]
    for split in DatasetSplit.allCases {
      guard let count = counts.integer(split.rawValue) else { throw damaged(folder.plan) }
      pairs[split] = count
    }
    return DatasetLayout(
      configuration.output, pairs: pairs, lengthsAreWhole: lengthsAreWhole,
      extras: ExtraColumns(configuration.output, kinds: observations.passThroughKinds),
      types: observations.types.without(
        context: Set(unwritten.map { String(decoding: $0, as: UTF8.self) })))
  }

  /// Writes a data file of the dataset.
  ///
  /// - Returns: Whether there was something to do.
  @discardableResult
  package func assemble(_ number: Int) throws -> Bool {
    let layout = try layout(of: try required(.plan))
    let outputs = layout.outputs
    guard outputs.indices.contains(number) else {
      throw JobError(
        .noSuchTask,
        "the dataset has \(Quantity.count(outputs.count, "data file")), numbered from 0; \(number) is not one",
        at: folder.path, hint: nil)
    }
    return try perform(.assemble(output: number)) {
      let output = outputs[number]
      let rows = PlannedRows(try PlannedAnswer.read(folder.rows(number)))
      let buckets = PairBuckets(of: layout).numbers(of: output)
      let path = "\(folder.outputs)/\(output.path)"
      progress.begin("writing", total: 0)
      defer { progress.end() }
      let written = try SharedFile.make(at: path) { partial in
        let name = partial.split(separator: "/").last.map(String.init) ?? partial
        let workers = configuration.threadCount
        let writer = DatasetWriter(
          DatasetTables(layout, only: output),
          PairEncoder.Source(
            row: { [self] pair in
              try DatasetRow(pair, otherAnswers: rows.otherAnswers[pair.plan.prompt] ?? []) {
                guard let figures = rows.figures[$0] else { throw damaged(folder.rows(number)) }
                return figures
              }
            },
            place: { PairPlace(output.split, output.pairs.lowerBound + $0) }), workers: workers
        ) { output in
          try DatasetShard(
            output, of: layout, folder: String(partial.dropLast(name.count + 1)), name: name,
            workers: workers)
        }
        var assembler = PairAssembler(
          plans: rows.plans, placeOfPrompt: { rows.places[$0] ?? .max },
          otherAnswers: { rows.otherAnswers[$0] ?? [] },
          budget: configuration.memoryForWaitingTexts,
          folder: configuration.run.temporaryFolder ?? folder.path
        ) { try writer.append($1, plan: $0) }
        try texts(in: buckets) { piece, prompt in
          if rows.needs(piece, of: prompt) { try assembler.add(piece, prompt: prompt) }
        }
        guard try assembler.finish() == 0 else {
          throw InternalFault("planned pairs of \(output.path) lack a text")
        }
        return try writer.finish()[0]
      }
      try Receipt.write(
        [
          .init(name: "file", value: written.file.document),
          .init(name: "loaded_bytes", value: .integer(written.loadedByteCount)),
        ], to: folder.outputReceipt(number), of: job.digest)
    }
  }

  /// The texts of some buckets, input by input.
  func texts(
    in buckets: Range<Int>, _ body: (_ piece: TextPiece, _ prompt: UInt32) throws -> Void
  ) throws {
    for index in job.inputs.indices {
      try Interruption.checkpoint()
      let receipt = try required(.extract(input: index))
      guard let blocks = receipt["texts"].flatMap(TextBlocks.init) else {
        throw damaged(folder.textsReceipt(index))
      }
      guard blocks.blocks.contains(where: { buckets.contains($0.bucket) }) else { continue }
      do {
        try TextBlocksReader(path: folder.texts(index), blocks).read(buckets: buckets) {
          try body($1, $0)
        }
      } catch let error as EmitError where error.code == .damaged {
        throw damaged(folder.texts(index))
      }
    }
  }
}

/// The rows of a data file but for their texts.
private struct PlannedRows: Sendable {
  private(set) var plans: [PairPlan] = []
  private(set) var otherAnswers: [UInt32: [UInt32]] = [:]
  private(set) var figures: [UInt32: AnswerFigures.Figures] = [:]
  /// For each prompt the place of its first pair.
  private(set) var places: [UInt32: UInt32] = [:]

  init(_ answers: [PlannedAnswer]) {
    // Companions are the same for every pair of a prompt.
    var isFirstPair = false
    for answer in answers {
      figures[answer.candidate] = AnswerFigures.Figures(
        score: answer.score, rawScore: answer.rawScore, length: answer.length,
        model: answer.model)
      switch answer.role {
      case .chosen:
        isFirstPair = places[answer.prompt] == nil
        if isFirstPair { places[answer.prompt] = UInt32(plans.count) }
        plans.append(
          PairPlan(prompt: answer.prompt, chosen: answer.candidate, rejected: answer.candidate))
      case .rejected: plans[plans.count - 1].rejected = answer.candidate
      case .otherAnswer:
        if isFirstPair { otherAnswers[answer.prompt, default: []].append(answer.candidate) }
      }
    }
  }

  /// Whether a text is one of these rows: a bucket may hold more of its prompt.
  func needs(_ piece: TextPiece, of prompt: UInt32) -> Bool {
    switch piece {
    case .prompt: places[prompt] != nil
    case .answer(let candidate, _): figures[candidate] != nil
    }
  }
}
