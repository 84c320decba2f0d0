internal import Columns

/// How many candidates the lines through some places rest on.
enum LocalInfluence {
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

  /// The weights of a fit, by code.
  static func tallies(of sample: Sample, _ fit: Lowess.Fit, threads: Int) -> [Tally] {
    Parallel.sums(
      from: Tally(), count: sample.count, levels: sample.levels.count, threads: threads
    ) { range, tallies in
      Blocks.forEach(sample, in: range) { codes, values in
        for index in codes.indices {
          let code = Int(codes[index])
          let weight = fit.weight(of: values[index], code: code)
          if !weight.isNaN { tallies[code].add(weight) }
        }
      }
    } merge: {
      $0.add($1)
    }
  }

  /// The weights of a fit within prompts, by place.
  static func tallies(of fit: WithinPrompt.Fit) -> [Tally] {
    var tallies = [Tally](repeating: Tally(), count: fit.data.levels.count)
    for (candidate, place) in fit.data.places.enumerated() {
      tallies[Int(place)].add(fit.weights.isEmpty ? 1 : Double(fit.weights[candidate]))
    }
    return tallies
  }

  /// The effective number of candidates, (Σ w)² / Σ w², of the line through each place.
  ///
  /// - Parameters:
  ///   - places: Numbers of levels, in ascending order.
  ///   - tallies: By code.
  ///   - neighbours: The number of candidates in a neighbourhood.
  static func effectiveCounts(
    at places: [Int], of levels: PopulationLevels, tallies: [Tally], neighbours: Int
  ) -> [Double] {
    var window = Neighbourhood(levels: levels, neighbours: neighbours)
    return places.map { place in
      window.advance(to: place)
      let scale = window.radius > 0 ? 1 / window.radius : 0
      var weight = 0.0
      var squares = 0.0
      for other in window.lower..<window.upper {
        let distance = abs(levels.values[other] - levels.values[place]) * scale
        let tricube = Tricube.weight(at: min(distance, 1))
        let sums = tallies[levels.codes[other]].sums
        weight += tricube * sums.weight
        squares += tricube * tricube * sums.squares
      }
      return weight > 0 ? weight * weight / squares : 0
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
