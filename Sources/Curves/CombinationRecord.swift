package import JSON
package import Records

/// How the rewards of several reward models were combined that curves were fitted on.
package struct CombinationRecord: Equatable, Sendable {
  /// A reward model, what its rewards were divided by, and how much of the bias they have.
  package struct Model: Equatable, Sendable {
    package var model: RewardModel
    package var deviation: Double
    /// How the model's rewards rise with the bias of the combined reward, within prompts.
    package var biasShare: Double

    package init(_ model: RewardModel, deviation: Double, biasShare: Double) {
      self.model = model
      self.deviation = deviation
      self.biasShare = biasShare
    }
  }

  /// As `calibration.combine` has it.
  package var rule: String
  /// How many standard deviations between models were taken off; nil where none are.
  package var lambda: Double?
  package var models: [Model]

  package init(rule: String, lambda: Double?, models: [Model]) {
    self.rule = rule
    self.lambda = lambda
    self.models = models
  }

  /// The rule in words.
  package var text: String { rule + (lambda.map { " (lambda \($0))" } ?? "") }

  /// The record as JSON, without loss.
  package var document: JSONValue {
    [
      "combine": .string(rule), "lambda": lambda.map { .number($0) } ?? .null,
      "models": .list(
        models.map {
          [
            "name": .string($0.model.name), "weight": .number($0.model.weight),
            "deviation": .number($0.deviation), "bias_share": .number($0.biasShare),
          ]
        }),
    ]
  }

  /// What a document says; nil where it says no such thing.
  init?(_ document: JSONValue) {
    func model(_ document: JSONValue) -> Model? {
      guard let name = document["name"]?.text, let weight = document["weight"]?.number, weight > 0,
        let deviation = document["deviation"]?.number, deviation >= 0, deviation.isFinite,
        let biasShare = document["bias_share"]?.number, biasShare.isFinite
      else { return nil }
      return Model(
        RewardModel(name: String(decoding: name, as: UTF8.self), weight: weight),
        deviation: deviation, biasShare: biasShare)
    }
    guard let rule = document["combine"]?.text, let models = document.list("models", model),
      models.count > 1
    else { return nil }
    self.init(
      rule: String(decoding: rule, as: UTF8.self), lambda: document["lambda"]?.number,
      models: models)
  }
}
