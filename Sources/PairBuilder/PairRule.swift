package import Records

/// One of the rules by which prompts are left without a pair, with the setting that it is and the
/// reason that the ledger has for it.
package struct PairRule: Sendable {
  /// Whether a pair breaks a rule.
  typealias Break = @Sendable (ProposedPair, PairRules) -> Bool

  /// What a rule looks at.
  enum Scope: Sendable {
    /// One pair that a strategy proposes, whatever other prompts give.
    case pair(isInForce: @Sendable (PairRules) -> Bool, isBroken: Break)
    /// The answers to a prompt: a strategy finds nothing to propose.
    case proposals
    /// The pairs of all prompts.
    case dataset
  }

  /// Why prompts are dropped whose best pair breaks it.
  package let reason: PromptDrop
  /// The setting that it is; nil where another tells more.
  package let setting: String?
  let scope: Scope

  private init(_ reason: PromptDrop, _ setting: String?, _ scope: Scope) {
    self.reason = reason
    self.setting = setting
    self.scope = scope
  }

  private init(
    _ reason: PromptDrop, _ setting: String?,
    when isInForce: @escaping @Sendable (PairRules) -> Bool = { _ in true },
    isBroken: @escaping Break
  ) {
    self.init(reason, setting, .pair(isInForce: isInForce, isBroken: isBroken))
  }

  /// All rules, of which the first that a pair breaks is the reason.
  package static let all: [PairRule] = [
    // Also where one candidate is proposed twice, and where infinite scores leave no difference.
    PairRule(.noMargin, nil) { pair, _ in !(pair.margin > 0) },
    PairRule(.belowPrecision, nil, when: { $0.precision > 0 }) { $0.margin <= $1.precision },
    PairRule(.belowMinMargin, "pairs.min_margin", when: { $0.minMargin > 0 }) {
      $0.margin < $1.minMargin
    },
    PairRule(.aboveMaxMargin, "pairs.max_margin", when: { $0.maxMargin != nil }) {
      $0.margin > $1.maxMargin ?? .infinity
    },
    PairRule(.belowFieldMargin, "pairs.field_margins", when: { !$0.fieldMargins.isEmpty }) {
      pair, rules in
      rules.fieldMargins.contains { margin in
        let (chosen, rejected) = (pair.chosen.candidate, pair.rejected.candidate)
        return margin.value(chosen) - margin.value(rejected) < margin.minimum
      }
    },
    PairRule(.chosenBelowMinScore, "pairs.chosen.min_score", when: { $0.chosenMinScore != nil }) {
      $1.bounded($0.chosen) < $1.chosenMinScore ?? -.infinity
    },
    PairRule(
      .rejectedAboveMaxScore, "pairs.rejected.max_score", when: { $0.rejectedMaxScore != nil }
    ) {
      $1.bounded($0.rejected) > $1.rejectedMaxScore ?? .infinity
    },
    PairRule(.tied, "pairs.ties", when: \.dropsTies) { pair, _ in pair.hasTie },
    PairRule(.disagreement, "pairs.agreement", when: \.needsAgreement) { pair, _ in
      !pair.isSupported
    },
    PairRule(.noMatchedLength, "pairs.length_ratio", .proposals),
    PairRule(.noPairOfModels, "input.fields.model", .proposals),
    PairRule(.beyondSource, "pairs.per_source", .dataset),
    PairRule(.beyondSample, "pairs.sample", .dataset),
  ]

  /// A rule of pairs that is in force.
  struct OfPair: Sendable {
    let reason: PromptDrop
    let isBroken: Break
  }

  /// Those of a pair that are in force, in their order.
  static func ofPairs(_ rules: PairRules) -> [OfPair] {
    all.compactMap { rule in
      guard case .pair(let isInForce, let isBroken) = rule.scope, isInForce(rules) else {
        return nil
      }
      return OfPair(reason: rule.reason, isBroken: isBroken)
    }
  }
}

/// A pair that a strategy would like.
struct ProposedPair {
  let chosen: RankedCandidate
  let rejected: RankedCandidate
  /// Whether the score of one of them is another answer's, too.
  let hasTie: Bool
  /// Whether as many reward models prefer the chosen answer as are asked for.
  let isSupported: Bool

  var margin: Double { chosen.score - rejected.score }
}
