/// The levels among the `neighbours` candidates nearest to a level, as it moves upwards.
///
/// Moves a window of that many candidates as statsmodels does, but a whole level at a time.
struct Neighbourhood {
  /// The levels inside: `lower..<upper`.
  private(set) var lower = 0
  private(set) var upper = 0
  /// The distance to the farthest of them; all levels outside are at least as far.
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

/// The weight function of the neighbourhood (Cleveland 1979, section 2).
enum Tricube {
  /// The weight at a distance in units of the radius, 0 to 1.
  @inline(__always)
  static func weight(at distance: Double) -> Double {
    let rest = 1 - distance * distance * distance
    return rest * rest * rest
  }
}
