/// A way to estimate the bias of a characteristic.
///
/// A method is one type in a file of its own, such as `MeanMethod`; a new one is a copy of it, and
/// a case of the setting `calibration.method` that makes it.
package protocol BiasMethod: Sendable {
  /// Estimates the bias of the characteristic in a sample's rewards.
  ///
  /// - Parameters:
  ///   - sample: The candidates.
  ///   - prompts: For each candidate its prompt; those of a prompt stand together.
  ///   - scope: Which candidates a bias is seen against.
  ///   - threads: How many threads may work; the result does not depend on it.
  func fit(
    _ sample: Sample, prompts: PromptColumn, scope: BiasScope, threads: Int
  ) -> FittedBias
}

extension BiasMethod {
  /// The bias over all candidates, where no prompt tells of it.
  ///
  /// Nothing within prompts can be changed then, so the curve is of use elsewhere only.
  func fitToAll(_ sample: Sample, prompts: PromptColumn, threads: Int) -> FittedBias {
    var bias = fit(sample, prompts: prompts, scope: .global, threads: threads)
    bias.convergence = WithinPrompt.Convergence()
    return bias
  }
}

/// Which candidates a bias is seen against.
package enum BiasScope: Hashable, Sendable {
  /// All of them, as in the paper.
  case global
  /// Those that answer the same prompt.
  case withinPrompt(WithinPrompt.Parameters)
}

/// A bias that does not yet know what it is called and how much of it is removed.
package struct FittedBias {
  package private(set) var shape: BiasCurve.Shape
  package var support: CurveSupport?
  package var smoothing: SmoothingChoice?
  package var convergence: WithinPrompt.Convergence?
  package var radius: Double?
  package var replicates: Replicates?
  /// What models add to rewards, about their mean; empty where they were not told apart.
  package var modelEffects: [ModelEffect] = []
  /// How far the bias may be off by the arithmetic, and since fits are stopped, in units of the
  /// reward.
  package var precision = 0.0
  /// How many rewards were so absurdly far from the others that they took no part.
  package var absurdRewards = 0

  package init(_ shape: BiasCurve.Shape) { self.shape = shape }

  /// - Parameter fitted: The bias by code; NaN where there is none.
  package init(_ population: PopulationLevels, _ fitted: [Double]) {
    shape = .knots(
      (0..<population.count).map { place in
        let bias = fitted[population.codes[place]]
        return BiasCurve.Knot(
          length: population.values[place], bias: bias.isNaN ? nil : bias,
          candidates: population.candidates(at: place))
      })
    let largest = fitted.reduce(0) { abs($1) > $0 ? abs($1) : $0 }
    precision = 1e-12 * largest
  }

  /// The bias of rewards that are larger by an offset.
  func raised(by offset: Double) -> FittedBias {
    guard offset != 0, case .knots(let knots) = shape else { return self }
    var raised = self
    raised.shape = .knots(
      knots.map { knot in
        BiasCurve.Knot(
          length: knot.length, bias: knot.bias.map { $0 + offset }, candidates: knot.candidates)
      })
    // Each bias is rounded once more.
    raised.precision = max(precision, offset.ulp)
    return raised
  }

  /// A fit within prompts.
  init(_ fit: WithinPrompt.Fit) {
    self.init(fit.data.levels, fit.fitted)
    convergence = fit.convergence
    precision = max(precision, fit.precision)
    var counts = [Int](repeating: 0, count: fit.data.modelCount)
    for model in fit.data.models { counts[Int(model)] += 1 }
    modelEffects = fit.modelEffects.indices.map { model in
      ModelEffect(
        model: model + 1 == counts.count ? nil : model, effect: fit.modelEffects[model],
        candidates: counts[model])
    }.filter { $0.candidates > 0 }
  }
}

/// What a model's answers have beyond the mean of all, prompts and lengths being equal.
package struct ModelEffect: Hashable, Sendable {
  /// The index of the model; nil for candidates that name none.
  package let model: Int?
  package let effect: Double
  /// How many candidates tell.
  package let candidates: Int
}

extension FittedCurve {
  init(_ bias: FittedBias, characteristic: String, alpha: Double) {
    self.init(BiasCurve(characteristic: characteristic, alpha: alpha, shape: bias.shape))
    support = bias.support
    smoothing = bias.smoothing
    convergence = bias.convergence
    radius = bias.radius
    replicates = bias.replicates
    modelEffects = bias.modelEffects
    precision = bias.precision
    absurdRewards = bias.absurdRewards
  }
}
