package import JSON
internal import Records

/// What curves were fitted on.
package struct CurvePopulation: Sendable {
  package var candidates: Int
  package var prompts: Int
  /// `global` or `within_prompt`, as the curves came out; nil where none was estimated.
  package var scope: String?
  /// How many models had effects of their own.
  package var models: Int
  /// What was put in place of the rewards; `none` where they stayed.
  package var transform: String
  /// How near to 0 and 1 probabilities came; nil but for `logit`.
  package var clip: Double?
  /// How the rewards of several reward models were combined; nil where there was one reward.
  package var combination: CombinationRecord?
  /// Of what the curves were fitted to.
  package var rewards: QuantileSummary
  /// Of each characteristic, in the order of the curves.
  package var measures: [QuantileSummary]

  package init(
    candidates: Int, prompts: Int, scope: String?, models: Int, transform: String, clip: Double?,
    combination: CombinationRecord? = nil, rewards: QuantileSummary, measures: [QuantileSummary]
  ) {
    self.candidates = candidates
    self.prompts = prompts
    self.scope = scope
    self.models = models
    self.transform = transform
    self.clip = clip
    self.combination = combination
    self.rewards = rewards
    self.measures = measures
  }

  /// Fewer candidates than these do not show where the rewards lie.
  package static let leastCandidates = 20
  /// Spreads that differ by more than this are of different scales.
  private static let spanRatio = 4.0

  /// Why rewards look as if they were not on the scale of these; nil where they do not.
  ///
  /// They do where the middle 98 % spread more than four times as far, or less than a quarter as far,
  /// and where the middle halves have no value in common: scores from 1 to 10 and logits, say.
  package func mismatch(with others: QuantileSummary) -> String? {
    let isOtherSpan =
      others.span > Self.spanRatio * rewards.span || rewards.span > Self.spanRatio * others.span
    let isElsewhere =
      others.lowerQuartile > rewards.upperQuartile || rewards.lowerQuartile > others.upperQuartile
    guard isOtherSpan || isElsewhere else { return nil }
    func range(_ lower: Double, _ upper: Double) -> String {
      "\(Quantity.decimal(lower, places: 3)) to \(Quantity.decimal(upper, places: 3))"
    }
    return isOtherSpan
      ? "98 % of them lie from \(range(rewards.low, rewards.high)), of these from "
        + range(others.low, others.high)
      : "half of them lie from \(range(rewards.lowerQuartile, rewards.upperQuartile)), of these "
        + "from \(range(others.lowerQuartile, others.upperQuartile))"
  }

  /// - Parameter names: The curves' characteristics.
  package func document(_ names: [String]) -> JSONValue {
    var members: [JSONValue.Member] = [
      .init(name: "candidates", value: .integer(candidates)),
      .init(name: "prompts", value: .integer(prompts)),
      .init(name: "scope", value: scope.map { .string($0) } ?? .null),
      .init(name: "models", value: .integer(models)),
      .init(name: "transform", value: .string(transform)),
      .init(name: "clip", value: clip.map { .number($0) } ?? .null),
    ]
    if let combination {
      members.append(.init(name: "combination", value: combination.document))
    }
    members += [
      .init(name: "rewards", value: rewards.document),
      .init(
        name: "lengths",
        value: .object(zip(names, measures).map { .init(name: $0, value: $1.document) })),
    ]
    return .object(members)
  }

  /// What a document says; nil where it says no such thing.
  init?(_ document: JSONValue, _ names: [String]) {
    func count(_ name: String) -> Int? {
      guard let count = document[name]?.number, count >= 0, count < 0x1p53 else { return nil }
      return Int(clamped: count)
    }
    guard let candidates = count("candidates"), let prompts = count("prompts"),
      let models = count("models"), let rewards = QuantileSummary(document["rewards"])
    else { return nil }
    let measures = names.compactMap { QuantileSummary(document["lengths"]?[$0]) }
    guard measures.count == names.count else { return nil }
    var combination: CombinationRecord?
    if let recorded = document["combination"], recorded != .null {
      guard let read = CombinationRecord(recorded) else { return nil }
      combination = read
    }
    self.init(
      candidates: candidates, prompts: prompts,
      scope: document["scope"]?.text.map { String(decoding: $0, as: UTF8.self) },
      models: models,
      transform: document["transform"]?.text.map { String(decoding: $0, as: UTF8.self) } ?? "none",
      clip: document["clip"]?.number, combination: combination, rewards: rewards,
      measures: measures)
  }
}
