/// Weighted straight lines through the neighbourhood of every level: one pass of LOWESS.
///
/// Cleveland (1979), section 2, steps 1 and 2, on candidates collapsed to distinct levels. A level
/// enters every sum through the sum of its candidates' robustness weights and of their weighted
/// rewards, which loses nothing, since all of them have the same tricube weight.
@usableFromInline
struct LocalRegression {
  /// A level's candidates in one pass.
  @usableFromInline
  struct Tally {
    /// The sum of robustness weights.
    @usableFromInline var weight = 0.0
    /// The sum of robustness weight times reward.
    @usableFromInline var weightedValue = 0.0
    /// The largest two robustness weights, which tell whether two candidates count at all.
    @usableFromInline var largest = 0.0
    @usableFromInline var second = 0.0

    @inlinable
    init() {}

    @inlinable
    mutating func add(_ value: Double, weight robustness: Double) {
      weight += robustness
      weightedValue += robustness * value
      second = max(second, min(largest, robustness))
      largest = max(largest, robustness)
    }
  }

  private let levels: PopulationLevels
  /// How many candidates a neighbourhood has.
  private let neighbours: Int
  /// Plain means by place, for a level whose candidates have all lost their weight.
  private var means: [Double] = []

  /// Weights up to this count as none when a line needs two points (statsmodels' bound).
  private static let negligibleWeight = 1e-12
  /// The least weighted variance of the characteristic (statsmodels' bound, in its unit squared).
  private static let leastVariance = 1e-12
  /// When a variance is this small a part of the mean square about the fitted level, taking one
  /// from the other has cost four of sixteen digits, and the sums are taken again about the mean.
  private static let cancellation = 1e-4

  @usableFromInline
  init(levels: PopulationLevels, neighbours: Int) {
    self.levels = levels
    self.neighbours = neighbours
  }

  /// Fits every level and writes the fitted values by code; other codes keep what they have.
  ///
  /// - Parameter tallies: The candidates, by code.
  /// - Complexity: O(U · W) for U levels with W levels in a neighbourhood.
  @usableFromInline
  mutating func fit(_ tallies: [Tally], into fitted: inout [Double]) {
    let weights = levels.codes.map { tallies[$0].weight }
    let weightedValues = levels.codes.map { tallies[$0].weightedValue }
    if means.isEmpty {  // The first pass, in which every robustness weight is one.
      means = zip(weightedValues, weights).map { $0 / $1 }
    }
    levels.values.withUnsafeBufferPointer { x in
      weights.withUnsafeBufferPointer { weights in
        weightedValues.withUnsafeBufferPointer { weightedValues in
          let points = WindowSums.Points(x: x, weights: weights, weightedValues: weightedValues)
          var window = Neighbourhood(levels: levels, neighbours: neighbours)
          for place in 0..<levels.count {
            window.advance(to: place)
            let code = levels.codes[place]
            if hasTwoPoints(around: place, in: window, tallies) {
              fitted[code] = line(at: place, through: points, in: window)
            } else {
              // statsmodels keeps the reward of one of the candidates here.
              let tally = tallies[code]
              fitted[code] = tally.weight > 0 ? tally.weightedValue / tally.weight : means[place]
            }
          }
        }
      }
    }
  }

  /// Whether at least two candidates have a weight, which a line needs; looks outwards from the
  /// level, so that it ends at once but for the strangest data.
  private func hasTwoPoints(
    around place: Int, in window: Neighbourhood, _ tallies: [Tally]
  ) -> Bool {
    guard window.radius > 0 else { return false }
    var points = 0
    func counts(_ other: Int) -> Bool {
      let tally = tallies[levels.codes[other]]
      let distance = abs(levels.values[other] - levels.values[place]) / window.radius
      let tricube = Tricube.weight(at: min(distance, 1))
      points += tricube * tally.largest > Self.negligibleWeight ? 1 : 0
      points += tricube * tally.second > Self.negligibleWeight ? 1 : 0
      return points >= 2
    }
    for other in place..<window.upper where counts(other) { return true }
    for other in (window.lower..<place).reversed() where counts(other) { return true }
    return false
  }

  /// The value at a level of the line through its neighbourhood.
  private func line(
    at place: Int, through points: WindowSums.Points, in window: Neighbourhood
  ) -> Double {
    let sums = WindowSums(points, around: place, in: window)
    let meanX = sums.weightedX / sums.weight
    let meanY = sums.weightedY / sums.weight
    let meanSquare = sums.weightedXX / sums.weight
    var variance = meanSquare - meanX * meanX
    var covariance = sums.weightedXY / sums.weight - meanX * meanY
    if variance < Self.cancellation * meanSquare {
      let exact = points.moments(about: meanX, meanY, around: place, in: window)
      variance = exact.variance / sums.weight
      covariance = exact.covariance / sums.weight
    }
    // Distances are in units of the radius here.
    variance = max(variance, Self.leastVariance / (window.radius * window.radius))
    return meanY - meanX * (covariance / variance)
  }
}

/// The weight function of the neighbourhood (Cleveland 1979, section 2).
enum Tricube {
  /// The weight at a distance in units of the radius, 0 to 1.
  @inline(__always)
  static func weight(at distance: Double) -> Double {
    let rest = 1 - distance * distance * distance
    return rest * rest * rest
  }
}

/// The levels among the `neighbours` candidates nearest to a level, as it moves upwards.
///
/// Moves a window of that many candidates as statsmodels does, but a whole level at a time.
struct Neighbourhood {
  /// The levels inside: `lower..<upper`.
  private(set) var lower = 0
  private(set) var upper = 0
  /// The distance to the farthest of them.
  private(set) var radius = 0.0

  private let levels: PopulationLevels
  private let neighbours: Int
  /// The first candidate inside, had the population been sorted.
  private var first = 0
  /// The level of the first candidate above the window; the number of levels if there is none.
  private var next = 0

  init(levels: PopulationLevels, neighbours: Int) {
    self.levels = levels
    self.neighbours = neighbours
    while next < levels.count, levels.starts[next + 1] <= neighbours { next += 1 }
  }

  /// Moves on to the neighbours of the level at `place`.
  mutating func advance(to place: Int) {
    let x = levels.values
    let starts = levels.starts
    while next < levels.count, x[place] > (x[lower] + x[next]) / 2 {
      // Until one end comes to another level, every step is decided alike.
      first += min(starts[lower + 1] - first, starts[next + 1] - first - neighbours)
      if first == starts[lower + 1] { lower += 1 }
      if first + neighbours == starts[next + 1] { next += 1 }
    }
    upper = first + neighbours > starts[next] ? next + 1 : next
    radius = max(x[place] - x[lower], x[upper - 1] - x[place])
  }
}
