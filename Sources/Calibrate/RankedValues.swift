internal import Columns

/// The rewards of a sample in ascending order, each with the rank of its characteristic.
///
/// A radix sort by the doubles' ordered bits, in one step: the upper 16 bits, and below them as many
/// more as leave about eight values to a slot, wherever values crowd. A slot is then sorted by
/// itself.
struct RankedValues {
  /// The slots of the values with the same upper bits.
  private struct Digit {
    var firstSlot: UInt32 = 0
    /// How many of the lower bits choose among the slots.
    var bits: UInt32 = 0
  }

  /// The sum of products of centred ranks of reward and characteristic.
  private(set) var covariance = 0.0
  /// The sum of squares of centred ranks of the rewards.
  private(set) var rankVariation = 0.0

  /// By upper bits.
  private let digits: [Digit]

  /// Sorts the rewards that are numbers, fewer than 2³², and sums their ranks.
  ///
  /// - Parameters:
  ///   - sample: Read three times.
  ///   - ranks: The centred rank of each level; NaN for one whose candidates do not count.
  /// - Complexity: O(n) time, unless most values differ in their last bits only; about thirteen bytes
  ///   a value.
  init(_ sample: Sample, ranks: [Double]) {
    var counts = [UInt32](repeating: 0, count: 1 << 16)
    Self.forEachKey(sample, ranks) { key, _ in counts[Int(key &>> 48)] &+= 1 }
    let slotCount: Int
    (digits, slotCount) = Self.slots(for: counts)
    var ends = [UInt32](repeating: 0, count: slotCount)
    Self.forEachKey(sample, ranks) { [digits] key, _ in
      ends[Self.slot(of: key, digits.span)] &+= 1
    }
    var total: UInt32 = 0
    for slot in ends.indices { (ends[slot], total) = (total, total + ends[slot]) }
    var keys = [UInt64](repeating: 0, count: Int(total))
    var codes = [UInt32](repeating: 0, count: Int(total))
    Self.forEachKey(sample, ranks) { [digits] key, code in
      let slot = Self.slot(of: key, digits.span)
      let place = Int(ends[slot])
      keys[place] = key
      codes[place] = code
      ends[slot] &+= 1
    }
    Self.sort(&keys, &codes, slots: ends)
    add(keys, codes, ranks)
  }

  /// Visits the values that count, by their keys, with the codes of their levels.
  @inline(__always)
  private static func forEachKey(
    _ sample: Sample, _ ranks: [Double], _ body: (UInt64, UInt32) -> Void
  ) {
    let ranks = ranks.span
    Blocks.forEach(sample, in: 0..<sample.count) { codes, values in
      for index in codes.indices {
        let value = values[index]
        guard !value.isNaN, !ranks[Int(codes[index])].isNaN else { continue }
        // Both zeros have the same key.
        body(OrderStatistics.orderedBits(value + 0), codes[index])
      }
    }
  }

  @inline(__always)
  private static func slot(of key: UInt64, _ digits: Span<Digit>) -> Int {
    let digit = digits[Int(key &>> 48)]
    let lower = (key & 0xFFFF_FFFF_FFFF) &>> UInt64(48 &- digit.bits)
    return Int(digit.firstSlot) &+ Int(truncatingIfNeeded: lower)
  }

  /// Divides the values with the same upper bits, given how many there are.
  private static func slots(for counts: [UInt32]) -> (digits: [Digit], count: Int) {
    var slots: UInt32 = 0
    let digits = counts.map { count in
      let bits = count < 16 ? 0 : UInt32(31 - (count / 8).leadingZeroBitCount)
      defer { slots += 1 << bits }
      return Digit(firstSlot: slots, bits: bits)
    }
    return (digits, Int(slots))
  }

  /// Sorts each slot, the codes along with the keys.
  private static func sort(_ keys: inout [UInt64], _ codes: inout [UInt32], slots ends: [UInt32]) {
    keys.withUnsafeMutableBufferPointer { keys in
      codes.withUnsafeMutableBufferPointer { codes in
        var start = 0
        for end in ends.lazy.map({ Int($0) }) {
          if end - start > 48 {
            sort(keys, codes, start..<end)
          } else if end > start + 1 {
            insertionSort(keys, codes, start..<end)
          }
          start = end
        }
      }
    }
  }

  private static func insertionSort(
    _ keys: UnsafeMutableBufferPointer<UInt64>, _ codes: UnsafeMutableBufferPointer<UInt32>,
    _ range: Range<Int>
  ) {
    for place in range.dropFirst() {
      let (key, code) = (keys[place], codes[place])
      var hole = place
      while hole > range.lowerBound, keys[hole - 1] > key {
        keys[hole] = keys[hole - 1]
        codes[hole] = codes[hole - 1]
        hole -= 1
      }
      keys[hole] = key
      codes[hole] = code
    }
  }

  /// Sorts many keys, unless they are all the same.
  private static func sort(
    _ keys: UnsafeMutableBufferPointer<UInt64>, _ codes: UnsafeMutableBufferPointer<UInt32>,
    _ range: Range<Int>
  ) {
    guard keys[range].contains(where: { $0 != keys[range.lowerBound] }) else { return }
    let sorted = range.map { (key: keys[$0], code: codes[$0]) }.sorted { $0.key < $1.key }
    for (place, entry) in zip(range, sorted) { (keys[place], codes[place]) = entry }
  }

  /// Sums over runs of equal keys, which share their average rank.
  private mutating func add(_ keys: [UInt64], _ codes: [UInt32], _ ranks: [Double]) {
    let (keys, codes, ranks) = (keys.span, codes.span, ranks.span)
    var start = 0
    while start < keys.count {
      var end = start
      var sum = 0.0
      while end < keys.count, keys[end] == keys[start] {
        sum += ranks[Int(codes[end])]
        end += 1
      }
      let rank = Double(start + end - keys.count) / 2
      covariance += rank * sum
      rankVariation += Double(end - start) * rank * rank
      start = end
    }
  }
}
