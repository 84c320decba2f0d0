/// Removes the biases of several characteristics one after the other.
///
/// The first curve is fitted to the reward, the second to what the first leaves, and so on, each
/// removed with its own alpha: score = reward − Σ alpha · bias.
@usableFromInline
package enum SequentialCalibration {
  /// A characteristic of every candidate.
  @usableFromInline
  package struct Characteristic<Codes>
  where Codes: RandomAccessCollection<UInt32>, Codes.Index == Int {
    /// Such as `chars`.
    @usableFromInline package let name: String
    /// The part of the bias to remove.
    @usableFromInline package let alpha: Double
    /// The distinct values, in any order.
    @usableFromInline package let levels: [Double]
    /// For each candidate the index of its level.
    @usableFromInline package let codes: Codes

    package init(name: String, alpha: Double = 1, levels: [Double], codes: Codes) {
      self.name = name
      self.alpha = alpha
      self.levels = levels
      self.codes = codes
    }
  }

  /// How a bias is estimated.
  @usableFromInline
  package enum Method: Hashable, Sendable {
    /// Locally weighted regression, the paper's RC-LWR; with `choosesFrac` each characteristic's
    /// `frac` is a `SmoothingChoice`.
    case lowess(Lowess.Parameters, choosesFrac: Bool = false)
    /// The mean over neighbours, the paper's RC-Mean.
    case mean(MeanCalibration.Parameters)
    case penalty(LengthPenalty)
    /// The rewards are left as they are.
    case none
  }

  /// Which candidates a bias is seen against.
  @usableFromInline
  package enum Scope: Hashable, Sendable {
    /// All of them, as in the paper.
    case global
    /// Those that answer the same prompt.
    case withinPrompt(WithinPrompt.Parameters)
  }

  /// The curves in the order of their removal, and how the fits went.
  @usableFromInline
  package struct Result: Hashable, Sendable {
    /// One a characteristic; none for method `none`.
    package let curves: [BiasCurve]
    /// One a curve that was fitted within prompts; otherwise none.
    package let convergences: [WithinPrompt.Convergence]
    /// One a curve of method `mean`: the radius that was used, in units of the characteristic.
    package let radii: [Double]
    /// One a curve; nil without local regression, or without a candidate that took part.
    package let supports: [CurveSupport?]
    /// One a curve; nil unless `frac` was chosen.
    package let choices: [SmoothingChoice?]
  }

  /// Fits a curve for each characteristic.
  ///
  /// - Parameters:
  ///   - characteristics: In the order of their removal.
  ///   - rewards: For each candidate its reward; NaN for one outside the population. Finite.
  ///   - prompts: For each candidate the index of its prompt; for the standard errors those of a
  ///     prompt have to stand together.
  ///   - promptCount: How many prompts there are.
  ///   - threads: How many threads may work; the result does not depend on it.
  /// - Complexity: Memory beside the columns: nothing a candidate for one characteristic, eight
  ///   bytes for more; method `mean` four more to group the candidates by prompt.
  @inlinable
  package static func fit<Codes, Rewards, Prompts>(
    _ characteristics: [Characteristic<Codes>], rewards: Rewards, prompts: Prompts,
    promptCount: Int, method: Method, scope: Scope, threads: Int = 1
  ) -> Result
  where
    Codes: RandomAccessCollection<UInt32>, Codes.Index == Int,
    Rewards: RandomAccessCollection<Double>, Rewards.Index == Int,
    Prompts: RandomAccessCollection<UInt32>, Prompts.Index == Int
  {
    var steps: [Step] = []
    guard method != .none else { return Result(steps) }
    // With one characteristic there is never anything left to fit, nor to store.
    var remaining: [Double] = []
    for (number, characteristic) in characteristics.enumerated() {
      let step =
        number == 0
        ? fit(
          characteristic, to: rewards, prompts: prompts, promptCount: promptCount,
          method: method, scope: scope, threads: threads)
        : fit(
          characteristic, to: remaining, prompts: prompts, promptCount: promptCount,
          method: method, scope: scope, threads: threads)
      steps.append(step)
      guard number + 1 < characteristics.count else { break }
      if number == 0 { remaining = Array(rewards) }
      let bias = step.curve.table(for: characteristic.levels)
      for index in remaining.indices {
        // A candidate without a bias has no score, and the later fits do not see it.
        remaining[index] -= characteristic.alpha * bias[Int(characteristic.codes[index])]
      }
    }
    return Result(steps)
  }

  /// Fits one characteristic.
  @inlinable
  package static func fit<Codes, Values, Prompts>(
    _ characteristic: Characteristic<Codes>, to values: Values, prompts: Prompts,
    promptCount: Int, method: Method, scope: Scope, threads: Int
  ) -> Step
  where
    Codes: RandomAccessCollection<UInt32>, Codes.Index == Int,
    Values: RandomAccessCollection<Double>, Values.Index == Int,
    Prompts: RandomAccessCollection<UInt32>, Prompts.Index == Int
  {
    let levels = characteristic.levels
    let codes = characteristic.codes
    switch method {
    case .lowess(let parameters, let choosesFrac):
      return fitLowess(
        characteristic, to: values, prompts: prompts, promptCount: promptCount,
        parameters: parameters, choosesFrac: choosesFrac, scope: scope, threads: threads)
    case .mean(let parameters):
      let radius =
        MeanCalibration.meanLengthDifference(
          levels: levels, codes: codes, values: values,
          groups: PromptGroups(prompts: prompts, promptCount: promptCount)) / parameters.ratio
      switch scope {
      case .global:
        let population = PopulationLevels(
          levels: levels, codes: codes, values: values, threads: threads)
        return Step(
          characteristic, population,
          MeanCalibration.fit(
            levels: levels, codes: codes, values: values, population: population, radius: radius,
            minimumCount: parameters.minimumCount),
          radius: radius)
      case .withinPrompt(let stopping):
        return Step(
          characteristic,
          WithinPrompt.fit(
            levels: levels, codes: codes, prompts: prompts, promptCount: promptCount,
            values: values, parameters: stopping
          ) { residuals, population in
            MeanCalibration.fit(
              levels: levels, codes: codes, values: residuals, population: population,
              radius: radius, minimumCount: parameters.minimumCount)
          }, radius: radius)
      }
    case .penalty(let penalty):
      return Step(penalty.curve(characteristic: characteristic.name, alpha: characteristic.alpha))
    case .none:
      return Step(
        LengthPenalty(coefficient: 0).curve(characteristic: characteristic.name, alpha: 0))
    }
  }

  /// Fits one characteristic by local regression.
  @inlinable
  package static func fitLowess<Codes, Values, Prompts>(
    _ characteristic: Characteristic<Codes>, to values: Values, prompts: Prompts,
    promptCount: Int, parameters: Lowess.Parameters, choosesFrac: Bool, scope: Scope, threads: Int
  ) -> Step
  where
    Codes: RandomAccessCollection<UInt32>, Codes.Index == Int,
    Values: RandomAccessCollection<Double>, Values.Index == Int,
    Prompts: RandomAccessCollection<UInt32>, Prompts.Index == Int
  {
    let levels = characteristic.levels
    let codes = characteristic.codes
    var parameters = parameters
    var choice: SmoothingChoice?
    switch scope {
    case .global:
      let population = PopulationLevels(
        levels: levels, codes: codes, values: values, threads: threads)
      if choosesFrac {
        let best = SmoothingChoice(
          levels: levels, codes: codes, values: values, population: population,
          threads: threads)
        choice = best
        parameters.frac = best.frac
      }
      let fit = Lowess.fit(
        levels: levels, codes: codes, values: values, population: population,
        parameters: parameters, threads: threads)
      return Step(characteristic, population, fit.fitted).supported(
        by: CurveSupport(
          levels: levels, codes: codes, prompts: prompts, values: values,
          population: population, fit: fit, parameters: parameters, threads: threads),
        choice)
    case .withinPrompt(let stopping):
      // The support is that of the last round, whose line is the curve but for a constant.
      var last: (residuals: PromptResiduals<Values, Prompts>, fit: Lowess.Fit)?
      let backfit = WithinPrompt.fit(
        levels: levels, codes: codes, prompts: prompts, promptCount: promptCount,
        values: values, parameters: stopping
      ) { residuals, population in
        if choosesFrac, choice == nil {
          // The first round, in which the residuals are rewards less the mean of their prompt.
          let best = SmoothingChoice(
            levels: levels, codes: codes, values: residuals, population: population,
            threads: threads)
          choice = best
          parameters.frac = best.frac
        }
        let fit = Lowess.fit(
          levels: levels, codes: codes, values: residuals, population: population,
          parameters: parameters, threads: threads)
        last = (residuals, fit)
        return fit.fitted
      }
      return Step(characteristic, backfit).supported(
        by: last.map {
          CurveSupport(
            levels: levels, codes: codes, prompts: prompts, values: $0.residuals,
            population: backfit.population, fit: $0.fit, parameters: parameters,
            threads: threads)
        }, choice)
    }
  }
}

extension SequentialCalibration {
  /// The curve of one characteristic, and how its fit went.
  @usableFromInline
  package struct Step {
    @usableFromInline package let curve: BiasCurve
    package var convergence: WithinPrompt.Convergence?
    package var radius: Double?
    package var support: CurveSupport?
    package var choice: SmoothingChoice?

    /// The step with the support of its curve, and how its `frac` was chosen.
    @usableFromInline
    package func supported(by support: CurveSupport?, _ choice: SmoothingChoice?) -> Step {
      var step = self
      step.support = support
      step.choice = choice
      return step
    }

    @usableFromInline
    package init(_ curve: BiasCurve) {
      self.curve = curve
    }

    @usableFromInline
    package init<Codes>(
      _ characteristic: Characteristic<Codes>, _ population: PopulationLevels,
      _ fitted: [Double], radius: Double? = nil
    ) {
      curve = BiasCurve(
        characteristic: characteristic.name, alpha: characteristic.alpha, population: population,
        fitted: fitted)
      self.radius = radius
    }

    @usableFromInline
    package init<Codes>(
      _ characteristic: Characteristic<Codes>, _ fit: WithinPrompt.Fit, radius: Double? = nil
    ) {
      self.init(characteristic, fit.population, fit.fitted, radius: radius)
      convergence = fit.convergence
    }
  }
}

extension SequentialCalibration.Result {
  @usableFromInline
  package init(_ steps: [SequentialCalibration.Step]) {
    self.init(
      curves: steps.map(\.curve), convergences: steps.compactMap(\.convergence),
      radii: steps.compactMap(\.radius), supports: steps.map(\.support),
      choices: steps.map(\.choice))
  }
}

extension SequentialCalibration.Characteristic: Sendable where Codes: Sendable {}
