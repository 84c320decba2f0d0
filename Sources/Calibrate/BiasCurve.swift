/// The expected bias of the reward as a function of one characteristic, as fitted and as saved.
package struct BiasCurve: Hashable, Sendable {
  /// The bias at one value of the characteristic.
  package struct Knot: Hashable, Sendable {
    /// The value of the characteristic.
    package var length: Double
    /// The bias there; nil where too few candidates lie near to tell.
    package var bias: Double?
    /// How many candidates of the fit had this value.
    package var candidates: Int

    package init(length: Double, bias: Double?, candidates: Int) {
      self.length = length
      self.bias = bias
      self.candidates = candidates
    }
  }

  /// How the bias depends on the characteristic.
  package enum Shape: Hashable, Sendable {
    /// Known at some values, in ascending order, and interpolated between them.
    case knots([Knot])
    /// A fixed amount for every unit of the characteristic.
    case proportional(coefficient: Double)
  }

  /// The name of the characteristic, such as `chars`.
  package let characteristic: String
  /// The part of the bias to remove; 1 removes all of it.
  package let alpha: Double
  package let shape: Shape

  /// Makes a curve; knots may come in any order and must differ in length.
  package init(characteristic: String, alpha: Double, shape: Shape) {
    self.characteristic = characteristic
    self.alpha = alpha
    if case .knots(let knots) = shape {
      let sorted = knots.sorted { $0.length < $1.length }
      precondition(
        zip(sorted, sorted.dropFirst()).allSatisfy { $0.length < $1.length },
        "a curve has one bias at a length")
      self.shape = .knots(sorted)
    } else {
      self.shape = shape
    }
  }

  /// The same bias, of which another part is removed.
  package func removed(alpha: Double) -> BiasCurve {
    BiasCurve(characteristic: characteristic, alpha: alpha, shape: shape)
  }

  /// The knots in ascending order; none for a curve that needs none.
  package var knots: [Knot] {
    if case .knots(let knots) = shape { knots } else { [] }
  }
}

extension BiasCurve {
  /// Whether the bias at a value of the characteristic is that of the nearest end.
  package func extrapolates(to length: Double) -> Bool {
    guard let first = knots.first, let last = knots.last else { return false }
    return length < first.length || length > last.length
  }

  /// The bias at a value of the characteristic.
  ///
  /// Between two knots it is interpolated, beyond the last it is that of the last.
  ///
  /// - Returns: The bias, or nil if a knot it depends on has none, or there is no knot.
  /// - Complexity: O(log U) for U knots.
  package func bias(at length: Double) -> Double? {
    switch shape {
    case .proportional(let coefficient): coefficient * length
    case .knots(let knots): Self.bias(at: length, in: knots)
    }
  }

  /// The bias for each entry of a dictionary of values; NaN where there is none.
  ///
  /// - Complexity: O(V log U) for V values and U knots.
  package func table(for levels: [Double]) -> [Double] {
    levels.map { bias(at: $0) ?? .nan }
  }

  private static func bias(at length: Double, in knots: [Knot]) -> Double? {
    guard let first = knots.first, let last = knots.last, !length.isNaN else { return nil }
    if length <= first.length { return first.bias }
    if length >= last.length { return last.bias }
    // Now knots[low].length <= length < knots[high].length.
    var low = 0
    var high = knots.count - 1
    while high - low > 1 {
      let middle = (low + high) / 2
      if knots[middle].length <= length { low = middle } else { high = middle }
    }
    let left = knots[low]
    let right = knots[high]
    if length == left.length { return left.bias }
    guard let lower = left.bias, let upper = right.bias else { return nil }
    let part = (length - left.length) / (right.length - left.length)
    return lower * (1 - part) + upper * part
  }
}
