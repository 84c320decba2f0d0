/// Which pairs of tokens merge, with their rank and the token that they make.
///
/// A table of places, a power of two and at most half full; a pair stands at the first free place from
/// its hash on.
struct MergeTable: Sendable {
  /// What a pair becomes; lower ranks merge first.
  struct Merge: Sendable {
    var rank: UInt32
    var token: UInt32
  }

  private struct Entry: Sendable {
    var pair: UInt64
    var merge: Merge
  }

  /// No pair: tokens have other numbers.
  private static let free = UInt64.max

  private var entries: [Entry]
  private let shift: UInt64

  /// - Parameter count: The most pairs that will be put in.
  init(capacity count: Int) {
    var bits: UInt64 = 4
    while 1 << bits < count * 2 { bits += 1 }
    shift = 64 - bits
    entries = Array(
      repeating: Entry(pair: Self.free, merge: Merge(rank: .max, token: 0)), count: 1 << bits)
  }

  /// Notes a merge; of those of one pair the last counts.
  mutating func insert(_ left: UInt32, _ right: UInt32, _ merge: Merge) {
    let pair = UInt64(left) << 32 | UInt64(right)
    var place = start(of: pair)
    while entries[place].pair != Self.free, entries[place].pair != pair {
      place = (place + 1) & (entries.count - 1)
    }
    entries[place] = Entry(pair: pair, merge: merge)
  }

  /// What a pair becomes; its rank is `UInt32.max` where it stays a pair.
  func merge(_ left: UInt32, _ right: UInt32) -> Merge {
    let pair = UInt64(left) << 32 | UInt64(right)
    var place = start(of: pair)
    while true {
      let entry = entries[place]
      if entry.pair == pair { return entry.merge }
      if entry.pair == Self.free { return Merge(rank: .max, token: 0) }
      place = (place + 1) & (entries.count - 1)
    }
  }

  private func start(of pair: UInt64) -> Int {
    Int(truncatingIfNeeded: ((pair ^ pair >> 29) &* 0x9E37_79B9_7F4A_7C15) >> shift)
  }
}
