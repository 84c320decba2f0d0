package import Columns

/// Medians and quantiles of a computed column, without a copy of it.
///
/// A sample tells between which two values a quantile almost certainly lies; one pass counts what
/// is below and keeps the few that are between. Should the sample mislead, 16 bits of the values
/// are counted at a time: doubles compare like their bit patterns once the sign is folded in. Both
/// ways give the exact value, the same in any order of the candidates.
package enum OrderStatistics {
  /// The quantile of the values that are numbers, interpolated linearly (NumPy's default).
  ///
  /// - Parameters:
  ///   - fraction: Which one, 0 (smallest) to 1 (largest).
  ///   - column: The values, NaN for those that do not count; read several times.
  ///   - population: How many of the values are numbers.
  ///   - threads: How many may read `column` at the same time; the result does not depend on it.
  /// - Returns: NaN if no value is a number.
  /// - Complexity: O(n), mostly one pass, at most seven.
  package static func quantile(
    _ fraction: Double, of column: any NumberSource, population: Int, threads: Int = 1
  ) -> Double {
    guard population > 0 else { return .nan }
    let position = QuantilePosition(fraction, population: population)
    let bracket = Bracket(fraction, of: sample(of: column), count: column.count)
    var finds = [Bracket.Find](repeating: .init(), count: bracket.parts)
    finds.withUnsafeMutableBufferPointer { finds in
      Parallel.perform(bracket.parts, threads: threads) { part in
        finds[part].search(
          column, in: Parallel.range(part, of: bracket.parts, count: column.count), for: bracket)
      }
    }
    if let (value, next) = bracket.values(
      at: position.rank, andNext: position.weight != 0, in: finds)
    {
      return position.interpolate(value, next)
    }
    let selected = select(rank: position.rank, of: column)
    if position.weight == 0 || selected.isRepeated { return selected.value }
    var next = UInt64.max
    let key = orderedBits(selected.value)
    Blocks.forEach(column, in: 0..<column.count) { block in
      for index in block.indices {
        let candidate = orderedBits(block[index])
        if candidate > key, candidate < next { next = candidate }
      }
    }
    return position.interpolate(selected.value, orderedValue(next))
  }

  /// Several quantiles of the values that are numbers.
  ///
  /// - Returns: NaN for each if no value is a number.
  /// - Complexity: O(n) for all of them, mostly one pass.
  package static func quantiles(_ fractions: [Double], of column: any NumberSource) -> [Double] {
    let sample = sample(of: column)
    let brackets = fractions.map { Bracket($0, of: sample, count: column.count) }
    var finds = [Bracket.Find](repeating: .init(), count: brackets.count)
    var population = 0
    Blocks.forEach(column, in: 0..<column.count) { block in
      for index in block.indices { population &+= block[index].isNaN ? 0 : 1 }
      for (number, bracket) in brackets.enumerated() { finds[number].search(block, for: bracket) }
    }
    guard population > 0 else { return fractions.map { _ in .nan } }
    return fractions.indices.map { number in
      let position = QuantilePosition(fractions[number], population: population)
      let found = brackets[number].values(
        at: position.rank, andNext: position.weight != 0, in: [finds[number]])
      return found.map { position.interpolate($0.0, $0.1) }
        ?? quantile(fractions[number], of: column, population: population)
    }
  }

  /// The quantile of computed values.
  ///
  /// - Parameters:
  ///   - count: How many values there are.
  ///   - value: The value of a candidate; called several times for each.
  package static func quantile(
    _ fraction: Double, population: Int, count: Int, value: (Int) -> Double
  ) -> Double {
    withoutActuallyEscaping(value) {
      quantile(fraction, of: ComputedColumn(count: count, value: $0), population: population)
    }
  }

  /// The median of the values that are numbers, or where there are many, of a sample of them.
  ///
  /// - Parameter population: How many of the values are numbers.
  static func approximateMedian(of column: any NumberSource, population: Int) -> Double {
    let sample = sample(of: column)
    guard !sample.isEmpty else { return quantile(0.5, of: column, population: population) }
    return orderedValue(select(rank: sample.count / 2, of: sample.map(orderedBits)).key)
  }

  /// Some of the values that are numbers, spread evenly but not regularly, the same every time.
  static func sample(of column: any NumberSource) -> [Double] {
    let count = column.count
    let size = min(count, max(4096, min(count / 64, 1 << 16)))
    var sample: [Double] = []
    sample.reserveCapacity(size)
    // Weyl's sequence: candidates come by prompt, in the same order in each, so not every k-th.
    var place: UInt64 = 0
    for number in 0..<size {
      let range = Parallel.range(number, of: size, count: count)
      place &+= 0x9E37_79B9_7F4A_7C15
      let offset = place.multipliedFullWidth(by: UInt64(range.count)).high
      let value = column[range.lowerBound + Int(offset)]
      if !value.isNaN { sample.append(value) }
    }
    return sample
  }

  /// The value with `rank` smaller or equal ones before it in sorted order; NaN sorts last.
  ///
  /// - Returns: The value, and whether the next rank has the same one.
  static func select(
    rank: Int, of column: any NumberSource
  ) -> (value: Double, isRepeated: Bool) {
    func forEachKey(_ body: (UInt64) -> Void) {
      Blocks.forEach(column, in: 0..<column.count) { block in
        for index in block.indices { body(orderedBits(block[index])) }
      }
    }
    var histogram = DigitHistogram(rank: rank)
    while true {
      let shift = histogram.shift
      if shift == 48 {
        forEachKey { histogram.add($0 &>> 48) }
      } else {
        let prefix = histogram.prefix
        forEachKey { key in
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
        forEachKey { key in
          if key &>> histogram.lastShift == histogram.prefix { keys.append(key) }
        }
        let result = select(rank: histogram.rank, of: keys)
        return (orderedValue(result.key), result.next == result.key)
      }
    }
  }

  /// Below this many values left, they are copied (512 KiB at most).
  static var collectionLimit: Int { 1 << 16 }

  /// Selects among a few keys.
  ///
  /// - Returns: The key of a rank and of the next rank, which the last one does not have.
  static func select(rank: Int, of keys: [UInt64]) -> (key: UInt64, next: UInt64?) {
    var rest = keys
    var rank = rank
    while rest.count > 64, let low = rest.min(), let high = rest.max(), low < high {
      // About a thousand equal parts of what lies between the smallest and the largest.
      let shift = UInt64(max(64 - (high - low).leadingZeroBitCount - 10, 0))
      var counts = [Int](repeating: 0, count: 1 << 10)
      for key in rest { counts[Int((key - low) &>> shift)] += 1 }
      var digit = 0
      while rank >= counts[digit] {
        rank -= counts[digit]
        digit += 1
      }
      rest.removeAll { Int(($0 - low) &>> shift) != digit }
    }
    rest.sort()
    let key = rest[rank]
    return (key, rank + 1 < rest.count ? rest[rank + 1] : keys.filter { $0 > key }.min())
  }

  /// Bits that compare like the values: negative ones reversed, NaN above everything.
  static func orderedBits(_ value: Double) -> UInt64 {
    let bits = value.bitPattern
    let isNegative = UInt64(bitPattern: Int64(bitPattern: bits) &>> 63)
    let ordered = bits ^ (isNegative | 1 << 63)
    return value == value ? ordered : .max
  }

  /// The value whose ``orderedBits(_:)`` these are.
  static func orderedValue(_ bits: UInt64) -> Double {
    Double(bitPattern: bits &>> 63 == 1 ? bits ^ (1 << 63) : ~bits)
  }
}

/// Where a quantile lies among sorted values: after `rank` of them, `weight` of the way to the next.
package struct QuantilePosition {
  package let rank: Int
  package let weight: Double

  /// Places `fraction` among `population` values as NumPy's method "linear" does.
  package init(_ fraction: Double, population: Int) {
    let position = min(max(fraction, 0), 1) * Double(population - 1)
    rank = Int(position)
    weight = position - Double(rank)
  }

  /// The value between two neighbours, written so that equal or infinite ends stay what they are.
  package func interpolate(_ lower: Double, _ upper: Double) -> Double {
    if lower == upper || weight == 0 { return lower }
    if weight == 0.5 { return lower / 2 + upper / 2 }
    return lower * (1 - weight) + upper * weight
  }
}

/// Counts of one 16-bit digit among the keys that share the digits found so far.
struct DigitHistogram {
  var counts = [UInt32](repeating: 0, count: 1 << 16)
  /// The digits found so far.
  var prefix: UInt64 = 0
  /// The place of the digit being counted.
  var shift: UInt64 = 48
  /// The place of the digit found last.
  var lastShift: UInt64 = 64
  /// The rank wanted among the keys with this prefix.
  var rank: Int
  /// How many keys have this prefix.
  var remaining = 0
  /// Whether all 64 bits are known.
  var isExact: Bool { lastShift == 0 }

  init(rank: Int) {
    self.rank = rank
  }

  mutating func add(_ digits: UInt64) {
    counts[Int(truncatingIfNeeded: digits & 0xFFFF)] &+= 1
  }

  /// Fixes the counted digit and makes ready for the next.
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
