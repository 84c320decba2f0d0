/// Weighted straight lines through the neighbourhood of every level: one pass of LOWESS.
///
/// Cleveland (1979), section 2, steps 1 and 2, on candidates collapsed to distinct levels. A level
/// enters every sum through the sum of its candidates' robustness weights and of their weighted
/// rewards, which loses nothing, since all of them have the same tricube weight.
struct LocalRegression {
  /// A level's candidates in one pass.
  struct Tally {
    /// The sum of robustness weights.
    var weight = 0.0
    /// The sum of robustness weight times reward.
    var weightedValue = 0.0
    /// The largest two robustness weights, which tell whether two candidates count at all.
    var largest = 0.0
    var second = 0.0

    init() {}

    mutating func add(_ value: Double, weight robustness: Double) {
      weight += robustness
      weightedValue += robustness * value
      second = max(second, min(largest, robustness))
      largest = max(largest, robustness)
    }

    mutating func add(_ other: Tally) {
      weight += other.weight
      weightedValue += other.weightedValue
      second = max(min(largest, other.largest), max(second, other.second))
      largest = max(largest, other.largest)
    }
  }

  private let levels: PopulationLevels
  private let places: FittedPlaces
  /// The neighbourhood of each fitted place.
  private let windows: [Window]
  private let batches: [LevelWindows.Batch]
  private var sums: LevelWindows
  /// The places where a candidate has a robustness weight, and how many of them lie before a place.
  private var weighted: [UInt32] = []
  private var weightedBefore: [Int]
  /// Plain means by place, for a level whose candidates have all lost their weight.
  private var means: [Double] = []

  /// A neighbourhood: the levels `lower..<upper`.
  private struct Window {
    var lower: UInt32
    var upper: UInt32
    var radius: Double
  }

  /// Weights up to this count as none when a line needs two points (statsmodels' bound).
  private static let negligibleWeight = 1e-12
  /// The least weighted variance of the characteristic (statsmodels' bound, in its unit squared).
  private static let leastVariance = 1e-12
  /// When a variance is this small a part of the mean square about the fitted level, taking one
  /// from the other has cost four of sixteen digits, and the sums are taken again about the mean.
  private static let cancellation = 1e-4

  /// Lays out the neighbourhoods, which are the same in every pass.
  ///
  /// - Parameter means: What a level has whose candidates have all lost their weight, by place; empty
  ///   for the means of the first pass.
  init(levels: PopulationLevels, neighbours: Int, delta: Double, means: [Double] = []) {
    self.levels = levels
    self.means = means
    places = FittedPlaces(levels: levels, delta: delta)
    sums = LevelWindows(x: levels.values)
    weightedBefore = Array(repeating: 0, count: levels.count + 1)
    var windows: [Window] = []
    windows.reserveCapacity(places.places.count)
    var window = Neighbourhood(levels: levels, neighbours: neighbours)
    for place in places.places {
      window.advance(to: place)
      windows.append(
        Window(
          lower: UInt32(window.lower), upper: UInt32(window.upper), radius: window.radius))
    }
    self.windows = windows
    let fittedPlaces = places.places
    batches = stride(from: 0, to: windows.count, by: LevelWindows.Batch.lanes).map { start in
      var batch = LevelWindows.Batch()
      for lane in 0..<LevelWindows.Batch.lanes {
        // The last batch repeats the last window.
        let number = min(start + lane, windows.count - 1)
        let window = windows[number]
        batch.centers[lane] = levels.values[fittedPlaces[number]]
        batch.scales[lane] = window.radius > 0 ? 1 / window.radius : 0
        batch.lower = min(batch.lower, Int(window.lower))
        batch.upper = max(batch.upper, Int(window.upper))
      }
      return batch
    }
  }

  /// Fits every level and writes the fitted values by code; other codes keep what they have.
  ///
  /// - Parameters:
  ///   - tallies: The candidates, by code.
  ///   - threads: How many may work; the result does not depend on it.
  /// - Complexity: O(U · log U) for U levels.
  mutating func fit(_ tallies: [Tally], into fitted: inout [Double], threads: Int) {
    let weights = levels.codes.map { tallies[$0].weight }
    let weightedValues = levels.codes.map { tallies[$0].weightedValue }
    if means.isEmpty {  // The first pass, in which every robustness weight is one.
      means = zip(weightedValues, weights).map { $0 / $1 }
    }
    sums.weigh(weights, weightedValues)
    weighted.removeAll(keepingCapacity: true)
    for place in 0..<levels.count {
      weightedBefore[place] = weighted.count
      if tallies[levels.codes[place]].largest > Self.negligibleWeight {
        weighted.append(UInt32(place))
      }
    }
    weightedBefore[levels.count] = weighted.count
    let regression = self
    fitted.withUnsafeMutableBufferPointer { fitted in
      // Neighbouring windows cost about the same, so threads take them in turns.
      let parts = (batches.count + Self.batchesAPart - 1) / Self.batchesAPart
      let threads = Parallel.worthwhile(threads, for: parts, enough: 32)
      Parallel.perform(parts, threads: threads) { part in
        let first = part * Self.batchesAPart
        for number in first..<min(first + Self.batchesAPart, regression.batches.count) {
          regression.fit(batch: number, tallies, into: fitted)
        }
      }
    }
    places.interpolate(&fitted)
  }

  private static let batchesAPart = 8

  private func fit(
    batch number: Int, _ tallies: [Tally], into fitted: UnsafeMutableBufferPointer<Double>
  ) {
    let values = lines(through: batches[number]).values
    let first = number * LevelWindows.Batch.lanes
    for lane in 0..<min(LevelWindows.Batch.lanes, windows.count - first) {
      let place = places.places[first + lane]
      let code = levels.codes[place]
      if hasTwoPoints(around: place, in: windows[first + lane], tallies) {
        fitted[code] = values[lane]
      } else {
        // statsmodels keeps the reward of one of the candidates here.
        let tally = tallies[code]
        fitted[code] = tally.weight > 0 ? tally.weightedValue / tally.weight : means[place]
      }
    }
  }

  /// Whether at least two candidates have a weight, which a line needs.
  ///
  /// Looks outwards from the level, passing over those without robustness weight, so that it ends at
  /// once but for the strangest data.
  private func hasTwoPoints(
    around place: Int, in window: Window, _ tallies: [Tally]
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
    let first = weightedBefore[place]
    for number in first..<weightedBefore[Int(window.upper)] where counts(Int(weighted[number])) {
      return true
    }
    for number in (weightedBefore[Int(window.lower)]..<first).reversed()
    where counts(Int(weighted[number])) {
      return true
    }
    return false
  }

  /// The lines through the neighbourhoods of a batch, x in units of the radius from the centre.
  private struct Lines {
    var meanX: SIMD8<Double>
    var meanY: SIMD8<Double>
    var variance: SIMD8<Double>
    var covariance: SIMD8<Double>

    /// At the centres.
    var values: SIMD8<Double> { meanY - meanX * (covariance / variance) }
  }

  private func lines(through batch: LevelWindows.Batch) -> Lines {
    let about = sums.sums(batch)
    let meanX = about.weightedX / about.weight
    let meanY = about.weightedY / about.weight
    let meanSquare = about.weightedXX / about.weight
    var variance = meanSquare - meanX * meanX
    var covariance = about.weightedXY / about.weight - meanX * meanY
    let isCancelled = variance .< Self.cancellation * meanSquare
    if any(isCancelled) {
      let exact = sums.sums(
        batch, shifts: SIMD8<Double>.zero.replacing(with: meanX, where: isCancelled))
      // The mean again, from the point that was taken for it.
      let restX = exact.weightedX / exact.weight
      variance.replace(
        with: exact.weightedXX / exact.weight - restX * restX, where: isCancelled)
      covariance.replace(
        with: exact.weightedXY / exact.weight - restX * meanY, where: isCancelled)
    }
    // Distances are in units of the radius here.
    let least = Self.leastVariance * batch.scales * batch.scales
    variance.replace(with: least, where: variance .< least)
    return Lines(
      meanX: meanX, meanY: meanY, variance: variance, covariance: covariance)
  }
}
