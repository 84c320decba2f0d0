/// Which levels a line is fitted at, and what lies between them.
///
/// With `delta` 0 every level is. Otherwise, after each, the farthest level within `delta` is next,
/// and levels passed over are interpolated (Cleveland 1979, section 4; statsmodels' `delta`).
struct FittedPlaces {
  /// Places in ascending order; first and last level among them.
  let places: [Int]
  private let levels: PopulationLevels

  init(levels: PopulationLevels, delta: Double) {
    self.levels = levels
    guard delta > 0 else {
      places = Array(0..<levels.count)
      return
    }
    var places: [Int] = []
    var place = 0
    var beyond = 0
    while place < levels.count {
      places.append(place)
      let bound = levels.values[place] + delta
      while beyond < levels.count, levels.values[beyond] <= bound { beyond += 1 }
      // Where all that is left is within reach, statsmodels takes the last candidate but one first.
      let isEnd = beyond == levels.count
      let farthest = isEnd && levels.candidates(at: beyond - 1) == 1 ? beyond - 2 : beyond - 1
      place = max(farthest, place + 1)
    }
    self.places = places
  }

  /// Fills in the levels that were passed over, on straight lines in between.
  func interpolate(_ fitted: inout [Double]) {
    for (left, right) in zip(places, places.dropFirst()) where left + 1 < right {
      let x = levels.values
      let start = fitted[levels.codes[left]]
      let end = fitted[levels.codes[right]]
      for place in left + 1..<right {
        let part = (x[place] - x[left]) / (x[right] - x[left])
        fitted[levels.codes[place]] = part * end + (1 - part) * start
      }
    }
  }
}
