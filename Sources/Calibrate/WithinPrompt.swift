internal import Columns

/// The bias of length among answers to the same prompt.
///
/// A curve through all candidates mixes length with the difficulty of prompts and with the quality
/// of models. Here reward = effect of the prompt + effect of the model + bias(length) + rest, where
/// the effects are means of what the others leave and the bias is a smooth of what the effects
/// leave. Outliers are weighted down by their residuals and everything is fitted again. See
/// docs/calibration.md.
package enum WithinPrompt {
  /// When to stop.
  package struct Parameters: Hashable, Sendable {
    /// The curve rests once no level moves more than this part of a typical deviation.
    package var tolerance: Double
    package var maximumRounds: Int

    package init(tolerance: Double = 1e-8, maximumRounds: Int = 200) {
      self.tolerance = tolerance
      self.maximumRounds = maximumRounds
    }
  }

  /// How a fit went.
  package struct Convergence: Hashable, Sendable {
    package var rounds = 0
    package var hasConverged = false
    /// The largest movement of the curve in the last round, in units of the reward.
    package var lastMovement = 0.0
    /// Prompts with candidates of different length: the only ones that tell about length.
    package var informativePrompts = 0
    /// Their candidates.
    package var informativeCandidates = 0

    package init() {}
  }

  /// A fitted curve.
  struct Fit {
    /// Its candidates.
    let data: InformativeCandidates
    /// The bias by place of the level; NaN where there is none.
    fileprivate(set) var fitted: [Double] = []
    /// The effects of models, about 0; the last is that of candidates that name none.
    fileprivate(set) var modelEffects: [Double] = []
    /// What candidates weighed in the last pass; empty where all are one.
    fileprivate(set) var weights: [Float] = []
    /// Of each robustness pass, the residual beyond which a candidate had no weight.
    fileprivate(set) var residualBounds: [Double] = []
    fileprivate(set) var convergence = Convergence()
    /// How far the curve may be off since the fit was stopped, in units of the reward.
    fileprivate(set) var precision = 0.0
  }

  /// Fits the curve.
  ///
  /// The free constant is set so that the mean bias over the whole population equals its mean
  /// reward, as it nearly does for a global curve: scores of both scopes lie around zero.
  ///
  /// - Parameters:
  ///   - data: The candidates.
  ///   - prompts: For each candidate of the sample its prompt.
  ///   - passes: How often outliers are weighted down and the fit repeated.
  ///   - smoother: What fits a curve to the rewards of the levels it is made for.
  ///   - threads: How many threads may work; the result does not depend on it.
  /// - Complexity: O(rounds · (n + smooth)) time.
  static func fit(
    _ data: InformativeCandidates, prompts: PromptColumn, parameters: Parameters = Parameters(),
    passes: Int = 0, smoother: some LevelSmoother, threads: Int = 1
  ) -> Fit {
    var fit = Fit(data: data)
    fit.convergence.informativePrompts = data.prompts.count
    fit.convergence.informativeCandidates = data.count
    guard data.count > 0 else { return fit }
    var system = AdditiveSystem(data, smoother: smoother, threads: threads)
    let center = CenteredCurve(values: data.levels.values, counts: system.counts)
    var estimate = [Double](repeating: 0, count: system.counts.count)
    let scale = scale(of: data, system, estimate, prompts, threads)
    var last: FixedPoint?
    for pass in 0...passes {
      if pass > 0 {
        let residuals = data.residuals(
          effects: system.effects(of: estimate), estimate: estimate, prompts: prompts)
        let bisquare = Bisquare(
          medianResidual: OrderStatistics.quantile(
            0.5, of: residuals, population: data.count, threads: threads),
          rounding: 100 * parameters.tolerance * scale)
        // Where most candidates are fitted exactly, the others are all there is to tell.
        guard !bisquare.isStep else { break }
        system.weigh(by: bisquare, residualsOf: estimate)
        fit.residualBounds.append(bisquare.bound / Lowess.headroom)
      }
      let solution = FixedPoint(
        from: estimate, weights: system.counts, tolerance: parameters.tolerance * scale,
        limit: parameters.maximumRounds
      ) { point, isAffine in
        center.centered(system.image(of: point, hasData: isAffine))
      }
      estimate = solution.point
      fit.convergence.rounds += solution.rounds
      fit.convergence.hasConverged = solution.hasConverged
      fit.convergence.lastMovement = solution.movement / Lowess.headroom
      last = solution
    }
    guard let last else { return fit }
    fit.weights = system.weights
    // Each digit of a movement in the last pass weighs as much as one of the pass before.
    fit.precision = 4 * last.amplification * max(last.movement, 1e-13 * scale) / Lowess.headroom
    // What has no smooth of its own shows only now.
    let smooth = system.image(of: estimate, hasData: true)
    let table = data.levels.values.indices.map { last.image[$0] }
    let curve = BiasCurve(
      characteristic: "", alpha: 1,
      shape: .knots(
        table.indices.map { .init(length: data.levels.values[$0], bias: table[$0], candidates: 0) })
    )
    let offset = data.offset(of: curve)
    fit.fitted = table.indices.map { place in
      smooth[place].isNaN ? .nan : (table[place] + offset) / Lowess.headroom
    }
    fit.modelEffects = last.image[data.levels.count...].map { $0 / Lowess.headroom }
    return fit
  }

  /// A typical deviation from the mean of the prompt, which outliers do not move.
  private static func scale(
    of data: InformativeCandidates, _ system: AdditiveSystem, _ nothing: [Double],
    _ prompts: PromptColumn, _ threads: Int
  ) -> Double {
    let deviations = data.residuals(
      effects: system.effects(of: nothing), estimate: nothing, prompts: prompts)
    let median = OrderStatistics.quantile(
      0.5, of: deviations, population: data.count, threads: threads)
    func mean(upTo bound: Double) -> Double {
      var (sum, count) = (0.0, 0)
      Blocks.forEach(deviations, in: 0..<deviations.count) { block in
        for index in block.indices where block[index] <= bound {
          sum += block[index]
          count += 1
        }
      }
      return sum / Double(max(count, 1))
    }
    if median > 1e-6 * mean(upTo: .infinity) { return median }
    // Most rewards are those of their prompt, or the mean is that of some absurd ones.
    let spread = RewardSpread(
      HalfDeviations(values: deviations, centers: [0], groups: nil), threads: threads)
    return mean(upTo: 2 * spread.halfBound)
  }
}

/// Takes the free constants out of estimates, and closes gaps of the curve.
private struct CenteredCurve {
  /// The characteristic by place.
  let values: [Double]
  /// How many candidates each entry of an estimate stands for.
  let counts: [Double]

  /// - Parameter estimate: The curve, NaN where there is none, and the effects of models.
  func centered(_ estimate: [Double]) -> [Double] {
    var estimate = estimate
    close(&estimate)
    for range in [0..<values.count, values.count..<estimate.count] {
      var (sum, count) = (0.0, 0.0)
      for entry in range {
        sum += counts[entry] * estimate[entry]
        count += counts[entry]
      }
      guard count > 0 else { continue }
      for entry in range { estimate[entry] -= sum / count }
    }
    return estimate
  }

  /// Interpolates the curve where there is none.
  private func close(_ estimate: inout [Double]) {
    guard values.indices.contains(where: { estimate[$0].isNaN }) else { return }
    let knots = values.indices.filter { !estimate[$0].isNaN }.map {
      BiasCurve.Knot(length: values[$0], bias: estimate[$0], candidates: 0)
    }
    let curve = BiasCurve(characteristic: "", alpha: 1, shape: .knots(knots))
    for place in values.indices { estimate[place] = curve.bias(at: values[place]) ?? 0 }
  }
}
