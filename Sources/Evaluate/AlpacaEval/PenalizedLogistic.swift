internal import Glibc

/// Logistic regression of probabilities with a penalty on the sum of absolute coefficients.
///
/// The coefficients w minimize ‖w‖₁ + C Σ s (p log(1 + e^−η) + (1 − p) log(1 + e^η)), η = w·x,
/// without an intercept: what liblinear minimizes for each row twice, once a success of weight p
/// and once a failure of weight 1 − p. It is found by Newton's method with coordinate descent.
/// Source: R.-E. Fan et al., "LIBLINEAR: A Library for Large Linear Classification", JMLR 9, 2008.
struct PenalizedLogistic {
  /// For each feature its value in every row.
  private(set) var features: [[Double]]
  /// The probability of each row.
  private(set) var targets: [Double] = []
  /// What each row counts.
  private(set) var weights: [Double] = []

  /// - Parameter width: How many features there are.
  init(width: Int) { features = Array(repeating: [], count: width) }

  var rowCount: Int { targets.count }

  mutating func add(_ row: [Double], target: Double, weight: Double) {
    for (place, value) in row.enumerated() { features[place].append(value) }
    targets.append(target)
    weights.append(weight)
  }

  /// Some of the rows.
  func filtered(_ isIncluded: (Int) -> Bool) -> PenalizedLogistic {
    var result = PenalizedLogistic(width: features.count)
    for row in targets.indices where isIncluded(row) {
      result.add(features.map { $0[row] }, target: targets[row], weight: weights[row])
    }
    return result
  }

  /// The coefficients where rows count `strength` times as much as the penalty.
  ///
  /// - Parameter start: Where the search begins, which the result does not depend on.
  func fit(strength: Double, from start: [Double]? = nil) -> [Double] {
    var coefficients = start ?? Array(repeating: 0, count: features.count)
    var value = objective(coefficients, strength)
    for _ in 0..<100 {
      let (gradient, curvature) = derivatives(coefficients, strength)
      let step = Self.step(from: coefficients, gradient, curvature)
      // Newton's method squares the error: after a step so small none is left that rounding has not.
      guard step.contains(where: { abs($0) > 1e-8 }) else {
        return zip(coefficients, step).map { $0 + $1 }
      }
      var size = 1.0
      var next = coefficients
      var nextValue = value
      repeat {
        next = zip(coefficients, step).map { $0 + size * $1 }
        nextValue = objective(next, strength)
        size /= 2
      } while nextValue > value && size > 1e-8
      guard nextValue <= value else { break }
      (coefficients, value) = (next, nextValue)
    }
    return coefficients
  }

  /// The mean loss of the rows, weighted.
  func meanLoss(_ coefficients: [Double]) -> Double { loss(coefficients) / Double(rowCount) }

  static func probability(_ margin: Double) -> Double { 1 / (1 + exp(-margin)) }

  /// η of every row.
  private func margins(_ coefficients: [Double]) -> [Double] {
    var margins = [Double](repeating: 0, count: rowCount)
    for (place, coefficient) in coefficients.enumerated() {
      let values = features[place]
      for row in margins.indices { margins[row] += coefficient * values[row] }
    }
    return margins
  }

  private func loss(_ coefficients: [Double]) -> Double {
    let margins = margins(coefficients)
    var sum = 0.0
    for row in margins.indices {
      let margin = margins[row]
      // log(1 + e^−η) + (1 − p) η, without overflow.
      let positive = log1p(exp(-abs(margin))) + max(0, -margin)
      sum += weights[row] * (positive + (1 - targets[row]) * margin)
    }
    return sum
  }

  private func objective(_ coefficients: [Double], _ strength: Double) -> Double {
    coefficients.reduce(0) { $0 + abs($1) } + strength * loss(coefficients)
  }

  private func derivatives(
    _ coefficients: [Double], _ strength: Double
  ) -> (gradient: [Double], curvature: [[Double]]) {
    let margins = margins(coefficients)
    var slopes = margins
    var bends = margins
    for row in margins.indices {
      let probability = Self.probability(margins[row])
      slopes[row] = strength * weights[row] * (probability - targets[row])
      bends[row] = strength * weights[row] * probability * (1 - probability)
    }
    let gradient = features.map { Self.product($0, slopes) }
    let curvature = features.indices.map { one in
      let bent = features[one].indices.map { features[one][$0] * bends[$0] }
      return features.indices.map { other in
        Self.product(bent, features[other]) + (one == other ? 1e-12 : 0)
      }
    }
    return (gradient, curvature)
  }

  private static func product(_ one: [Double], _ other: [Double]) -> Double {
    var sum = 0.0
    for row in one.indices { sum += one[row] * other[row] }
    return sum
  }

  /// The step to the minimum of the quadratic model with the penalty.
  private static func step(
    from coefficients: [Double], _ gradient: [Double], _ curvature: [[Double]]
  ) -> [Double] {
    var step = [Double](repeating: 0, count: coefficients.count)
    for _ in 0..<10_000 {
      var largest = 0.0
      for place in step.indices {
        let bend = curvature[place][place]
        let slope =
          gradient[place] + zip(curvature[place], step).reduce(0) { $0 + $1.0 * $1.1 }
        let now = coefficients[place] + step[place]
        let free = now - slope / bend
        let kept = max(0, abs(free) - 1 / bend)
        let next = free < 0 ? -kept : kept
        largest = max(largest, abs(next - now))
        step[place] += next - now
      }
      if largest < 1e-13 { break }
    }
    return step
  }
}
