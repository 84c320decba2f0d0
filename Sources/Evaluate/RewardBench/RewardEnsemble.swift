package import Calibrate
package import Records

/// Reward models whose scores become one, as the rewards of a dataset do.
///
/// Models without any usable score take no part, and only examples that all others have scored count.
package struct RewardEnsemble: Sendable {
  package let rule: RewardCombination.Rule
  package let name = "ensemble"
  /// The models' names.
  package let names: [String]
  /// Of each model its examples, of which the n-th are the same.
  private let examples: [[ScoredExample]]

  /// - Returns: nil where fewer than two models have scored the same example.
  init?(of models: [ScoredModel], by rule: RewardCombination.Rule) {
    let members = models.filter { !$0.examples.isEmpty }
    guard members.count > 1 else { return nil }
    let byID = members.map { member in
      Dictionary(member.examples.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }
    var taken: Set<String> = []
    let shared = members[0].examples.filter { example in
      byID.allSatisfy { $0[example.id]?.asks(theSameAs: example) == true }
        && taken.insert(example.id).inserted
    }
    guard !shared.isEmpty else { return nil }
    self.rule = rule
    names = members.map(\.name)
    examples = byID.map { own in
      shared.compactMap { first in
        // What is drawn together for one model is for all.
        own[first.id].map { found in
          var example = found
          example.prompt = first.prompt
          return example
        }
      }
    }
  }

  /// What the models say together, as if it were a model's.
  var model: ScoredModel { ScoredModel(name: name, examples: combined()) }

  /// The examples with the scores that all models give together.
  ///
  /// - Parameter draw: Takes or repeats examples, of every model alike; what scores are divided by is of
  ///   those that were drawn.
  func combined(_ draw: ([ScoredExample]) -> [ScoredExample] = { $0 }) -> [ScoredExample] {
    let drawn = examples.map(draw)
    let deviations = drawn.map { examples in
      var deviation = WithinPromptDeviation()
      for example in examples { deviation.add(example.answers.map(\.score)) }
      return deviation.value
    }
    // What the settings put in the place of rewards is there already.
    let combination = RewardCombination(
      rule, transform: nil, weights: drawn.map { _ in 1 }, deviations: deviations)
    return drawn[0].indices.map { place in
      var example = drawn[0][place]
      let scores = combination.combined(
        combination.statements(of: drawn.map { $0[place].answers.map(\.score) }))
      for (answer, score) in scores.enumerated() { example.answers[answer].score = score }
      example.result = .nan
      return example
    }
  }
}

extension ScoredExample {
  /// Whether another model's example has the same answers, as far as can be told.
  fileprivate func asks(theSameAs other: ScoredExample) -> Bool {
    subset == other.subset && answers.count == other.answers.count
      && rightCount == other.rightCount && rule == other.rule
  }
}

/// There are no scores of several models that could become one.
package struct NothingToCombine: ReportableError {
  package var category: FailureCategory { .badData }

  package var diagnostic: Diagnostic {
    Diagnostic(
      .error, "no example has scores of two models or more, which --ensemble would combine",
      hint: "name the files of several reward models whose rows share their ids")
  }
}
