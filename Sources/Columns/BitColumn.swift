/// A set of numbers below a bound, one bit each.
package struct BitColumn: Sendable {
  private var words: [UInt64]

  /// An empty set of numbers below `count`.
  package init(count: Int) { words = Array(repeating: 0, count: (count + 63) / 64) }

  package subscript(index: Int) -> Bool {
    words[index >> 6] >> UInt64(index & 63) & 1 == 1
  }

  /// Adds a number to the set.
  package mutating func insert(_ index: Int) { words[index >> 6] |= 1 << UInt64(index & 63) }
}
