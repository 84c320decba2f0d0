internal import Columns
internal import Emit
internal import Records
internal import Scan

/// Brings together the pairs whose texts are in one frame of the input, and encodes them; on one
/// thread.
struct PairGatherer {
  /// What becomes of the texts of a frame.
  struct Gathered: Sendable {
    /// Texts of pairs that need others from elsewhere.
    var pieces: [(prompt: UInt32, piece: TextPiece)] = []
    /// Pairs one behind the other, encoded.
    var runs: [(plans: Range<Int>, rows: [RowBatch])] = []
    /// Texts that are shown.
    var examples = ExampleTexts()
  }

  /// What all gatherers of a dataset share.
  struct Plans: Sendable {
    let order: RowOrder
    /// For each candidate the number of its prompt.
    let prompts: Columns.Column<UInt32>
    let answers: AnswerFigures
    let direct: DirectPairs
    /// The texts of all pairs.
    let wanted: TextSelection
    let shownCandidates: Set<UInt32>
    let shownPrompts: Set<UInt32>
  }

  private let shared: Plans
  private let encoder: PairEncoder
  /// Behind the plans of the last prompt.
  private var next = 0

  init(_ shared: Plans, encoder: PairEncoder) {
    self.shared = shared
    self.encoder = encoder
  }

  /// Takes the texts of a frame.
  mutating func gather(_ excerpts: [Excerpt]) throws -> Gathered {
    var gathered = Gathered()
    var whole: [(plans: Range<Int>, excerpts: Range<Int>)] = []
    var rest = excerpts.indices
    while let first = rest.first {
      let prompt = shared.prompts[excerpts[first].candidate]
      let end = rest.first { shared.prompts[excerpts[$0].candidate] != prompt } ?? excerpts.endIndex
      show(excerpts[first..<end], of: prompt, in: &gathered.examples)
      let plans = shared.order.pairs(ofPrompt: prompt, near: next)
      next = plans.upperBound
      if let plan = plans.first {
        if shared.direct.contains(plan) {
          whole.append((plans, first..<end))
        } else {
          put(excerpts[first..<end], of: prompt, into: &gathered.pieces)
        }
      }
      rest = end..<excerpts.endIndex
    }
    // Prompts can have been numbered by earlier rows, and rows have another order.
    if !zip(whole, whole.dropFirst()).allSatisfy({ $0.plans.upperBound <= $1.plans.lowerBound }) {
      whole.sort { $0.plans.lowerBound < $1.plans.lowerBound }
    }
    var run = 0..<0
    for (plans, places) in whole {
      if plans.lowerBound != run.upperBound {
        end(run, in: &gathered)
        run = plans.lowerBound..<plans.lowerBound
      }
      try encode(plans, excerpts[places])
      run = run.lowerBound..<plans.upperBound
    }
    end(run, in: &gathered)
    return gathered
  }

  private func end(_ run: Range<Int>, in gathered: inout Gathered) {
    if !run.isEmpty { gathered.runs.append((run, encoder.take())) }
  }

  private func show(
    _ excerpts: ArraySlice<Excerpt>, of prompt: UInt32, in examples: inout ExampleTexts
  ) {
    for excerpt in excerpts {
      switch excerpt {
      case .prompt(_, let text):
        if shared.shownPrompts.contains(prompt) { examples.keep(text, number: prompt) }
      case .answer(let candidate, let answer):
        let candidate = UInt32(candidate)
        if shared.shownCandidates.contains(candidate) { examples.keep(answer.text, of: candidate) }
      }
    }
  }

  private func put(
    _ excerpts: ArraySlice<Excerpt>, of prompt: UInt32,
    into pieces: inout [(prompt: UInt32, piece: TextPiece)]
  ) {
    for excerpt in excerpts {
      switch excerpt {
      case .prompt(let candidate, let text):
        if shared.wanted.hasPrompt(candidate) { pieces.append((prompt, .prompt(text))) }
      case .answer(let candidate, let answer):
        if shared.wanted.hasResponse(candidate) {
          pieces.append((prompt, .answer(candidate: UInt32(candidate), answer)))
        }
      }
    }
  }

  /// Encodes the pairs of a prompt.
  private func encode(_ plans: Range<Int>, _ excerpts: ArraySlice<Excerpt>) throws {
    var prompt: Prompt?
    var answers: [(candidate: UInt32, answer: Answer)] = []
    for excerpt in excerpts {
      switch excerpt {
      case .prompt(let candidate, let text):
        if shared.wanted.hasPrompt(candidate) { prompt = text }
      case .answer(let candidate, let answer): answers.append((UInt32(candidate), answer))
      }
    }
    func answer(_ candidate: UInt32) throws -> Answer {
      guard let found = answers.first(where: { $0.candidate == candidate })?.answer else {
        throw InternalFault("a planned pair was not found in the second pass")
      }
      return found
    }
    guard let prompt else {
      throw InternalFault("a planned pair was not found in the second pass")
    }
    for place in plans {
      let plan = shared.order.plans[place]
      try encoder.append(
        PairTexts(
          plan: plan, prompt: prompt, chosen: try answer(plan.chosen),
          rejected: try answer(plan.rejected),
          otherAnswers: try shared.answers.otherAnswers(of: plan.prompt).map(answer)), plan: place)
    }
  }
}

extension Excerpt {
  /// The candidate that the text belongs to.
  fileprivate var candidate: Int {
    switch self {
    case .answer(let candidate, _), .prompt(let candidate, _): candidate
    }
  }
}
