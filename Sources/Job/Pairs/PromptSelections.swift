internal import Columns
internal import PairBuilder
internal import Records
package import Scan
package import Settings
internal import Work

/// How pairs are selected by the rewards and by the scores, with everything decided that depends on
/// all prompts: the one place where that is done.
package struct PromptSelections: Sendable {
  let before: PromptSelection
  let after: PromptSelection
  /// The bounds of margins by the scores.
  package let margins: MarginBounds

  /// - Parameters:
  ///   - biasShares: How much of the bias of the combined reward those of each of several reward
  ///     models have.
  ///   - precision: How far a difference of scores may be off.
  /// - Throws: ``UnknownModel`` where a model is named that no answer is of.
  package init(
    _ configuration: Configuration, _ scan: InputScan.Result, _ scores: FinalScores,
    biasShares: [Double], precision: Double
  ) throws {
    try UnknownModel.check(configuration.pairs, scan.table)
    let pairs = configuration.pairs
    let threads = configuration.threadCount
    let former = PromptSelection(configuration, scan, biasShares: biasShares)
    let formerMargins = try MarginBounds(pairs) {
      try former.margins(scan, scores: nil, threads: threads)
    }
    let used = PromptSelection(
      configuration, scan, biasShares: biasShares, precision: precision)
    margins = try MarginBounds(pairs) {
      try used.margins(scan, scores: scores, threads: threads)
    }
    var before = former.bounded(formerMargins)
    var after = used.bounded(margins)
    if pairs.perSource != nil || pairs.sample != nil {
      let plans = try after.plans(scan, scores: scores, threads: threads)
      after.caps = PairCaps(pairs, scan.table, pairs: plans)
      before.caps = after.caps
    }
    (self.before, self.after) = (before, after)
  }

  /// Whether a prompt may give a pair, as far as the number of pairs is bounded.
  func isWithinCaps(prompt: Int) -> Bool { after.caps?.drop(ofPrompt: prompt) == nil }
}

extension PromptSelection {
  /// The margins of all pairs, in the order of their prompts.
  ///
  /// - Parameter scores: Nil for the rewards.
  func margins(
    _ scan: InputScan.Result, scores: FinalScores?, threads: Int
  ) throws -> [Double] {
    let rewards = scan.table.rewards
    func score(_ candidate: UInt32) -> Double {
      scores?[Int(candidate)] ?? rewards[Int(candidate)]
    }
    return try plans(scan, scores: scores, threads: threads).map {
      score($0.chosen) - score($0.rejected)
    }
  }

  /// All pairs, by prompt.
  ///
  /// - Parameter scores: Nil for the rewards.
  func plans(
    _ scan: InputScan.Result, scores: FinalScores?, threads: Int
  ) throws -> [PairPlan] {
    let table = scan.table
    let starts = Array(stride(from: 0, to: table.promptCount, by: RankedCandidateBlock.size))
    return try Concurrent.map(starts, threads: threads) { start in
      Result<[PairPlan], any Error> {
        let end = min(start + RankedCandidateBlock.size, table.promptCount)
        let block = candidates(of: (start..<end).lazy.filter { table.drop(ofPrompt: $0) == nil })
        let scored = scores.map(block.scored) ?? block.candidates
        var plans: [PairPlan] = []
        for (place, prompt) in block.prompts.enumerated() {
          try outcome(of: prompt, among: scored.span.extracting(block.members(of: place)))
            .appendPlans(of: prompt, to: &plans)
        }
        return plans
      }
    }.flatMap { try $0.get() }
  }
}

extension PairSelector.Outcome {
  /// The pairs of a prompt; none if it was dropped.
  var choices: [PairSelector.Choice] {
    if case .pairs(let choices) = self { choices } else { [] }
  }

  /// Adds the pairs of a prompt by number.
  func appendPlans(of prompt: Int, to plans: inout [PairPlan]) {
    for choice in choices {
      plans.append(
        PairPlan(
          prompt: UInt32(prompt), chosen: UInt32(choice.chosen),
          rejected: UInt32(choice.rejected)))
    }
  }
}

/// A model that a configuration names, but no answer is of.
struct UnknownModel: ReportableError {
  /// Nil where no answer names any.
  let model: String?
  let setting: String
  /// Those that are known.
  let models: [String]

  var category: FailureCategory { .badData }

  var diagnostic: Diagnostic {
    guard let model else {
      return Diagnostic(
        .error, "no row names the model of an answer, which \(setting) needs",
        hint: "set input.fields.model to where rows name it", code: "no_models")
    }
    let near = Spelling.nearest(to: model, among: models)
    return Diagnostic(
      .error, "no answer is of the model \"\(model)\", which \(setting) names",
      hint: near.map { "did you mean \"\($0)\"?" }
        ?? "there are \(models.prefix(Self.shownAtMost).joined(separator: ", "))"
        + (models.count > Self.shownAtMost ? ", …" : ""),
      code: "unknown_model")
  }

  private static let shownAtMost = 10

  /// Throws where the models of the pairs are not those of the answers.
  static func check(_ pairs: Configuration.Pairs, _ table: CandidateTable) throws {
    guard pairs.usesModels else { return }
    let known = table.models.names.map { String(decoding: $0, as: UTF8.self) }.sorted()
    let named = [
      ("pairs.chosen.models", pairs.chosen.models),
      ("pairs.rejected.models", pairs.rejected.models),
    ]
    if known.isEmpty {
      throw UnknownModel(
        model: nil, setting: named.first { !$0.1.isEmpty }?.0 ?? "pairs.strategy: model_pairs",
        models: [])
    }
    for (setting, models) in named {
      for model in models where !known.contains(model) {
        throw UnknownModel(model: model, setting: setting, models: known)
      }
    }
  }
}
