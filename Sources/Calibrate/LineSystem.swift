internal import Columns

/// The lines of characteristics beside a curve, and the equations that their coefficients solve.
struct LineSystem {
  /// The characteristics about their means over the population; NaN outside of it.
  let columns: [[Double]]
  /// What a curve leaves of each column.
  var directions: [[Double]] = []
  /// What the lines leave of the rewards; NaN outside the population.
  private(set) var remaining: [Double]
  private(set) var coefficients: [Double]
  /// Of each characteristic, whether what the others leave of it tells nothing: its line is flat.
  private(set) var isUndetermined: [Bool]
  /// How many candidates take part.
  let population: Int
  /// Of each characteristic its largest distance from the mean.
  let largest: [Double]
  private let means: [Double]
  private let medians: [Double]
  private let ends: [ClosedRange<Double>]

  init(_ characteristics: [SequentialCalibration.Characteristic], rewards: any NumberSource) {
    var remaining = (0..<rewards.count).map { rewards[$0] }
    let values = characteristics.map { characteristic in
      remaining.indices.map { characteristic.levels[Int(characteristic.codes[$0])] }
    }
    for column in values {
      for index in column.indices where !column[index].isFinite { remaining[index] = .nan }
    }
    population = remaining.count { !$0.isNaN }
    let count = Double(max(population, 1))
    func overPopulation(_ column: [Double]) -> [Double] {
      remaining.indices.map { remaining[$0].isNaN ? .nan : column[$0] }
    }
    let populations = values.map(overPopulation)
    medians = populations.map { OrderStatistics.quantiles([0.5], of: $0)[0] }
    ends = populations.map { column in
      column.reduce(0...1) { $1.isNaN ? $0 : min($0.lowerBound, $1)...max($0.upperBound, $1) }
    }
    let means = populations.map { $0.reduce(0) { $1.isNaN ? $0 : $0 + $1 / count } }
    columns = zip(populations, means).map { column, mean in
      // A constant is one whatever rounding its mean has.
      let isConstant = column.allSatisfy { $0.isNaN || abs($0 - mean) <= 1e-12 * abs(mean) }
      return column.map { isConstant && !$0.isNaN ? 0 : $0 - mean }
    }
    self.means = means
    largest = columns.map { $0.reduce(0) { $1.isNaN ? $0 : max($0, abs($1)) } }
    self.remaining = remaining
    coefficients = Array(repeating: 0, count: characteristics.count)
    isUndetermined = Array(repeating: false, count: characteristics.count)
  }

  /// The change of the lines after which the rest would go with no characteristic, were it linear.
  ///
  /// - Parameters:
  ///   - rest: What curve, effects and lines leave; NaN outside the population.
  ///   - weights: Of the candidates.
  /// - Returns: For each line the most that it would move, in units of the reward.
  mutating func step(_ rest: [Double], weights: [Float]) -> [Double] {
    let solution = equations(rest, weights: weights).solution(without: isUndetermined)
    // What the first step cannot tell, no later one is asked for.
    isUndetermined = solution.map { $0 == nil }
    return zip(solution, largest).map { ($0 ?? 0) * $1 }
  }

  /// The lines at their largest distances from the mean, in units of the reward.
  var heights: [Double] { zip(coefficients, largest).map { $0 * $1 } }

  /// Moves the lines by so much at these distances.
  mutating func move(by changes: [Double]) {
    for number in coefficients.indices where changes[number] != 0 {
      let step = changes[number] / largest[number]
      coefficients[number] += step
      for index in remaining.indices {
        remaining[index] -= step * (columns[number][index] + means[number])
      }
    }
  }

  /// The sums of what a curve leaves of a characteristic times what it leaves of another, and times the rest.
  ///
  /// - Parameter slope: how much of a change of the rest there is in it with its weight.
  private func equations(
    _ rest: [Double], weights: [Float], slope: (Double) -> Double = { $0 },
    where isCounted: (Int) -> Bool = { _ in true }
  ) -> LineEquations {
    let numbers = columns.indices
    var equations = LineEquations(count: numbers.count)
    for index in rest.indices where !rest[index].isNaN && isCounted(index) {
      let weight = Double(weights[index])
      let slope = slope(weight)
      for row in numbers {
        let (value, direction) = (columns[row][index], directions[row][index])
        equations.squares[row] += weight * value * value
        guard !direction.isNaN else { continue }
        equations.sums[row] += weight * direction * rest[index]
        for column in numbers where !directions[column][index].isNaN {
          equations.matrix[row][column] += slope * direction * directions[column][index]
        }
      }
    }
    return equations
  }

  /// The lines without each group of prompts, by one step from those of all.
  func replicates(
    _ rest: [Double], weights: [Float], prompts: PromptColumn, groups: [UInt8]
  ) -> [Replicates] {
    // A rest that grows loses weight: for w = (1 − u²)² the slope of w·u is √w (5√w − 4).
    func slope(_ weight: Double) -> Double {
      let root = weight.squareRoot()
      return root * (5 * root - 4)
    }
    let whole = equations(rest, weights: weights, slope: slope)
    var lanes = coefficients.map { Lanes(repeating: $0) }
    for group in 0..<Jackknife.groupCount {
      let own = equations(rest, weights: weights, slope: slope) {
        groups[Int(prompts.codes[$0])] == UInt8(group)
      }
      for (number, step) in (whole - own).solution(without: isUndetermined).enumerated() {
        lanes[number][group] += step ?? 0
      }
    }
    var sizes = [Int](repeating: 0, count: Jackknife.groupCount)
    var last: UInt32?
    for index in rest.indices where !rest[index].isNaN && prompts.codes[index] != last {
      last = prompts.codes[index]
      sizes[Int(groups[Int(prompts.codes[index])])] += 1
    }
    return lanes.indices.map {
      Replicates(line: lanes[$0], over: ends[$0], median: medians[$0], sizes: sizes)
    }
  }
}
