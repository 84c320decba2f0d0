internal import Records

/// Pairs in their order, those of a prompt together, some of whose texts are there.
struct WaitingPairs {
  /// The plans of the pairs that have not been passed on.
  private(set) var rest: ArraySlice<PairPlan>
  /// The candidates of a prompt whose texts go with each of its pairs.
  private let otherAnswers: (UInt32) -> [UInt32]
  private var texts: [UInt32: PromptTexts] = [:]
  /// Roughly the memory that the texts take.
  private(set) var cost = 0
  private(set) var pieceCount = 0

  private struct PromptTexts {
    var prompt: Prompt?
    var answers: [(candidate: UInt32, answer: Answer)] = []
    var cost = 0

    mutating func add(_ piece: TextPiece, cost pieceCost: Int) {
      switch piece {
      case .prompt(let prompt): self.prompt = prompt
      case .answer(let candidate, let answer): answers.append((candidate, answer))
      }
      cost += pieceCost
    }

    func answer(_ candidate: UInt32) -> Answer? {
      answers.first { $0.candidate == candidate }?.answer
    }
  }

  init(plans: ArraySlice<PairPlan>, otherAnswers: @escaping (UInt32) -> [UInt32]) {
    rest = plans
    self.otherAnswers = otherAnswers
  }

  /// Pairs that have not got all their texts.
  var missing: Int { rest.count }

  /// Passes over the pairs before a place.
  mutating func drop(upTo end: Int) { rest = rest[max(end, rest.startIndex)...] }

  mutating func add(_ piece: TextPiece, prompt number: UInt32) {
    let pieceCost = piece.cost
    cost += pieceCost
    pieceCount += 1
    // In its place, as nothing is copied there.
    texts[number, default: PromptTexts()].add(piece, cost: pieceCost)
  }

  /// Whether a prompt is that of the next pair.
  func isNext(_ prompt: UInt32) -> Bool { rest.first?.prompt == prompt }

  /// The next pair, if its texts are there.
  mutating func next() -> PairTexts? {
    guard let plan = rest.first, let entry = texts[plan.prompt], let prompt = entry.prompt,
      let chosen = entry.answer(plan.chosen), let rejected = entry.answer(plan.rejected)
    else { return nil }
    var others: [Answer] = []
    for candidate in otherAnswers(plan.prompt) {
      guard let answer = entry.answer(candidate) else { return nil }
      others.append(answer)
    }
    rest.removeFirst()
    if rest.first?.prompt != plan.prompt {
      texts[plan.prompt] = nil
      cost -= entry.cost
      pieceCount -= entry.answers.count + 1
    }
    return PairTexts(
      plan: plan, prompt: prompt, chosen: chosen, rejected: rejected, otherAnswers: others)
  }

  /// Gives every text away.
  mutating func takeAll() -> [(prompt: UInt32, piece: TextPiece)] {
    var pieces: [(prompt: UInt32, piece: TextPiece)] = []
    for (number, entry) in texts {
      if let prompt = entry.prompt { pieces.append((number, .prompt(prompt))) }
      for (candidate, answer) in entry.answers {
        pieces.append((number, .answer(candidate: candidate, answer)))
      }
    }
    texts = [:]
    cost = 0
    pieceCount = 0
    return pieces
  }
}
