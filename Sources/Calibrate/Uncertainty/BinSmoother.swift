/// How a method smooths rewards that are summed by bins of the characteristic, in all refits at once.
protocol BinSmoother {
  /// The smooth at every bin; NaN where there is none.
  ///
  /// - Parameters:
  ///   - bins: The bins, in ascending order; their codes are their places.
  ///   - weights: The sum of the candidates' weights in each bin.
  ///   - values: The sum of weight times reward.
  func smooth(_ bins: PopulationLevels, weights: [Lanes], values: [Lanes]) -> [Lanes]
}

/// The lines of `LocalRegression`; the neighbourhoods are those of all candidates.
struct BinLines: BinSmoother {
  let frac: Double

  func smooth(_ bins: PopulationLevels, weights: [Lanes], values: [Lanes]) -> [Lanes] {
    var window = Neighbourhood(
      levels: bins, neighbours: Lowess.Parameters(frac: frac).neighbours(of: bins.population))
    return bins.values.indices.map { place in
      window.advance(to: place)
      let scale = window.radius > 0 ? 1 / window.radius : 0
      var weight = Lanes(repeating: 0)
      var x = weight
      var xx = weight
      var y = weight
      var xy = weight
      for other in window.lower..<window.upper {
        let distance = (bins.values[other] - bins.values[place]) * scale
        let tricube = Tricube.weight(at: abs(distance))
        if tricube <= 0 { continue }
        let w = weights[other] * tricube
        let v = values[other] * tricube
        weight += w
        x += w * distance
        xx += w * (distance * distance)
        y += v
        xy += v * distance
      }
      let meanX = x / weight
      let meanY = y / weight
      let least = LocalRegression.leastVariance * scale * scale
      let variance = (xx / weight - meanX * meanX).maximum(Lanes(repeating: least))
      let covariance = xy / weight - meanX * meanY
      // Where all candidates have one length, and the slope is 0 / 0, their mean.
      return (meanY - meanX * (covariance / variance)).replacingNaN(with: meanY)
    }
  }
}

/// The means of `MeanCalibration`.
struct BinMeans: BinSmoother {
  let radius: Double
  let minimumCount: Int

  func smooth(_ bins: PopulationLevels, weights: [Lanes], values: [Lanes]) -> [Lanes] {
    var weight = Lanes(repeating: 0)
    var value = weight
    // Sums of all bins before each.
    var before = [(weight, value)]
    for place in weights.indices {
      weight += weights[place]
      value += values[place]
      before.append((weight, value))
    }
    var lower = 0
    var upper = 0
    return bins.values.indices.map { place in
      while bins.values[place] - bins.values[lower] > radius { lower += 1 }
      while upper < bins.count, bins.values[upper] - bins.values[place] <= radius { upper += 1 }
      let count = bins.starts[upper] - bins.starts[lower]
      guard count >= max(minimumCount, 1) else { return Lanes(repeating: .nan) }
      return (before[upper].1 - before[lower].1) / (before[upper].0 - before[lower].0)
    }
  }
}
