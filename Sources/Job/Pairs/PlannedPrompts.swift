internal import Calibrate
internal import Columns
internal import Emit
internal import PairBuilder
internal import Records
internal import Scan

/// What becomes of the prompts of a range, by their rewards and by their scores.
struct PlannedPrompts: Sendable {
  private(set) var plans: [PairPlan] = []
  private(set) var formerPlans: [PairPlan] = []
  /// Prompts that give no pair, and their usable candidates, by the reason.
  private(set) var dropped: [PromptDrop: (prompts: Int, candidates: Int)] = [:]
  /// Prompts with too few candidates by what left them with these.
  private(set) var shortages: [Shortage: Int] = [:]
  /// The pairs of each split.
  private(set) var pairs: [DatasetSplit: Int] = [:]
  /// The prompts that give a pair.
  private(set) var pairedCount = 0
  private(set) var effect = CalibrationEffect()
  private(set) var tiesBefore = TiedEnds()
  private(set) var tiesAfter = TiedEnds()
  /// Of the lengths of each prompt's candidates with their rewards, and with their scores; NaN where
  /// there is none.
  private(set) var correlationsBefore: [Double] = []
  private(set) var correlationsAfter: [Double] = []
  /// How far several reward models agree; nil where there is one reward.
  private(set) var agreement: ModelAgreement?
  /// Pairs that are left out since reward models disagree on them.
  private(set) var unsupportedPairs = 0
  /// Of each group of the jackknife, how many prompts could give a pair.
  private(set) var groups = FigureIntervals.Groups.noPrompts

  /// Decides.
  ///
  /// - Parameters:
  ///   - groupOfPrompt: For each prompt its group; nil where it is not asked for.
  init(
    _ prompts: Range<Int>, of table: CandidateTable, _ selections: PromptSelections,
    scores: FinalScores, groups groupOfPrompt: [UInt8]?
  ) throws {
    let block = selections.after.candidates(of: prompts)
    let scoredCandidates = block.scored(scores)
    let (rewards, scores) = (block.candidates.span, scoredCandidates.span)
    var correlation = LengthCorrelation()
    correlationsBefore.reserveCapacity(prompts.count)
    correlationsAfter.reserveCapacity(prompts.count)
    if !table.rewardModels.isEmpty {
      agreement = ModelAgreement(modelCount: table.rewardModels.count)
    }
    for (place, prompt) in block.prompts.enumerated() {
      let members = block.members(of: place)
      let (rewarded, scored) = (rewards.extracting(members), scores.extracting(members))
      if let reason = table.drop(ofPrompt: prompt) {
        drop(reason, candidates: members.count)
        correlationsBefore.append(.nan)
        correlationsAfter.append(.nan)
        continue
      }
      let before = try selections.before.outcome(of: prompt, among: rewarded)
      let after = try selections.after.outcome(of: prompt, among: scored)
      correlation.start(rewarded)
      correlationsBefore.append(correlation.correlation(with: rewarded) ?? .nan)
      correlationsAfter.append(correlation.correlation(with: scored) ?? .nan)
      try compareModels(on: after, of: prompt, among: scored, selections.after)
      tiesBefore.add(rewarded)
      tiesAfter.add(scored)
      effect.count(before: before, after: after)
      if let group = groupOfPrompt?[prompt], members.count > 1,
        selections.isWithinCaps(prompt: prompt)
      {
        groups[Int(group)].add(before: before, after: after)
      }
      before.appendPlans(of: prompt, to: &formerPlans)
      after.appendPlans(of: prompt, to: &plans)
      switch after {
      case .dropped(let reason):
        drop(reason, candidates: members.count)
        if reason == .tooFewCandidates {
          shortages[selections.after.shortage(of: prompt), default: 0] += 1
        }
      case .pairs(let choices):
        pairedCount += 1
        pairs[table.isTest(prompt: prompt) ? .test : .train, default: 0] += choices.count
      }
    }
  }

  /// Counts what several reward models say of a prompt's answers and of its pairs.
  private mutating func compareModels(
    on outcome: PairSelector.Outcome, of prompt: Int, among candidates: Span<RankedCandidate>,
    _ selection: PromptSelection
  ) throws {
    guard let rewards = selection.modelRewards(of: candidates),
      let verdicts = selection.verdicts(on: candidates)
    else { return }
    agreement?.add(rewards, lengths: candidates.indices.map { candidates[$0].length })
    for choice in outcome.choices {
      agreement?.add(margins: verdicts.margins(choice.chosen, choice.rejected))
    }
    guard selection.asksForAgreement else { return }
    let all = try selection.outcome(of: prompt, among: candidates, ignoresAgreement: true)
    unsupportedPairs += all.choices.count { choice in
      !selection.supports(choice, verdicts)
    }
  }

  /// Counts a prompt that gives no pair.
  private mutating func drop(_ reason: PromptDrop, candidates: Int) {
    var count = dropped[reason] ?? (0, 0)
    count.prompts += 1
    count.candidates += candidates
    dropped[reason] = count
  }
}
