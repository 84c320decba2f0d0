/// How a method smooths rewards that are summed by bins of the characteristic, in all refits at once.
protocol BinSmoother {
  /// The smooth at given weights.
  ///
  /// - Parameters:
  ///   - bins: The bins, in ascending order; their codes are their places.
  ///   - weights: The sum of the candidates' weights in each bin.
  func smooth(_ bins: PopulationLevels, weights: [Lanes]) -> BinSmooth
}

/// A linear map from the sums of weight times reward in each bin to the smooth at every bin.
struct BinSmooth {
  /// Of each bin, the first that counts in it.
  private var firsts: [Int] = []
  /// Of each bin, where its factors start; and the end.
  private var starts = [0]
  private var factors: [Lanes] = []

  /// Adds what the smooth at the next bin makes of the sums from a bin on.
  mutating func append(from first: Int, _ own: some Sequence<Lanes>) {
    firsts.append(first)
    factors += own
    starts.append(factors.count)
  }

  /// The smooth at every bin; NaN where there is none.
  func callAsFunction(_ values: [Lanes]) -> [Lanes] {
    let factors = factors.span
    let values = values.span
    return firsts.indices.map { place in
      var sum = Lanes.zero
      for (offset, factor) in (starts[place]..<starts[place + 1]).enumerated() {
        sum += factors[factor] * values[firsts[place] + offset]
      }
      return sum
    }
  }
}

/// The lines of `LocalRegression`; the neighbourhoods are those of all candidates.
struct BinLines: BinSmoother {
  let frac: Double

  func smooth(_ bins: PopulationLevels, weights: [Lanes]) -> BinSmooth {
    var window = Neighbourhood(
      levels: bins, neighbours: Lowess.Parameters(frac: frac).neighbours(of: bins.population))
    var smooth = BinSmooth()
    for place in bins.values.indices {
      window.advance(to: place)
      let scale = window.radius > 0 ? 1 / window.radius : 0
      func distance(_ other: Int) -> Double { (bins.values[other] - bins.values[place]) * scale }
      // Those at the edge have no weight.
      let others = (window.lower..<window.upper).filter { abs(distance($0)) < 1 }
      var weight = Lanes.zero
      var x = weight
      var xx = weight
      for other in others {
        let distance = distance(other)
        let w = weights[other] * Tricube.weight(at: abs(distance))
        weight += w
        x += w * distance
        xx += w * (distance * distance)
      }
      let meanX = x / weight
      let meanSquare = xx / weight
      let variance = meanSquare - meanX * meanX
      // Where all weight lies at one length there is no line, only the mean.
      let slope = (meanX / variance).zeroed(unless: variance, exceeds: meanSquare * 1e-9)
      let share = Lanes.one / weight
      smooth.append(
        from: others.first ?? place,
        others.map { other in
          let distance = distance(other)
          return (share - slope * share * (distance - meanX)) * Tricube.weight(at: abs(distance))
        })
    }
    return smooth
  }
}

/// The means of `MeanCalibration`.
struct BinMeans: BinSmoother {
  let radius: Double
  let minimumCount: Int

  func smooth(_ bins: PopulationLevels, weights: [Lanes]) -> BinSmooth {
    var smooth = BinSmooth()
    var lower = 0
    var upper = 0
    for place in bins.values.indices {
      while bins.values[place] - bins.values[lower] > radius { lower += 1 }
      while upper < bins.count, bins.values[upper] - bins.values[place] <= radius { upper += 1 }
      let isKnown = bins.starts[upper] - bins.starts[lower] >= max(minimumCount, 1)
      let weight = weights[lower..<upper].reduce(.zero, +)
      let factor = isKnown ? Lanes.one / weight : Lanes(repeating: .nan)
      smooth.append(from: lower, repeatElement(factor, count: upper - lower))
    }
    return smooth
  }
}
