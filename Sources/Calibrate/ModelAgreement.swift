/// How far several reward models agree on the answers to the same prompts.
package struct ModelAgreement: Sendable {
  package let modelCount: Int
  /// For each pair of models the sum of the correlations of their ranks within prompts, and how many
  /// prompts have one; the first model's pairs come first.
  private var correlations: [(sum: Double, prompts: Int)]
  /// For each model the sum of the correlations of its rewards with the lengths of answers within prompts,
  /// by ranks, and how many prompts have one.
  private var lengthCorrelations: [(sum: Double, prompts: Int)]
  /// Pairs of answers that some model tells apart, and those that all models order alike.
  package private(set) var answerPairs = 0
  package private(set) var unanimousAnswerPairs = 0
  /// Pairs of the dataset, and by how many models would choose the same answer.
  package private(set) var pairsBySupport: [Int]
  /// For each model how many pairs of the dataset it would turn round.
  package private(set) var flips: [Int]

  /// Of prompts with more answers only the first are compared with each other.
  private static let answerLimit = 64

  package init(modelCount: Int) {
    self.modelCount = modelCount
    correlations = Array(repeating: (0, 0), count: modelCount * (modelCount - 1) / 2)
    lengthCorrelations = Array(repeating: (0, 0), count: modelCount)
    pairsBySupport = Array(repeating: 0, count: modelCount + 1)
    flips = Array(repeating: 0, count: modelCount)
  }

  /// Adds the answers to a prompt.
  ///
  /// - Parameters:
  ///   - rewards: for each model its rewards for one answer after the other.
  ///   - lengths: of the answers.
  package mutating func add(_ rewards: [[Double]], lengths: [Double]) {
    guard let count = rewards.first?.count, count > 1 else { return }
    var length = ShortRanks()
    length.rank(lengths.span)
    for (model, values) in rewards.enumerated() {
      guard let correlation = length.correlation(with: values.span) else { continue }
      lengthCorrelations[model].sum += correlation
      lengthCorrelations[model].prompts += 1
    }
    var ranks: [ShortRanks] = []
    for values in rewards {
      var own = ShortRanks()
      own.rank(values.span)
      ranks.append(own)
    }
    var place = 0
    for first in 0..<modelCount {
      for second in (first + 1)..<max(modelCount, first + 1) {
        let other = rewards[second]
        if let correlation = ranks[first].correlation(with: other.span) {
          correlations[place].sum += correlation
          correlations[place].prompts += 1
        }
        place += 1
      }
    }
    let compared = min(count, Self.answerLimit)
    for first in 0..<compared {
      for second in (first + 1)..<max(compared, first + 1) {
        var (higher, lower) = (0, 0)
        for values in rewards {
          if values[first] > values[second] { higher += 1 }
          if values[first] < values[second] { lower += 1 }
        }
        guard higher + lower > 0 else { continue }
        answerPairs += 1
        if max(higher, lower) == modelCount { unanimousAnswerPairs += 1 }
      }
    }
  }

  /// Adds a pair of the dataset.
  ///
  /// - Parameter margins: for each model by how much it prefers the chosen answer.
  package mutating func add(margins: [Double]) {
    pairsBySupport[margins.count { $0 > 0 }] += 1
    for (model, margin) in margins.enumerated() where margin < 0 { flips[model] += 1 }
  }

  /// Adds what another has counted.
  package mutating func merge(_ other: ModelAgreement) {
    for index in correlations.indices {
      correlations[index].sum += other.correlations[index].sum
      correlations[index].prompts += other.correlations[index].prompts
    }
    for model in lengthCorrelations.indices {
      lengthCorrelations[model].sum += other.lengthCorrelations[model].sum
      lengthCorrelations[model].prompts += other.lengthCorrelations[model].prompts
    }
    answerPairs += other.answerPairs
    unanimousAnswerPairs += other.unanimousAnswerPairs
    for index in pairsBySupport.indices { pairsBySupport[index] += other.pairsBySupport[index] }
    for index in flips.indices { flips[index] += other.flips[index] }
  }

  /// The mean over prompts of the rank correlation (Spearman) of two models' rewards; nil where no prompt
  /// has one, 1 for a model with itself.
  package func correlation(_ first: Int, _ second: Int) -> Double? {
    guard first != second else { return 1 }
    let (low, high) = (min(first, second), max(first, second))
    let place = low * (2 * modelCount - low - 1) / 2 + high - low - 1
    let found = correlations[place]
    return found.prompts == 0 ? nil : found.sum / Double(found.prompts)
  }

  /// The mean over prompts of the rank correlation of a model's rewards with the lengths of answers; nil
  /// where no prompt has one.
  package func lengthCorrelation(_ model: Int) -> Double? {
    let found = lengthCorrelations[model]
    return found.prompts == 0 ? nil : found.sum / Double(found.prompts)
  }

  /// The part of the pairs of answers that all models order alike, of those that some model tells apart;
  /// nil without any.
  package var unanimousShare: Double? {
    answerPairs == 0 ? nil : Double(unanimousAnswerPairs) / Double(answerPairs)
  }

  /// How many pairs of the dataset there are.
  package var pairs: Int { pairsBySupport.reduce(0, +) }

  /// The part of the pairs of the dataset whose chosen answer every model prefers; nil without pairs.
  package var supportedByAll: Double? {
    pairs == 0 ? nil : Double(pairsBySupport[modelCount]) / Double(pairs)
  }
}
