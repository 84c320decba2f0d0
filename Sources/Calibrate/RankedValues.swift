internal import Columns

/// The numbers of a column in ascending order, and the place of each.
///
/// A radix sort by the doubles' ordered bits, in one step: the upper 16 bits, and below them as many
/// more as leave about eight values to a slot, wherever values crowd. A slot is then sorted by
/// itself, and searched for the values that belong there.
struct RankedValues {
  /// The slots of the values with the same upper bits.
  struct Digit {
    var firstSlot: UInt32 = 0
    /// How many of the lower bits choose among the slots.
    var bits: UInt32 = 0
  }

  /// The ordered bits of the values, ascending.
  var keys: [UInt64] = []
  /// By upper bits.
  var digits: [Digit]
  /// Where in `keys` a slot ends.
  var ends: [UInt32]

  /// Sorts the values that are numbers, fewer than 2³².
  ///
  /// - Parameter column: Read three times.
  /// - Complexity: O(n) time, unless most values differ in their last bits only; about nine bytes a
  ///   value.
  init(_ column: any NumberSource) {
    var counts = [UInt32](repeating: 0, count: 1 << 16)
    Blocks.forEach(column, in: 0..<column.count) { block in
      for index in block.indices where !block[index].isNaN {
        counts[Int(Self.key(block[index]) &>> 48)] += 1
      }
    }
    (digits, ends) = Self.slots(for: counts)
    Blocks.forEach(column, in: 0..<column.count) { block in
      for index in block.indices where !block[index].isNaN {
        ends[slot(of: Self.key(block[index]))] += 1
      }
    }
    var total: UInt32 = 0
    for slot in ends.indices { (ends[slot], total) = (total, total + ends[slot]) }
    keys = [UInt64](repeating: 0, count: Int(total))
    Blocks.forEach(column, in: 0..<column.count) { block in
      for index in block.indices where !block[index].isNaN {
        let key = Self.key(block[index])
        let slot = slot(of: key)
        keys[Int(ends[slot])] = key
        ends[slot] += 1
      }
    }
    sortSlots()
  }

  /// Bits that compare like the values; both zeros have the same.
  static func key(_ value: Double) -> UInt64 { OrderStatistics.orderedBits(value + 0) }

  func slot(of key: UInt64) -> Int {
    let digit = digits[Int(key &>> 48)]
    let lower = (key & 0xFFFF_FFFF_FFFF) &>> UInt64(48 &- digit.bits)
    return Int(digit.firstSlot) &+ Int(truncatingIfNeeded: lower)
  }

  /// Divides the values with the same upper bits, given how many there are.
  static func slots(for counts: [UInt32]) -> (digits: [Digit], ends: [UInt32]) {
    var slots: UInt32 = 0
    let digits = counts.map { count in
      let bits = count < 16 ? 0 : UInt32(31 - (count / 8).leadingZeroBitCount)
      defer { slots += 1 << bits }
      return Digit(firstSlot: slots, bits: bits)
    }
    return (digits, Array(repeating: 0, count: Int(slots)))
  }

  mutating func sortSlots() {
    var start = 0
    for end in ends {
      if Int(end) > start + 1 { Self.sort(&keys, in: start..<Int(end)) }
      start = Int(end)
    }
  }

  /// Sorts a few keys in place, and many in the general way.
  private static func sort(_ keys: inout [UInt64], in range: Range<Int>) {
    guard range.count <= 48 else {
      keys[range].sort()
      return
    }
    keys.withUnsafeMutableBufferPointer { keys in
      for place in range.dropFirst() {
        let key = keys[place]
        var hole = place
        while hole > range.lowerBound, keys[hole - 1] > key {
          keys[hole] = keys[hole - 1]
          hole -= 1
        }
        keys[hole] = key
      }
    }
  }

  /// The average rank of a value of the column, less the mean of all ranks.
  func centeredRank(of value: Double) -> Double {
    let key = Self.key(value)
    let slot = slot(of: key)
    let start = slot == 0 ? 0 : Int(ends[slot - 1])
    let end = Int(ends[slot])
    // Places of the first equal value and of the first larger one.
    var lower = start
    var upper = start
    if end - start <= 48 {
      for place in start..<end {
        lower &+= keys[place] < key ? 1 : 0
        upper &+= keys[place] <= key ? 1 : 0
      }
    } else {
      lower = firstPlace(in: start..<end) { $0 >= key }
      upper = firstPlace(in: lower..<end) { $0 > key }
    }
    return Double(lower + upper - keys.count) / 2
  }

  /// The first place whose key is as asked, given that all before are not and all after are.
  func firstPlace(in range: Range<Int>, where predicate: (UInt64) -> Bool) -> Int {
    var low = range.lowerBound
    var high = range.upperBound
    while low < high {
      let middle = (low + high) / 2
      if predicate(keys[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }

  /// The sum of squares of centred ranks.
  var rankVariation: Double {
    var sum = 0.0
    var start = 0
    while start < keys.count {
      var end = start + 1
      while end < keys.count, keys[end] == keys[start] { end += 1 }
      let rank = Double(start + end - keys.count) / 2
      sum += Double(end - start) * rank * rank
      start = end
    }
    return sum
  }
}
