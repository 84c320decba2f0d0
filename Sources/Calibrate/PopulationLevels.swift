internal import Columns

/// The distinct characteristic values that occur in the population, in ascending order.
///
/// Candidates carry a code into an unsorted dictionary of values; everything that depends on the
/// order of values (windows, knots, ranks) works on this instead.
package struct PopulationLevels: Sendable {
  /// The dictionary codes in ascending order of their values.
  package let codes: [Int]
  /// The values, strictly ascending unless the dictionary repeats one.
  package let values: [Double]
  /// How many candidates lie before each level; one element more than there are levels.
  package let starts: [Int]

  package var count: Int { codes.count }
  package var population: Int { starts[count] }

  /// Sorts the levels that have candidates; values that are not finite count as absent.
  ///
  /// - Parameters:
  ///   - levels: The dictionary.
  ///   - counts: Candidates in the population, a dictionary entry each.
  package init(levels: [Double], counts: [Int]) {
    codes = levels.indices.filter { counts[$0] > 0 && levels[$0].isFinite }
      .sorted { (levels[$0], $0) < (levels[$1], $1) }
    values = codes.map { levels[$0] }
    var starts = [0]
    starts.reserveCapacity(codes.count + 1)
    var total = 0
    for code in codes {
      total += counts[code]
      starts.append(total)
    }
    self.starts = starts
  }

  /// Counts the candidates whose reward is a number and sorts their levels.
  package init(_ sample: Sample, threads: Int = 1) {
    let counts = Parallel.sums(
      from: 0, count: sample.count, levels: sample.levels.count, threads: threads
    ) { range, counts in
      Blocks.forEach(sample, in: range) { codes, values in
        for index in codes.indices where !values[index].isNaN {
          counts[Int(codes[index])] += 1
        }
      }
    } merge: {
      $0 += $1
    }
    self.init(levels: sample.levels, counts: counts)
  }

  /// How many candidates have a level, by its place in the order.
  package func candidates(at place: Int) -> Int {
    starts[place + 1] - starts[place]
  }

  /// The quantile of the characteristic over the population (NumPy's default definition).
  package func quantile(_ fraction: Double) -> Double {
    guard population > 0 else { return .nan }
    let position = QuantilePosition(fraction, population: population)
    let upper = min(position.rank + 1, population - 1)
    return position.interpolate(value(ofCandidate: position.rank), value(ofCandidate: upper))
  }

  /// The characteristic of the candidate at a rank, had the population been sorted by it.
  private func value(ofCandidate rank: Int) -> Double {
    var low = 0
    var high = count
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= rank { low = middle } else { high = middle }
    }
    return values[low]
  }
}
