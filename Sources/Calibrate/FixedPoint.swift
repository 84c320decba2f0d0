// Brings in libm, which the standard library's squareRoot() calls in debug builds.
internal import Glibc

/// The point that an affine map leaves where it is.
///
/// By GMRES on x − F(x) (Y. Saad and M. Schultz, "GMRES: a generalized minimal residual algorithm for
/// solving nonsymmetric linear systems", SIAM J. Sci. Stat. Comput. 7 (1986), 856–869), begun anew
/// from the true residual until that is small.
struct FixedPoint {
  /// What an affine map makes of a point.
  ///
  /// - Parameter isAffine: Whether its constant part counts; else the map is linear.
  typealias Map = (_ point: [Double], _ isAffine: Bool) -> [Double]

  private(set) var point: [Double]
  /// What the map makes of it.
  private(set) var image: [Double]
  /// The largest difference of the two.
  private(set) var movement = Double.infinity
  /// By what the movement is to be multiplied for what is left of the way: one over the least
  /// singular value that was met.
  private(set) var amplification = 1.0
  /// How often the map was asked.
  private(set) var rounds = 0
  private(set) var hasConverged = false

  /// Finds it.
  ///
  /// - Parameters:
  ///   - start: A guess.
  ///   - weights: What entries count in lengths; none is negative.
  ///   - tolerance: The largest movement of any entry.
  init(
    from start: [Double], weights: [Double], tolerance: Double, limit: Int, map: Map
  ) {
    point = start
    image = map(start, true)
    rounds = 1
    let total = weights.reduce(0, +)
    let depth = max(min(Self.depth, Self.memory / max(start.count, 1)), 2)
    var goal = tolerance / 4
    while true {
      let residual = zip(image, point).map { $0 - $1 }
      movement = residual.reduce(0) { max($0, abs($1)) }
      hasConverged = movement <= tolerance
      if hasConverged || rounds >= limit || !movement.isFinite { return }
      // A power of two changes no digit, and keeps squares of the smallest and largest finite.
      let unit = movement.binade
      let step = Krylov(
        residual.map { $0 / unit }, weights: weights, goal: goal / unit * total.squareRoot(),
        limit: min(depth, limit - rounds), map: map)
      rounds += step.rounds + 1
      amplification = max(amplification, step.amplification)
      guard step.rounds > 0 else { return }
      for index in point.indices { point[index] += unit * step.sum[index] }
      image = map(point, true)
      // Single entries may lie above what the length says.
      goal /= 4
    }
  }

  /// Directions that are kept at most, and numbers in them.
  private static let depth = 30
  private static let memory = 1 << 22
}

/// One cycle of GMRES.
private struct Krylov {
  /// What to add to the point.
  private(set) var sum: [Double]
  private(set) var rounds = 0
  private(set) var amplification = 1.0

  init(
    _ residual: [Double], weights: [Double], goal: Double, limit: Int, map: FixedPoint.Map
  ) {
    func product(_ first: [Double], _ second: [Double]) -> Double {
      var sum = 0.0
      for index in weights.indices { sum += weights[index] * first[index] * second[index] }
      return sum
    }
    func scaled(_ vector: [Double], by factor: Double) -> [Double] { vector.map { $0 * factor } }
    sum = Array(repeating: 0, count: residual.count)
    let length = product(residual, residual).squareRoot()
    guard length > 0 else { return }
    var basis = [scaled(residual, by: 1 / length)]
    // The columns of R, the rotations, and what is left on the right side.
    var columns: [[Double]] = []
    var rotations: [(cosine: Double, sine: Double)] = []
    var right = [length]
    while rounds < limit, abs(right[rounds]) > goal {
      let last = basis[rounds]
      let image = map(last, false)
      var next = zip(last, image).map { $0 - $1 }
      var column: [Double] = []
      for direction in basis {
        let part = product(next, direction)
        column.append(part)
        for index in next.indices { next[index] -= part * direction[index] }
      }
      let rest = product(next, next).squareRoot()
      for (row, rotation) in rotations.enumerated() {
        let (upper, lower) = (column[row], column[row + 1])
        column[row] = rotation.cosine * upper + rotation.sine * lower
        column[row + 1] = rotation.cosine * lower - rotation.sine * upper
      }
      let diagonal = (column[rounds] * column[rounds] + rest * rest).squareRoot()
      guard diagonal > 0, diagonal.isFinite else { break }
      rotations.append((column[rounds] / diagonal, rest / diagonal))
      column[rounds] = diagonal
      columns.append(column)
      let former = right[rounds]
      right[rounds] = rotations[rounds].cosine * former
      right.append(-rotations[rounds].sine * former)
      rounds += 1
      guard rest > 0 else { break }
      basis.append(scaled(next, by: 1 / rest))
    }
    guard rounds > 0 else { return }
    let parts = Self.solve(columns, right)
    for (direction, part) in zip(basis, parts) {
      for index in sum.indices { sum[index] += part * direction[index] }
    }
    amplification = Self.inverseNorm(columns)
  }

  /// Solves R x = y, where columns of R are given down to the diagonal.
  private static func solve(_ columns: [[Double]], _ right: [Double]) -> [Double] {
    var rest = Array(right.prefix(columns.count))
    for number in columns.indices.reversed() {
      rest[number] /= columns[number][number]
      for row in 0..<number { rest[row] -= rest[number] * columns[number][row] }
    }
    return rest
  }

  /// The largest singular value of the inverse of R, by the power method.
  private static func inverseNorm(_ columns: [[Double]]) -> Double {
    var vector = [Double](repeating: 1, count: columns.count)
    var norm = 1.0
    for _ in 0..<8 {
      var length = 0.0
      for value in vector { length += value * value }
      length = length.squareRoot()
      guard length > 0, length.isFinite else { return norm }
      let unit = vector.map { $0 / length }
      // Transposed, from the top down.
      var first = unit
      for number in columns.indices {
        for row in 0..<number { first[number] -= columns[number][row] * first[row] }
        first[number] /= columns[number][number]
      }
      vector = solve(columns, first)
      var square = 0.0
      for value in first { square += value * value }
      norm = square.squareRoot()
    }
    return max(norm, 1)
  }
}
