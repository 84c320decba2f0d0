/// The equations of a step of the coefficients of lines, of which some may say the same.
struct LineEquations {
  /// Of a characteristic that keeps less than this part of its variance beside the others and the
  /// curve, the rest is rounding.
  private static let least = 1e-9

  /// By characteristic: its sums with what the curve leaves of each.
  var matrix: [[Double]]
  /// Its sum with what is left of the rewards.
  var sums: [Double]
  /// Its sum of squares.
  var squares: [Double]

  init(count: Int) {
    sums = Array(repeating: 0, count: count)
    squares = sums
    matrix = Array(repeating: sums, count: count)
  }

  /// Without some of the candidates.
  static func - (whole: LineEquations, part: LineEquations) -> LineEquations {
    var rest = whole
    for row in whole.sums.indices {
      rest.sums[row] -= part.sums[row]
      rest.squares[row] -= part.squares[row]
      for column in whole.sums.indices { rest.matrix[row][column] -= part.matrix[row][column] }
    }
    return rest
  }

  /// The unknowns, by elimination in their order; nil for those that nothing tells beside the ones before.
  ///
  /// - Parameter excluded: Unknowns that are left out, as nothing told them before.
  func solution(without excluded: [Bool] = []) -> [Double?] {
    let numbers = sums.indices
    // In units in which every characteristic varies by one.
    let units = squares.map { max($0, .leastNormalMagnitude).squareRoot() }
    var rows = numbers.map { row in numbers.map { matrix[row][$0] / units[row] / units[$0] } }
    var values = numbers.map { sums[$0] / units[$0] }
    var left = Array(numbers)
    var order: [Int] = []
    for next in numbers
    where !(next < excluded.count && excluded[next]) && abs(rows[next][next]) > Self.least {
      left.removeAll { $0 == next }
      order.append(next)
      for row in left {
        let factor = rows[row][next] / rows[next][next]
        for column in numbers { rows[row][column] -= factor * rows[next][column] }
        values[row] -= factor * values[next]
      }
    }
    var found = [Double?](repeating: nil, count: numbers.count)
    for row in order.reversed() {
      let known = order.reduce(0) { $1 == row ? $0 : $0 + rows[row][$1] * (found[$1] ?? 0) }
      found[row] = (values[row] - known) / rows[row][row]
    }
    return numbers.map { number in found[number].map { $0 / units[number] } }
  }
}
