internal import Calibrate

extension BiasCurve {
  /// The bias as the published code looks it up: between fitted values that of the next larger one.
  ///
  /// It knows none beyond the largest; here the largest counts there.
  func publishedBias(at length: Double) -> Double? {
    let knots = knots
    var (low, high) = (0, knots.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if knots[middle].length >= length { high = middle } else { low = middle + 1 }
    }
    return knots.indices.contains(low) ? knots[low].bias : nil
  }
}
