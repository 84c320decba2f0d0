/// What each level counts in the lines through some places, eight places at a time.
struct LocalInfluence {
  /// The robustness weights of a level's candidates.
  struct Tally {
    private var weight = 0.0
    private var squares = 0.0

    init() {}

    mutating func add(_ robustness: Double) {
      weight += robustness
      squares += robustness * robustness
    }

    mutating func add(_ other: Tally) {
      weight += other.weight
      squares += other.squares
    }

    fileprivate var sums: (weight: Double, squares: Double) { (weight, squares) }
  }

  private let levels: PopulationLevels
  private let tallies: [Tally]
  /// The places that are not reached yet, the next one last.
  private var ahead: [Int]
  private var current: [Int] = []
  private var window: Neighbourhood
  private var effectiveCounts = SIMD8<Double>.zero
  /// By code: what a candidate with robustness weight 1 counts in the value at each place.
  private(set) var coefficients: [SIMD8<Double>]

  /// - Parameter neighbours: The number of candidates in a neighbourhood.
  init(levels: PopulationLevels, tallies: [Tally], neighbours: Int) {
    self.levels = levels
    self.tallies = tallies
    ahead = levels.places(atMost: CurveSupport.placeLimit).reversed()
    window = Neighbourhood(levels: levels, neighbours: neighbours)
    coefficients = Array(repeating: .zero, count: tallies.count)
  }

  /// Moves on to the next eight places.
  ///
  /// - Returns: Whether there are any.
  mutating func advance() -> Bool {
    current = ahead.suffix(SIMD8<Double>.scalarCount).reversed()
    ahead.removeLast(current.count)
    for code in coefficients.indices { coefficients[code] = .zero }
    for (lane, place) in current.enumerated() {
      window.advance(to: place)
      fill(lane, place)
    }
    return !current.isEmpty
  }

  /// The lane of one place: the coefficients of `LocalRegression`'s line at its centre.
  private mutating func fill(_ lane: Int, _ place: Int) {
    let radius = window.radius
    func offset(_ other: Int) -> Double {
      radius > 0 ? (levels.values[other] - levels.values[place]) / radius : 0
    }
    var weight = 0.0
    var squares = 0.0
    var weightedX = 0.0
    for other in window.lower..<window.upper {
      let tricube = Tricube.weight(at: abs(offset(other)))
      let sums = tallies[levels.codes[other]].sums
      weight += tricube * sums.weight
      squares += tricube * tricube * sums.squares
      weightedX += tricube * sums.weight * offset(other)
    }
    effectiveCounts[lane] = weight > 0 ? weight * weight / squares : 0
    let mean = weightedX / weight
    var variance = 0.0
    for other in window.lower..<window.upper {
      let x = offset(other) - mean
      variance +=
        Tricube.weight(at: abs(offset(other))) * tallies[levels.codes[other]].sums.weight * x * x
    }
    variance = max(variance / weight, LocalRegression.leastVariance / (radius * radius))
    for other in window.lower..<window.upper {
      coefficients[levels.codes[other]][lane] =
        Tricube.weight(at: abs(offset(other))) / weight
        * (1 - mean * (offset(other) - mean) / variance)
    }
  }

  /// The present places.
  ///
  /// - Parameter variances: Of the curve at each, in the unit of `Lowess.headroom`.
  func places(variances: SIMD8<Double>) -> [CurveSupport.Place] {
    current.enumerated().map { lane, place in
      CurveSupport.Place(
        length: levels.values[place], effectiveCount: effectiveCounts[lane],
        standardError: effectiveCounts[lane] > 0
          ? variances[lane].squareRoot() / Lowess.headroom : .nan)
    }
  }
}

extension PopulationLevels {
  /// Every level where there are few, else some in ascending order, both ends among them: one half
  /// at even quantiles of the candidates, where most of them are, one at even steps of the
  /// characteristic, where few are and the curve is weakest.
  func places(atMost limit: Int) -> [Int] {
    guard count > limit else { return Array(0..<count) }
    let half = limit / 2
    var chosen: Set<Int> = []
    var place = 0
    for number in 0..<half {
      let rank = number * (population - 1) / (half - 1)
      while starts[place + 1] <= rank { place += 1 }
      chosen.insert(place)
    }
    place = 0
    for number in 0..<half {
      let part = Double(number) / Double(half - 1)
      let length = values[0] * (1 - part) + values[count - 1] * part
      while place + 1 < count, values[place + 1] <= length { place += 1 }
      chosen.insert(place)
    }
    return chosen.sorted()
  }
}
