package import Calibrate
package import Records

/// Reward models whose scores become one, as the rewards of a dataset do.
///
/// Models without any usable score take no part, and only examples that all others have scored count.
package struct RewardEnsemble: Sendable {
  package let rule: RewardCombination.Rule
  /// What it is called among the models, as none of them is.
  package let name: String
  /// The models' names.
  package let names: [String]
  /// Examples that all have under one id, but with other answers; they take no part.
  package let mismatched: Int
  /// Of each model its examples, of which the n-th are the same.
  private let examples: [[ScoredExample]]

  /// What an example is known by: of equal ids the first is that of other models' first, and so on.
  private struct Key: Hashable {
    var id: String
    var subset: String
    var occurrence: Int
  }

  /// - Returns: nil where fewer than two models have scores, or no example has those of all.
  init?(of models: [ScoredModel], by rule: RewardCombination.Rule) {
    let members = models.filter { !$0.examples.isEmpty }
    guard members.count > 1 else { return nil }
    let keys = members.map { Self.keys(of: $0.examples) }
    let places = zip(keys, members).map { keys, member in
      Dictionary(uniqueKeysWithValues: zip(keys, member.examples))
    }
    var examples = [[ScoredExample]](repeating: [], count: members.count)
    var mismatched = 0
    for (key, first) in zip(keys[0], members[0].examples) {
      let found = places.compactMap { $0[key] }
      guard found.count == members.count else { continue }
      guard found.allSatisfy({ $0.asks(theSameAs: first) }) else {
        mismatched += 1
        continue
      }
      for (number, own) in found.enumerated() {
        var example = own
        // What is drawn together for one model is for all.
        example.prompt = first.prompt
        examples[number].append(example)
      }
    }
    guard !examples[0].isEmpty else { return nil }
    self.rule = rule
    self.examples = examples
    self.mismatched = mismatched
    names = members.map(\.name)
    var name = "ensemble"
    while models.contains(where: { $0.name == name }) { name += "*" }
    self.name = name
  }

  private static func keys(of examples: [ScoredExample]) -> [Key] {
    var counts: [Key: Int] = [:]
    return examples.map { example in
      let first = Key(id: example.id, subset: example.subset, occurrence: 0)
      counts[first, default: -1] += 1
      return Key(id: example.id, subset: example.subset, occurrence: counts[first] ?? 0)
    }
  }

  /// What the models say together, as if it were a model's.
  var model: ScoredModel { ScoredModel(name: name, examples: combined()) }

  /// Models whose scores never differ within an example, so that they have no say.
  package var silent: [String] {
    zip(names, examples).filter { Self.deviation(of: $1) == 0 }.map { $0.0 }
  }

  /// The examples with the scores that all models give together.
  ///
  /// - Parameter draw: Takes or repeats examples, of every model alike; what scores are divided by is of
  ///   those that were drawn.
  func combined(_ draw: ([ScoredExample]) -> [ScoredExample] = { $0 }) -> [ScoredExample] {
    let drawn = examples.map(draw)
    // What the settings put in the place of rewards is there already.
    let combination = RewardCombination(
      rule, transform: nil, weights: drawn.map { _ in 1 }, deviations: drawn.map(Self.deviation))
    return drawn[0].indices.map { place in
      var example = drawn[0][place]
      let scores = combination.combined(
        combination.statements(of: drawn.map { $0[place].answers.map(\.score) }))
      for (answer, score) in scores.enumerated() { example.answers[answer].score = score }
      example.result = .nan
      return example
    }
  }

  private static func deviation(of examples: [ScoredExample]) -> Double {
    var deviation = WithinPromptDeviation()
    for example in examples { deviation.add(example.answers.map(\.score)) }
    return deviation.value
  }
}

extension ScoredExample {
  /// Whether another model's example has the same answers, as far as can be told.
  fileprivate func asks(theSameAs other: ScoredExample) -> Bool {
    rightCount == other.rightCount && rule == other.rule
      && answers.map(\.characters) == other.answers.map(\.characters)
  }
}

/// There are no scores of several models that could become one.
package struct NothingToCombine: ReportableError {
  package var category: FailureCategory { .badData }

  package var diagnostic: Diagnostic {
    Diagnostic(
      .error, "no example has scores of all models, two or more, which --ensemble would combine",
      hint: "name the files of several reward models whose rows share their ids and answers")
  }
}
