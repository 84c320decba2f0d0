package import Columns

/// Removes the biases of several characteristics one after the other.
///
/// The first curve is fitted to the reward, the second to what the first leaves, and so on, each
/// removed with its own alpha: score = reward − Σ alpha · bias.
package enum SequentialCalibration {
  /// A characteristic of every candidate.
  package struct Characteristic {
    /// Such as `chars`.
    package let name: String
    /// The part of the bias to remove.
    package let alpha: Double
    /// The distinct values, in any order.
    package let levels: [Double]
    /// For each candidate the index of its level.
    package let codes: any CodeSource

    package init(
      name: String, alpha: Double = 1, levels: [Double], codes: any CodeSource
    ) {
      self.name = name
      self.alpha = alpha
      self.levels = levels
      self.codes = codes
    }
  }

  /// Fits a curve for each characteristic.
  ///
  /// - Parameters:
  ///   - characteristics: In the order of their removal.
  ///   - rewards: For each candidate its reward; NaN for one outside the population. Finite.
  ///   - prompts: For each candidate its prompt; those of a prompt stand together.
  ///   - threads: How many threads may work; the result does not depend on it.
  /// - Returns: The curves, in the order of their removal.
  /// - Complexity: Memory beside the columns: nothing a candidate for one characteristic, eight
  ///   bytes for more.
  package static func fit(
    _ characteristics: [Characteristic], rewards: any NumberSource, prompts: PromptColumn,
    method: any BiasMethod, scope: BiasScope, threads: Int = 1
  ) -> [FittedCurve] {
    fit(
      characteristics, rewards: rewards, prompts: prompts,
      methods: Array(repeating: method, count: characteristics.count), scope: scope,
      threads: threads)
  }

  /// The same with a method for each characteristic.
  package static func fit(
    _ characteristics: [Characteristic], rewards: any NumberSource, prompts: PromptColumn,
    methods: [any BiasMethod], scope: BiasScope, threads: Int = 1
  ) -> [FittedCurve] {
    var curves: [FittedCurve] = []
    // With one characteristic there is never anything left to fit, nor to store.
    var remaining: [Double]?
    for (number, characteristic) in characteristics.enumerated() {
      let sample = Sample(
        levels: characteristic.levels, codes: characteristic.codes, values: remaining ?? rewards)
      let offset = offset(of: sample)
      let bias = methods[number].fit(
        offset == 0
          ? sample
          : sample.replacing(values: LoweredRewards(values: sample.values, offset: offset)),
        prompts: prompts, scope: scope, threads: threads
      ).raised(by: offset)
      let fitted = FittedCurve(
        bias, characteristic: characteristic.name, alpha: characteristic.alpha)
      curves.append(fitted)
      guard number + 1 < characteristics.count else { break }
      remaining = rest(of: sample, without: fitted.curve)
    }
    return curves
  }

  /// What rewards have in common that would cost fits digits.
  ///
  /// Of a sample, as any number near them will do.
  private static func offset(of sample: Sample) -> Double {
    RewardSpread(
      of: OrderStatistics.sample(of: PopulationColumn(sample: sample)), threads: 1
    ).offset
  }

  /// What a curve leaves of the rewards.
  ///
  /// NaN for a candidate without a bias, which has no score, so that later fits do not see it.
  private static func rest(of sample: Sample, without curve: BiasCurve) -> [Double] {
    let bias = curve.table(for: sample.levels)
    var rest: [Double] = []
    rest.reserveCapacity(sample.count)
    Blocks.forEach(sample, in: 0..<sample.count) { codes, values in
      for index in codes.indices {
        rest.append(values[index] - curve.alpha * bias[Int(codes[index])])
      }
    }
    return rest
  }
}

/// Rewards without what they have in common.
private struct LoweredRewards: NumberSource {
  let values: any NumberSource
  let offset: Double

  var count: Int { values.count }

  subscript(index: Int) -> Double { values[index] - offset }

  func copy(from start: Int, into block: inout MutableSpan<Double>) {
    values.copy(from: start, into: &block)
    for index in block.indices { block[index] -= offset }
  }
}
