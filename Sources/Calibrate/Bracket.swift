internal import Columns

/// Two values between which a quantile lies, most likely.
struct Bracket {
  /// What part of the column has to do with it.
  struct Find {
    /// How many values are smaller than the lower end, equal to it, and equal to the upper one.
    var below = 0
    var atLower = 0
    var atUpper = 0
    /// The bits of the values between, in any order.
    var inside: [UInt64] = []

    init() {}

    /// Counts and keeps the values of a range.
    mutating func search(
      _ column: any NumberSource, in range: Range<Int>, for bracket: Bracket
    ) {
      Blocks.forEach(column, in: range) { search($0, for: bracket) }
    }

    /// Counts and keeps the values of a block.
    mutating func search(_ block: Span<Double>, for bracket: Bracket) {
      let lower = bracket.lower
      let upper = bracket.upper
      // Compared without branches, then what is inside is looked at.
      withUnsafeTemporaryAllocation(of: Double.self, capacity: block.count) { inside in
        var kept = 0
        for index in block.indices {
          let value = block[index]
          let isInside = (value >= lower ? 1 : 0) & (value <= upper ? 1 : 0)
          below &+= value < lower ? 1 : 0
          inside[kept] = value
          kept &+= isInside
        }
        for index in 0..<kept { add(inside[index], bracket) }
      }
    }

    mutating func add(_ value: Double, _ bracket: Bracket) {
      if value == bracket.lower {
        atLower += 1
      } else if value == bracket.upper {
        atUpper += 1
      } else if inside.count <= bracket.limit {
        inside.append(OrderStatistics.orderedBits(value))
      }
    }
  }

  let lower: Double
  let upper: Double
  /// How many parts the column is searched in.
  let parts: Int
  /// A part that finds more than this inside gives up.
  let limit: Int

  /// Places the ends four standard deviations of the quantile's place to either side.
  ///
  /// - Parameters:
  ///   - sample: Values of the column; may be empty, which leaves the bracket open.
  ///   - count: The number of values in the column.
  init(_ fraction: Double, of sample: [Double], count: Int) {
    let keys = sample.map(OrderStatistics.orderedBits)
    let middle = fraction * Double(keys.count)
    let spread = 2 * Double(keys.count).squareRoot() + 2
    let first = Int(middle - spread)
    let last = Int(middle + spread)
    lower =
      first > 0 && first < keys.count
      ? OrderStatistics.orderedValue(OrderStatistics.select(rank: first, of: keys).key)
      : -.infinity
    upper =
      last < keys.count
      ? OrderStatistics.orderedValue(OrderStatistics.select(rank: last, of: keys).key) : .infinity
    parts = min(max(count >> 14, 1), 32)
    limit = max(count / 8, 1 << 16)
  }

  /// The value of a rank and of the next.
  ///
  /// - Parameters:
  ///   - hasNext: Whether the next one is needed; otherwise the first is given twice.
  ///   - finds: What was found in all parts.
  /// - Returns: Nil if they are not inside, or too much is.
  func values(at rank: Int, andNext hasNext: Bool, in finds: [Find]) -> (Double, Double)? {
    guard finds.allSatisfy({ $0.inside.count <= limit }) else { return nil }
    let start = finds.reduce(rank) { $0 - $1.below }
    let atLower = finds.reduce(0) { $0 + $1.atLower }
    let inside = finds.flatMap(\.inside)
    let atUpper = finds.reduce(0) { $0 + $1.atUpper }
    guard start >= 0, start + (hasNext ? 1 : 0) < atLower + inside.count + atUpper else {
      return nil
    }
    let place = start - atLower
    if place < -1 || (place == -1 && !hasNext) { return (lower, lower) }
    if place >= inside.count { return (upper, upper) }
    if place == -1 {
      return (lower, inside.min().map(OrderStatistics.orderedValue) ?? upper)
    }
    let (key, next) = OrderStatistics.select(rank: place, of: inside)
    let value = OrderStatistics.orderedValue(key)
    return (value, hasNext ? next.map(OrderStatistics.orderedValue) ?? upper : value)
  }
}
