/// The bias of length among answers to the same prompt.
///
/// A curve through all candidates mixes length with the difficulty of prompts. Here
/// reward = effect of the prompt + bias(length) + rest, fitted by backfitting: prompt effects are
/// means of reward − bias, and the bias is a smooth of reward − effect, in turn, until the curve
/// rests. See docs/calibration.md.
@usableFromInline
package enum WithinPrompt {
  /// When to stop.
  @usableFromInline
  package struct Parameters: Hashable, Sendable {
    /// The curve rests once no level moves more than this part of the rewards' deviation.
    @usableFromInline package var tolerance: Double
    @usableFromInline package var maximumRounds: Int

    @usableFromInline
    package init(tolerance: Double = 1e-4, maximumRounds: Int = 100) {
      self.tolerance = tolerance
      self.maximumRounds = maximumRounds
    }
  }

  /// How a fit went.
  @usableFromInline
  package struct Convergence: Hashable, Sendable {
    @usableFromInline package var rounds = 0
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
  @usableFromInline
  package struct Fit: Sendable {
    /// The bias by level; NaN where there is none.
    package let fitted: [Double]
    /// The levels of the candidates that took part.
    @usableFromInline package let population: PopulationLevels
    package let convergence: Convergence
  }

  /// Fits the curve.
  ///
  /// A prompt with one candidate, or with candidates of one length, fits any curve and would only
  /// hold back the present one, so it takes no part. The free constant is set so that the mean bias
  /// over the whole population equals its mean reward, as it nearly does for a global curve: scores
  /// of both scopes lie around zero.
  ///
  /// - Parameters:
  ///   - levels: The distinct characteristic values, in any order.
  ///   - codes: For each candidate the index of its level.
  ///   - prompts: For each candidate the index of its prompt.
  ///   - promptCount: How many prompts there are.
  ///   - values: For each candidate its reward; NaN for one outside the population. Finite.
  ///   - smooth: Fits a curve to the rewards it is given, which occur at the levels it is given; by
  ///     level, NaN where it has none.
  /// - Complexity: O(rounds · smooth) time, O(prompts + U) memory.
  @inlinable
  package static func fit<Codes, Prompts, Values>(
    levels: [Double], codes: Codes, prompts: Prompts, promptCount: Int, values: Values,
    parameters: Parameters = Parameters(),
    smooth: (PromptResiduals<Values, Prompts>, PopulationLevels) -> [Double]
  ) -> Fit
  where
    Codes: RandomAccessCollection<UInt32>, Codes.Index == Int,
    Prompts: RandomAccessCollection<UInt32>, Prompts.Index == Int,
    Values: RandomAccessCollection<Double>, Values.Index == Int
  {
    var state = Backfit(levels: levels, promptCount: promptCount)
    for index in 0..<codes.count {
      state.count(values[index], code: Int(codes[index]), prompt: Int(prompts[index]))
    }
    for index in 0..<codes.count {
      state.countInformative(values[index], code: Int(codes[index]), prompt: Int(prompts[index]))
    }
    var isMoving = state.finishCounting()
    while isMoving, state.convergence.rounds < parameters.maximumRounds {
      state.beginRound()
      for index in 0..<codes.count {
        state.addToEffect(values[index], code: Int(codes[index]), prompt: Int(prompts[index]))
      }
      state.finishEffects()
      let residuals = PromptResiduals(values: values, prompts: prompts, effects: state.effects)
      isMoving = state.move(
        to: smooth(residuals, state.population), tolerance: parameters.tolerance)
    }
    return state.finish()
  }
}

/// Rewards without the effects of their prompts, computed as they are asked for.
///
/// NaN, and so outside the population, where the prompt takes no part.
@usableFromInline
package struct PromptResiduals<Values, Prompts>: RandomAccessCollection
where
  Values: RandomAccessCollection<Double>, Values.Index == Int,
  Prompts: RandomAccessCollection<UInt32>, Prompts.Index == Int
{
  @usableFromInline let values: Values
  @usableFromInline let prompts: Prompts
  @usableFromInline let effects: [Double]

  @inlinable
  package init(values: Values, prompts: Prompts, effects: [Double]) {
    self.values = values
    self.prompts = prompts
    self.effects = effects
  }

  @inlinable package var startIndex: Int { 0 }
  @inlinable package var endIndex: Int { values.count }

  @inlinable package subscript(index: Int) -> Double {
    values[index] - effects[Int(prompts[index])]
  }
}
