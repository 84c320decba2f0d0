/// Makes one reward of those that several reward models gave.
///
/// The scales of reward models differ, so their numbers are never averaged as they come: each model's
/// rewards become what they say of the answers to one prompt, in a unit that all share.
package struct RewardCombination: Sendable {
  /// How what the models say becomes one number.
  package enum Rule: Equatable, Sendable {
    /// The weighted mean of rewards that are divided by their model's standard deviation within
    /// prompts.
    case scaledMean
    /// The weighted mean of mid-ranks within the prompt as fractions, (rank − ½) / n.
    case meanRank
    /// The least of the deviations from the prompt's mean, each divided by its model's standard
    /// deviation within prompts.
    case least
    /// The weighted mean of those deviations less so many of their weighted standard deviations between
    /// models (of n, not n − 1).
    case meanMinusDeviation(factor: Double)
  }

  package let rule: Rule
  /// What takes the place of each model's rewards before; nil where they stay.
  package let transform: RewardTransform?
  /// They add up to 1.
  package var weights: [Double] { givenWeights.map { $0 / weightSum } }
  private let givenWeights: [Double]
  private let weightSum: Double
  /// For each model the standard deviation of its rewards within prompts; 0 where they never differ, so
  /// that the model has no say.
  package let deviations: [Double]

  /// - Parameters:
  ///   - weights: above 0.
  ///   - deviations: as ``WithinPromptDeviation`` finds them.
  package init(
    _ rule: Rule, transform: RewardTransform?, weights: [Double], deviations: [Double]
  ) {
    self.rule = rule
    self.transform = transform
    weightSum = weights.reduce(0, +)
    givenWeights = weights
    self.deviations = deviations
  }

  /// What each model says of the answers to a prompt, in the unit of the combination.
  ///
  /// - Parameter rewards: for each model its rewards for one answer after the other, finite.
  package func statements(of rewards: [[Double]]) -> [[Double]] {
    rewards.indices.map { model in
      var values = rewards[model]
      transform?.apply(to: &values)
      switch rule {
      case .meanRank: RewardTransform.rank.apply(to: &values)
      case .scaledMean: scale(&values, of: model)
      case .least, .meanMinusDeviation:
        // Scaled first, as a sum of rewards may leave the range of numbers.
        scale(&values, of: model)
        let mean = values.reduce(0) { $0 + $1 / Double(values.count) }
        for index in values.indices { values[index] -= mean }
      }
      return values
    }
  }

  private func scale(_ values: inout [Double], of model: Int) {
    let deviation = deviations[model]
    for index in values.indices {
      let scaled = deviation > 0 ? values[index] / deviation : 0
      values[index] = min(max(scaled, -Self.limit), Self.limit)
    }
  }

  /// Nothing is larger, so that squares and sums stay in the range of numbers.
  private static let limit = 1e150

  /// The one reward of each answer to a prompt.
  ///
  /// - Parameter statements: as ``statements(of:)`` gives them.
  package func combined(_ statements: [[Double]]) -> [Double] {
    guard let count = statements.first?.count else { return [] }
    return (0..<count).map { answer in
      switch rule {
      case .scaledMean: mean(of: statements, answer)
      case .meanRank: meanRank(of: statements, answer)
      case .least: statements.reduce(.infinity) { min($0, $1[answer]) }
      case .meanMinusDeviation(let factor):
        mean(of: statements, answer) - factor * deviation(of: statements, answer)
      }
    }
  }

  private func mean(of statements: [[Double]], _ answer: Int) -> Double {
    zip(givenWeights, statements).reduce(0) { $0 + $1.0 / weightSum * $1.1[answer] }
  }

  /// Summed as whole numbers, so that answers of the same ranks in another order are equal.
  private func meanRank(of statements: [[Double]], _ answer: Int) -> Double {
    let twice = 2 * Double(statements.first?.count ?? 1)
    let sum = zip(givenWeights, statements).reduce(0) {
      $0 + $1.0 * ($1.1[answer] * twice).rounded()
    }
    return sum / (twice * weightSum)
  }

  private func deviation(of statements: [[Double]], _ answer: Int) -> Double {
    let mean = mean(of: statements, answer)
    let variance = zip(givenWeights, statements).reduce(0) { sum, model in
      let distance = model.1[answer] - mean
      return sum + model.0 / weightSum * distance * distance
    }
    return variance.squareRoot()
  }
}
