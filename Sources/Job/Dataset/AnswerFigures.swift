internal import Columns
internal import Emit
internal import Records
internal import Scan
internal import Settings

/// What stands beside the texts of answers in a dataset, and which texts it takes.
struct AnswerFigures: Sendable {
  /// Of one answer.
  struct Figures: Sendable {
    var score: Double
    var rawScore: Double
    /// The first characteristic.
    var length: Double
    /// Nil where models are not kept.
    var model: [UInt8]?
  }

  private let plans: [PairPlan]
  private let scores: FinalScores
  private let groups: CandidateGroups
  /// NaN where a candidate is dropped.
  private let rewards: Columns.Column<Double>
  private let rawRewards: Columns.Column<Double>
  private let lengths: LevelColumn
  private let models: NameColumn?
  private let splits: PlanSplits
  private let hasCompanions: Bool

  init(_ plan: DatasetPlan, _ configuration: Configuration) {
    let table = plan.scan.table
    plans = plan.order.plans
    scores = plan.scores
    groups = plan.scan.groups
    rewards = table.rewards
    rawRewards = table.rawRewards
    lengths = table.primary
    models = configuration.output.keepsModels ? table.models : nil
    hasCompanions = configuration.output.allAnswers
    splits = PlanSplits(plans) { table.isTest(prompt: Int($0)) }
  }

  /// Those of a candidate.
  subscript(candidate: UInt32) -> Figures {
    let candidate = Int(candidate)
    return Figures(
      score: scores[candidate], rawScore: rawRewards[candidate], length: lengths[candidate],
      model: models?[candidate])
  }

  /// The rows of pairs, and where they stand.
  var source: PairEncoder.Source {
    PairEncoder.Source(
      row: { [self] in DatasetRow($0, otherAnswers: otherAnswers(of: $0.plan.prompt)) { self[$0] }
      },
      place: { [splits] in splits.place(ofPlan: $0) })
  }

  /// Where the pair of a plan stands.
  func place(ofPlan plan: Int) -> PairPlace { splits.place(ofPlan: plan) }

  /// The candidates whose texts stand beside each pair of a prompt: the usable ones, if asked for.
  func otherAnswers(of prompt: UInt32) -> [UInt32] {
    guard hasCompanions else { return [] }
    return groups[Int(prompt)].filter { !rewards[Int($0)].isNaN }
  }

  /// The texts of all pairs.
  var texts: TextSelection {
    var selection = TextSelection(candidateCount: rewards.count)
    select(in: &selection)
    return selection
  }

  /// Selects the texts of all pairs.
  func select(in selection: inout TextSelection) {
    for plan in plans {
      selection.insert(response: Int(plan.chosen))
      selection.insert(response: Int(plan.rejected))
      for candidate in otherAnswers(of: plan.prompt) { selection.insert(response: Int(candidate)) }
      if let first = groups[Int(plan.prompt)].first { selection.insert(promptOf: Int(first)) }
    }
  }
}

/// The split of each planned pair, and its number there.
private struct PlanSplits: Sendable {
  /// A bit for each plan of the test split; none where it is empty.
  private var words: [UInt64] = []
  /// For each word how many of the test split are before it.
  private var before: [UInt32] = []

  init(_ plans: [PairPlan], isTest: (_ prompt: UInt32) -> Bool) {
    var count: UInt32 = 0
    for (index, plan) in plans.enumerated() {
      if index.isMultiple(of: 64) {
        words.append(0)
        before.append(count)
      }
      guard isTest(plan.prompt) else { continue }
      words[index / 64] |= 1 << UInt64(index % 64)
      count += 1
    }
    if count == 0 { words = [] }
  }

  func place(ofPlan plan: Int) -> PairPlace {
    guard !words.isEmpty else { return PairPlace(.train, plan) }
    let bit: UInt64 = 1 << UInt64(plan % 64)
    let word = words[plan / 64]
    let tests = Int(before[plan / 64]) + (word & (bit - 1)).nonzeroBitCount
    return word & bit == 0 ? PairPlace(.train, plan - tests) : PairPlace(.test, tests)
  }
}

extension DatasetRow {
  /// A pair with what stands beside its texts.
  ///
  /// - Parameters:
  ///   - otherAnswers: the candidates whose texts stand beside the pair.
  ///   - figures: those of a candidate.
  init(
    _ pair: PairTexts, otherAnswers: [UInt32],
    figures: (UInt32) throws -> AnswerFigures.Figures
  ) rethrows {
    func answer(_ candidate: UInt32, _ content: Records.Answer) throws -> Answer {
      let figures = try figures(candidate)
      return Answer(
        content, score: figures.score, rawScore: figures.rawScore, length: figures.length,
        model: figures.model)
    }
    self.init(
      prompt: pair.prompt, chosen: try answer(pair.plan.chosen, pair.chosen),
      rejected: try answer(pair.plan.rejected, pair.rejected),
      all: try zip(otherAnswers, pair.otherAnswers).map(answer))
  }
}
