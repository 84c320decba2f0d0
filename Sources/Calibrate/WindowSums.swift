/// The five sums that a weighted straight line needs, over the levels of one neighbourhood.
///
/// `X` is the distance from the fitted level in units of the radius, so nothing can overflow and
/// the value of the line at the level is its intercept. This is where a fit spends its time.
struct WindowSums {
  private(set) var weight = 0.0
  private(set) var weightedX = 0.0
  private(set) var weightedXX = 0.0
  private(set) var weightedY = 0.0
  private(set) var weightedXY = 0.0

  /// The levels in ascending order, with the sums of robustness weights and weighted rewards.
  struct Points {
    let x: UnsafeBufferPointer<Double>
    let weights: UnsafeBufferPointer<Double>
    let weightedValues: UnsafeBufferPointer<Double>
  }

  private typealias Lanes = SIMD4<Double>

  /// Sums over `window`, in one order for given data.
  init(_ points: Points, around place: Int, in window: Neighbourhood) {
    let center = points.x[place]
    let scale = 1 / window.radius
    var index = window.lower
    let end = window.upper
    precondition(index >= 0 && end <= points.x.count)
    if let x = UnsafeRawPointer(points.x.baseAddress),
      let weights = UnsafeRawPointer(points.weights.baseAddress),
      let values = UnsafeRawPointer(points.weightedValues.baseAddress)
    {
      var s0 = Lanes.zero
      var s1 = Lanes.zero
      var s2 = Lanes.zero
      var t0 = Lanes.zero
      var t1 = Lanes.zero
      while index + Lanes.scalarCount <= end {
        let offset = index &* MemoryLayout<Double>.stride
        let distance = (x.loadUnaligned(fromByteOffset: offset, as: Lanes.self) - center) * scale
        let cube = distance * distance * distance
        let magnitude = Lanes(cube, clearingSigns: ())
        let rest = 1 - magnitude
        let tricube = rest * rest * rest
        let w = tricube * weights.loadUnaligned(fromByteOffset: offset, as: Lanes.self)
        let y = tricube * values.loadUnaligned(fromByteOffset: offset, as: Lanes.self)
        let wx = w * distance
        s0 += w
        s1 += wx
        s2 += wx * distance
        t0 += y
        t1 += y * distance
        index &+= Lanes.scalarCount
      }
      weight = s0.sum()
      weightedX = s1.sum()
      weightedXX = s2.sum()
      weightedY = t0.sum()
      weightedXY = t1.sum()
    }
    while index < end {
      let distance = (points.x[index] - center) * scale
      let tricube = Tricube.weight(at: abs(distance))
      let w = tricube * points.weights[index]
      let y = tricube * points.weightedValues[index]
      weight += w
      weightedX += w * distance
      weightedXX += w * distance * distance
      weightedY += y
      weightedXY += y * distance
      index += 1
    }
  }
}

extension WindowSums.Points {
  /// Sums of squared deviations and of products with the rewards, about the weighted means.
  ///
  /// The slow and careful way, for a neighbourhood whose weight lies far from the fitted level.
  func moments(
    about meanX: Double, _ meanY: Double, around place: Int, in window: Neighbourhood
  ) -> (variance: Double, covariance: Double) {
    var variance = 0.0
    var covariance = 0.0
    for index in window.lower..<window.upper {
      let distance = (x[index] - x[place]) / window.radius
      let tricube = Tricube.weight(at: abs(distance))
      let deviation = distance - meanX
      variance += tricube * weights[index] * deviation * deviation
      covariance += tricube * (weightedValues[index] - weights[index] * meanY) * deviation
    }
    return (variance, covariance)
  }
}

extension SIMD4<Double> {
  /// The magnitudes; the standard library's own way goes lane by lane.
  @inline(__always)
  fileprivate init(_ values: Self, clearingSigns: ()) {
    let bits = unsafeBitCast(values, to: SIMD4<UInt64>.self) & SIMD4<UInt64>(repeating: .max >> 1)
    self = unsafeBitCast(bits, to: Self.self)
  }
}
