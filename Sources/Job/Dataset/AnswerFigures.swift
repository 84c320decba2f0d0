internal import Columns
package import Emit
internal import Records
package import Scan
package import Settings

/// What stands beside the texts of answers in a dataset, and which texts it takes.
package struct AnswerFigures {
  /// Of one answer.
  package struct Figures {
    package var score: Double
    package var rawScore: Double
    /// The first characteristic.
    package var length: Double
    /// Nil where models are not kept.
    package var model: [UInt8]?
  }

  private let plans: [PairPlan]
  private let scan: InputScan.Result
  private let scores: FinalScores
  private let rawRewards: Columns.Column<Double>
  private let keepsModels: Bool
  private let hasCompanions: Bool

  package init(_ plan: DatasetPlan, _ configuration: Configuration) {
    plans = plan.result.plan.plans
    scan = plan.scan
    scores = plan.scores
    rawRewards = plan.scan.table.rawRewards
    keepsModels = configuration.output.keepsModels
    hasCompanions = configuration.output.allAnswers
  }

  /// Those of a candidate.
  package subscript(candidate: UInt32) -> Figures {
    let candidate = Int(candidate)
    return Figures(
      score: scores[candidate], rawScore: rawRewards[candidate],
      length: scan.table.lengths[0][candidate],
      model: keepsModels ? scan.table.models[candidate] : nil)
  }

  /// The split that a prompt's pairs are in.
  package func split(ofPrompt prompt: UInt32) -> DatasetSplit {
    scan.table.isTest(prompt: Int(prompt)) ? .test : .train
  }

  /// The candidates whose texts stand beside each pair of a prompt: the usable ones, if asked for.
  package func companions(of prompt: UInt32) -> [UInt32] {
    guard hasCompanions else { return [] }
    return scan.groups[Int(prompt)].filter { !scan.table.rewards[Int($0)].isNaN }
  }

  /// The texts of all pairs.
  package var texts: TextSelection {
    var selection = TextSelection(candidateCount: scan.table.candidateCount)
    for plan in plans {
      selection.insert(response: Int(plan.chosen))
      selection.insert(response: Int(plan.rejected))
      for candidate in companions(of: plan.prompt) { selection.insert(response: Int(candidate)) }
      if let first = scan.groups[Int(plan.prompt)].first {
        selection.insert(promptOf: Int(first))
      }
    }
    return selection
  }
}

extension DatasetRow {
  /// A pair with what stands beside its texts.
  ///
  /// - Parameters:
  ///   - companions: the candidates whose texts stand beside the pair.
  ///   - figures: those of a candidate.
  init(
    _ pair: PairTexts, companions: [UInt32],
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
      all: try zip(companions, pair.companions).map(answer))
  }
}
