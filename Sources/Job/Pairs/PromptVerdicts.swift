internal import Calibrate
internal import PairBuilder

/// What each of several reward models says of a prompt's answers, less its own share of the bias that was
/// taken off their combined reward (``FitStage/Result/biasShares``).
struct PromptVerdicts {
  /// Ascending.
  private let candidates: [Int]
  /// For each model, in the order of the candidates.
  private let values: [[Double]]
  /// For each model, below which a difference is rounding.
  private let roundings: [Double]

  /// - Parameters:
  ///   - candidates: in ascending order.
  ///   - statements: of each model, in the unit of the combination.
  ///   - biases: what was taken off the combined reward of the candidates.
  ///   - shares: how much of it each model's have.
  init(candidates: [Int], statements: [[Double]], biases: [Double], shares: [Double]) {
    self.candidates = candidates
    let largestBias = biases.reduce(0) { max($0, $1.magnitude) }
    roundings = zip(statements, shares).map { own, share in
      own.reduce((share * largestBias).magnitude) { max($0, $1.magnitude) } * 1e-12
    }
    values = zip(statements, shares).map { own, share in
      zip(own, biases).map { $0 - share * $1 }
    }
  }

  /// For each model by how much it prefers the first of two answers; 0 where that is rounding.
  func margins(_ chosen: Int, _ rejected: Int) -> [Double] {
    let (high, low) = (place(of: chosen), place(of: rejected))
    return zip(values, roundings).map { own, rounding in
      let margin = own[high] - own[low]
      return margin.magnitude <= rounding ? 0 : margin
    }
  }

  /// The share of the models that prefer the first of two answers.
  func support(_ chosen: Int, _ rejected: Int) -> Double {
    Double(margins(chosen, rejected).count { $0 > 0 }) / Double(values.count)
  }

  private func place(of candidate: Int) -> Int {
    var (low, high) = (0, candidates.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if candidates[middle] < candidate { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
