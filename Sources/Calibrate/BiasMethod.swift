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

/// Which candidates a bias is seen against.
package enum BiasScope: Hashable, Sendable {
  /// All of them, as in the paper.
  case global
  /// Those that answer the same prompt.
  case withinPrompt(WithinPrompt.Parameters)

  /// Smooths rewards by a characteristic, in this scope.
  ///
  /// - Parameter smooth: Fits a curve to the rewards it is given, which occur at the levels it is
  ///   given; by level, NaN where it has none. Called once a round within prompts.
  func fit(
    _ sample: Sample, prompts: PromptColumn, threads: Int,
    smooth: (Sample, PopulationLevels) -> [Double]
  ) -> FittedBias {
    switch self {
    case .global:
      let population = PopulationLevels(sample, threads: threads)
      return FittedBias(population, smooth(sample, population))
    case .withinPrompt(let stopping):
      let fit = WithinPrompt.fit(sample, prompts: prompts, parameters: stopping, smooth: smooth)
      var bias = FittedBias(fit.population, fit.fitted)
      bias.convergence = fit.convergence
      return bias
    }
  }
}

/// A bias that does not yet know what it is called and how much of it is removed.
package struct FittedBias {
  package let shape: BiasCurve.Shape
  package var support: CurveSupport?
  package var smoothing: SmoothingChoice?
  package var convergence: WithinPrompt.Convergence?
  package var radius: Double?
  package var replicates: Replicates?

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
  }
}

extension FittedCurve {
  init(_ bias: FittedBias, characteristic: String, alpha: Double) {
    self.init(BiasCurve(characteristic: characteristic, alpha: alpha, shape: bias.shape))
    support = bias.support
    smoothing = bias.smoothing
    convergence = bias.convergence
    radius = bias.radius
    replicates = bias.replicates
  }
}
