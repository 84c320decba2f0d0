/// Two values between which a quantile lies, most likely.
@usableFromInline
struct Bracket {
  /// What part of the column has to do with it.
  @usableFromInline
  struct Find {
    /// How many values are smaller than the lower end, equal to it, and equal to the upper one.
    @usableFromInline var below = 0
    @usableFromInline var atLower = 0
    @usableFromInline var atUpper = 0
    /// The bits of the values between, in any order.
    @usableFromInline var inside: [UInt64] = []

    @inlinable
    init() {}

    /// Counts and keeps the values of a range.
    @inlinable
    mutating func search<Column>(_ column: Column, in range: Range<Int>, for bracket: Bracket)
    where Column: RandomAccessCollection<Double>, Column.Index == Int {
      let lower = bracket.lower
      let upper = bracket.upper
      withUnsafeTemporaryAllocation(of: Double.self, capacity: Bracket.blockCount) { block in
        var start = range.lowerBound
        while start < range.upperBound {
          // Computed first and compared without branches, then what is inside is looked at.
          let count = Swift.min(Bracket.blockCount, range.upperBound - start)
          for index in 0..<count { block[index] = column[start &+ index] }
          var kept = 0
          for index in 0..<count {
            let value = block[index]
            let isInside = (value >= lower ? 1 : 0) & (value <= upper ? 1 : 0)
            below &+= value < lower ? 1 : 0
            block[kept] = value
            kept &+= isInside
          }
          for index in 0..<kept { add(block[index], bracket) }
          start += count
        }
      }
    }

    @inlinable
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

  @usableFromInline static var blockCount: Int { 512 }

  @usableFromInline let lower: Double
  @usableFromInline let upper: Double
  /// How many parts the column is searched in.
  @usableFromInline let parts: Int
  /// A part that finds more than this inside gives up.
  @usableFromInline let limit: Int

  /// Places the ends four standard deviations of the quantile's place to either side.
  ///
  /// - Parameters:
  ///   - sample: Values of the column; may be empty, which leaves the bracket open.
  ///   - count: The number of values in the column.
  @usableFromInline
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
  @usableFromInline
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
