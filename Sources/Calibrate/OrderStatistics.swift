/// Medians and quantiles of a computed column, without a copy of it.
///
/// Doubles compare like their bit patterns once the sign is folded in, so a value of given rank is
/// found by counting 16 bits at a time: a few passes over the column, the same result in any order
/// of the candidates, and memory that does not grow with them.
@usableFromInline
package enum OrderStatistics {
  /// The median of the first `population` values in ascending order, as NumPy defines it.
  ///
  /// - Parameters:
  ///   - population: How many of the values are numbers; the others are NaN.
  ///   - count: How many values there are.
  ///   - value: The value of a candidate; called several times for each.
  /// - Returns: The middle value, or the mean of the middle two; NaN if there is none.
  /// - Complexity: O(`count`), at most six passes.
  @inlinable
  package static func median(
    population: Int, count: Int, value: (Int) -> Double
  ) -> Double {
    quantile(0.5, population: population, count: count, value: value)
  }

  /// The quantile of the values that are numbers, interpolated linearly (NumPy's default).
  ///
  /// - Parameter fraction: Which one, 0 (smallest) to 1 (largest).
  @inlinable
  package static func quantile(
    _ fraction: Double, population: Int, count: Int, value: (Int) -> Double
  ) -> Double {
    guard population > 0 else { return .nan }
    let position = QuantilePosition(fraction, population: population)
    let selected = select(rank: position.rank, count: count, value: value)
    if position.weight == 0 || selected.isRepeated { return selected.value }
    var next = UInt64.max
    let key = orderedBits(selected.value)
    for index in 0..<count {
      let candidate = orderedBits(value(index))
      if candidate > key, candidate < next { next = candidate }
    }
    return position.interpolate(selected.value, orderedValue(next))
  }

  /// The value with `rank` smaller or equal ones before it in sorted order; NaN sorts last.
  ///
  /// - Returns: The value, and whether the next rank has the same one.
  @inlinable
  package static func select(
    rank: Int, count: Int, value: (Int) -> Double
  ) -> (value: Double, isRepeated: Bool) {
    var histogram = DigitHistogram(rank: rank)
    while true {
      let shift = histogram.shift
      if shift == 48 {
        for index in 0..<count {
          histogram.add(orderedBits(value(index)) &>> 48)
        }
      } else {
        let prefix = histogram.prefix
        for index in 0..<count {
          let key = orderedBits(value(index))
          if key &>> (shift + 16) == prefix { histogram.add(key &>> shift) }
        }
      }
      histogram.narrow()
      if histogram.isExact {
        return (orderedValue(histogram.prefix), histogram.rank + 1 < histogram.remaining)
      }
      if histogram.remaining <= collectionLimit {
        var keys: [UInt64] = []
        keys.reserveCapacity(histogram.remaining)
        for index in 0..<count {
          let key = orderedBits(value(index))
          if key &>> histogram.lastShift == histogram.prefix { keys.append(key) }
        }
        let result = select(rank: histogram.rank, of: keys, differingBelow: histogram.lastShift)
        return (orderedValue(result.key), result.isRepeated)
      }
    }
  }

  /// Below this many values left, they are copied (512 KiB at most).
  @usableFromInline static var collectionLimit: Int { 1 << 16 }

  /// Selects among a few keys that agree in all bits from `bits` upwards.
  @usableFromInline
  static func select(
    rank: Int, of keys: [UInt64], differingBelow bits: UInt64
  ) -> (key: UInt64, isRepeated: Bool) {
    var keys = keys
    var rank = rank
    var shift = bits
    while keys.count > 64, shift > 0 {
      shift -= 8
      var counts = [Int](repeating: 0, count: 256)
      for key in keys { counts[Int((key &>> shift) & 255)] += 1 }
      var digit = 0
      while rank >= counts[digit] {
        rank -= counts[digit]
        digit += 1
      }
      keys.removeAll { Int(($0 &>> shift) & 255) != digit }
    }
    keys.sort()
    return (keys[rank], rank + 1 < keys.count && keys[rank + 1] == keys[rank])
  }

  /// Bits that compare like the values: negative ones reversed, NaN above everything.
  @inlinable
  static func orderedBits(_ value: Double) -> UInt64 {
    let bits = value.bitPattern
    let isNegative = UInt64(bitPattern: Int64(bitPattern: bits) &>> 63)
    let ordered = bits ^ (isNegative | 1 << 63)
    return value == value ? ordered : .max
  }

  /// The value whose ``orderedBits(_:)`` these are.
  @inlinable
  static func orderedValue(_ bits: UInt64) -> Double {
    Double(bitPattern: bits &>> 63 == 1 ? bits ^ (1 << 63) : ~bits)
  }
}

/// Where a quantile lies among sorted values: after `rank` of them, `weight` of the way to the next.
@usableFromInline
package struct QuantilePosition {
  @usableFromInline package let rank: Int
  @usableFromInline package let weight: Double

  /// Places `fraction` among `population` values as NumPy's method "linear" does.
  @usableFromInline
  package init(_ fraction: Double, population: Int) {
    let position = min(max(fraction, 0), 1) * Double(population - 1)
    rank = Int(position)
    weight = position - Double(rank)
  }

  /// The value between two neighbours, written so that equal or infinite ends stay what they are.
  @usableFromInline
  package func interpolate(_ lower: Double, _ upper: Double) -> Double {
    if lower == upper || weight == 0 { return lower }
    if weight == 0.5 { return lower / 2 + upper / 2 }
    return lower * (1 - weight) + upper * weight
  }
}

/// Counts of one 16-bit digit among the keys that share the digits found so far.
@usableFromInline
struct DigitHistogram {
  @usableFromInline var counts = [UInt32](repeating: 0, count: 1 << 16)
  /// The digits found so far.
  @usableFromInline var prefix: UInt64 = 0
  /// The place of the digit being counted.
  @usableFromInline var shift: UInt64 = 48
  /// The place of the digit found last.
  @usableFromInline var lastShift: UInt64 = 64
  /// The rank wanted among the keys with this prefix.
  @usableFromInline var rank: Int
  /// How many keys have this prefix.
  @usableFromInline var remaining = 0
  /// Whether all 64 bits are known.
  @usableFromInline var isExact: Bool { lastShift == 0 }

  @usableFromInline
  init(rank: Int) {
    self.rank = rank
  }

  @inlinable
  mutating func add(_ digits: UInt64) {
    counts[Int(truncatingIfNeeded: digits & 0xFFFF)] &+= 1
  }

  /// Fixes the counted digit and makes ready for the next.
  @usableFromInline
  mutating func narrow() {
    var digit = 0
    while rank >= Int(counts[digit]) {
      rank -= Int(counts[digit])
      digit += 1
    }
    remaining = Int(counts[digit])
    prefix = prefix << 16 | UInt64(digit)
    lastShift = shift
    if shift > 0 { shift -= 16 }
    for index in counts.indices { counts[index] = 0 }
  }
}
