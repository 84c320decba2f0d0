package import Calibrate
package import Curves
package import JSON

extension CurveFile {
  /// The curves as a document.
  ///
  /// - Parameter configuration: how they were fitted, for people to read.
  package static func document(_ fit: FitStage.Result, configuration: JSONValue) -> JSONValue {
    var members: [JSONValue.Member] = [
      .init(name: "format", value: .string(format)),
      .init(name: "version", value: 1),
      .init(name: "fit", value: configuration),
    ]
    if let population = fit.population {
      members.append(
        .init(name: "population", value: population.document(fit.curves.map(\.characteristic))))
    }
    if let tokenizer = fit.tokenizer {
      members.append(.init(name: "tokenizer", value: tokenizer.document))
    }
    members.append(
      .init(name: "curves", value: .list(fit.fitted.map { document($0, fit.modelNames) })))
    return .object(members)
  }

  private static func document(_ fitted: FittedCurve, _ models: [String]) -> JSONValue {
    let curve = fitted.curve
    var members: [JSONValue.Member] = [
      .init(name: "characteristic", value: .string(curve.characteristic)),
      .init(name: "alpha", value: .number(curve.alpha)),
    ]
    switch curve.shape {
    case .proportional(let coefficient):
      members.append(.init(name: "coefficient", value: .number(coefficient)))
      if let error = fitted.standardError {
        members.append(.init(name: "standard_error", value: .number(error)))
      }
    case .knots(let knots):
      members += [
        .init(name: "lengths", value: .list(knots.map { .number($0.length) })),
        .init(name: "bias", value: .list(knots.map { JSONValue($0.bias) })),
        .init(name: "candidates", value: .list(knots.map { .integer($0.candidates) })),
      ]
    }
    if fitted.smoothing != nil {
      members.append(.init(name: "smoothing", value: JSONValue(fitted.smoothing)))
    }
    if !fitted.modelEffects.isEmpty {
      members.append(
        .init(name: "model_effects", value: document(fitted.modelEffects, models)))
    }
    if let support = fitted.support {
      members.append(.init(name: "support", value: document(support, of: curve)))
    }
    return .object(members)
  }

  /// What models add to rewards about their mean, lengths and prompts being equal.
  package static func document(_ effects: [ModelEffect], _ models: [String]) -> JSONValue {
    .list(
      effects.map { effect in
        [
          "model": effect.model.map { .string(models[$0]) } ?? .null,
          "effect": .number(effect.effect), "candidates": .integer(effect.candidates),
        ]
      })
  }

  /// What a curve rests on, and the 95 % band of what it lies above its value at a reference.
  private static func document(_ support: CurveSupport, of curve: BiasCurve) -> JSONValue {
    func list(_ value: (CurveSupport.Place) -> Double?) -> JSONValue {
      .list(support.places.map { JSONValue(value($0)) })
    }
    func bias(_ place: CurveSupport.Place) -> Double? { curve.bias(at: place.length) }
    func band(_ place: CurveSupport.Place) -> (lower: Double, upper: Double)? {
      bias(place).map(place.band)
    }
    return [
      "reference_length": JSONValue(support.reference),
      "lengths": list(\.length),
      "bias": list(bias),
      "effective_candidates": list(\.effectiveCount),
      "standard_error": list(\.standardError),
      "lower": list { band($0)?.lower },
      "upper": list { band($0)?.upper },
    ]
  }
}
