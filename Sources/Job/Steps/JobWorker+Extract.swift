internal import Emit
internal import Ingest
internal import JSON
internal import Records
internal import Scan
internal import Settings
internal import Work

extension JobWorker {
  /// Reads an input again and copies the texts that the dataset needs.
  ///
  /// - Parameter copy: where the input is on this machine, if not where the job has it.
  /// - Returns: Whether there was something to do.
  @discardableResult
  package func extract(_ index: Int, copy: String? = nil) throws -> Bool {
    try perform(JobTask.extract, ofInput: index, copy: copy) { file in
      let plan = try required(.plan)
      guard let facts = try required(.measure(input: index))["facts"].flatMap(MeasuredFacts.init),
        let firsts = plan.list("first_candidates", { Int(exactly: $0.number ?? -1) }),
        firsts.count == job.inputs.count
      else { throw damaged(folder.plan) }
      let first = firsts[index]
      var wanted = try WantedText.read(folder.wanted(index))[...]
      let prepared = try PreparedInput(FoundInput([file]), configuration)
      var selection = TextSelection(candidateCount: facts.candidateCount)
      for text in wanted {
        let candidate = Int(text.candidate) - first
        guard (0..<facts.candidateCount).contains(candidate) else {
          throw damaged(folder.wanted(index))
        }
        if text.isPrompt {
          selection.insert(promptOf: candidate)
        } else {
          selection.insert(response: candidate)
        }
      }
      let extraction = InputExtraction(
        schemas: prepared.schemas, obstacle: obstacle(prepared), selection: selection,
        framing: prepared.framing, threads: configuration.threadCount)
      progress.begin("extracting", total: prepared.byteCount)
      defer { progress.end() }
      let blocks = try SharedFile.make(at: folder.texts(index)) { partial in
        var writer = try TextBlocksWriter(path: partial)
        do {
          try extraction.run(
            prepared.files, of: [facts.report], frames: [facts.candidatesOfFrames],
            progress: { [progress] in progress.update($0) }
          ) { excerpts in
            try Interruption.checkpoint()
            for excerpt in excerpts {
              let (piece, isPrompt, candidate) = TextPiece.of(excerpt, firstCandidate: first)
              // Texts come in the order in which they are wanted.
              while let text = wanted.first, Int(text.candidate) == candidate,
                text.isPrompt == isPrompt
              {
                wanted.removeFirst()
                for bucket in text.buckets {
                  try writer.append(piece, prompt: text.prompt, bucket: bucket)
                }
              }
            }
          }
        } catch let error as IngestError where error.code == .inputChanged {
          throw changed(file)
        }
        return try writer.finish()
      }
      guard wanted.isEmpty else { throw changed(file) }
      try Receipt.write(
        [.init(name: "texts", value: blocks.document)], to: folder.textsReceipt(index),
        of: job.digest)
    }
  }
}

extension MeasuredFacts {
  /// For each frame the numbers of its candidates in the input.
  fileprivate var candidatesOfFrames: [Range<Int>] {
    var first = 0
    return frames.map { count in
      defer { first += count }
      return first..<(first + count)
    }
  }
}

extension TextPiece {
  /// An excerpt of an input whose first candidate has this number among those of all inputs.
  fileprivate static func of(
    _ excerpt: Excerpt, firstCandidate: Int
  ) -> (piece: TextPiece, isPrompt: Bool, candidate: Int) {
    switch excerpt {
    case .prompt(let candidate, let prompt):
      (.prompt(prompt), true, firstCandidate + candidate)
    case .answer(let candidate, let answer):
      (
        .answer(candidate: UInt32(firstCandidate + candidate), answer), false,
        firstCandidate + candidate
      )
    }
  }
}
