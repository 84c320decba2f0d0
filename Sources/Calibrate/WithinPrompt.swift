internal import Columns

/// The bias of length among answers to the same prompt.
///
/// A curve through all candidates mixes length with the difficulty of prompts. Here
/// reward = effect of the prompt + bias(length) + rest, fitted by backfitting: prompt effects are
/// means of reward − bias, and the bias is a smooth of reward − effect, in turn, until the curve
/// rests. See docs/calibration.md.
package enum WithinPrompt {
  /// When to stop.
  package struct Parameters: Hashable, Sendable {
    /// The curve rests once no level moves more than this part of the rewards' deviation.
    package var tolerance: Double
    package var maximumRounds: Int

    package init(tolerance: Double = 1e-4, maximumRounds: Int = 100) {
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
  package struct Fit: Sendable {
    /// The bias by level; NaN where there is none.
    package let fitted: [Double]
    /// The levels of the candidates that took part.
    package let population: PopulationLevels
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
  ///   - sample: What is fitted.
  ///   - prompts: For each candidate its prompt.
  ///   - smooth: Fits a curve to the rewards it is given, which occur at the levels it is given; by
  ///     level, NaN where it has none.
  /// - Complexity: O(rounds · smooth) time, O(prompts + U) memory.
  static func fit(
    _ sample: Sample, prompts: PromptColumn, parameters: Parameters = Parameters(),
    smooth: (Sample, PopulationLevels) -> [Double]
  ) -> Fit {
    var state = Backfit(levels: sample.levels, promptCount: prompts.count)
    let all = 0..<sample.count
    Blocks.forEach(sample, prompts.codes, in: all) { codes, prompts, values in
      for index in codes.indices {
        state.count(values[index], code: Int(codes[index]), prompt: Int(prompts[index]))
      }
    }
    Blocks.forEach(sample, prompts.codes, in: all) { codes, prompts, values in
      for index in codes.indices {
        state.countInformative(
          values[index], code: Int(codes[index]), prompt: Int(prompts[index]))
      }
    }
    var isMoving = state.finishCounting()
    while isMoving, state.convergence.rounds < parameters.maximumRounds {
      state.beginRound()
      Blocks.forEach(sample, prompts.codes, in: all) { codes, prompts, values in
        for index in codes.indices {
          state.addToEffect(values[index], code: Int(codes[index]), prompt: Int(prompts[index]))
        }
      }
      state.finishEffects()
      let residuals = PromptResiduals(
        values: sample.values, prompts: prompts.codes, effects: state.effects)
      isMoving = state.move(
        to: smooth(sample.replacing(values: residuals), state.population),
        tolerance: parameters.tolerance)
    }
    return state.finish()
  }
}

/// Rewards without the effects of their prompts, computed as they are asked for.
///
/// NaN, and so outside the population, where the prompt takes no part.
struct PromptResiduals: NumberSource {
  let values: any NumberSource
  let prompts: any CodeSource
  let effects: [Double]

  var count: Int { values.count }

  subscript(index: Int) -> Double { values[index] - effects[Int(prompts[index])] }

  func copy(from start: Int, into block: inout MutableSpan<Double>) {
    values.copy(from: start, into: &block)
    let count = block.count
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: count) { codes in
      codes.initialize(repeating: 0)
      var part = codes.mutableSpan
      prompts.copy(from: start, into: &part)
      for index in 0..<count { block[index] -= effects[Int(part[index])] }
    }
  }
}
