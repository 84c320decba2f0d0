/// Merges the tokens of a word until no pair of them merges: byte-pair encoding.
///
/// Of the pairs side by side the one of the lowest rank merges first, and of equal ones the leftmost,
/// as in `tokenizers`. The memory is used again for the next word.
struct PairMerger {
  /// Words of at most so many symbols are searched from end to end for each merge.
  private static let shortCount = 48

  private var merges: [MergeTable.Merge] = []
  private var previous: [UInt32] = []
  private var next: [UInt32] = []
  private var heap = MergeHeap()

  /// How many tokens are left of a word.
  ///
  /// - Parameter symbols: its tokens before any merge; what is in it afterwards is of no use.
  /// - Complexity: O(*n* log *n*) for *n* symbols.
  mutating func count(_ symbols: inout [UInt32], by table: MergeTable) -> Int {
    guard symbols.count > 1 else { return symbols.count }
    return symbols.count <= Self.shortCount
      ? countShort(&symbols, table) : countLong(&symbols, table)
  }

  private mutating func countShort(_ symbols: inout [UInt32], _ table: MergeTable) -> Int {
    merges.removeAll(keepingCapacity: true)
    for place in 1..<symbols.count {
      merges.append(table.merge(symbols[place - 1], symbols[place]))
    }
    var count = symbols.count
    while count > 1 {
      var (best, rank) = (0, UInt32.max)
      for place in 0..<(count - 1) where merges[place].rank < rank {
        (best, rank) = (place, merges[place].rank)
      }
      guard rank != .max else { break }
      symbols[best] = merges[best].token
      count -= 1
      for place in (best + 1)..<max(count, best + 1) {
        symbols[place] = symbols[place + 1]
        merges[place - 1] = merges[place]
      }
      if best + 1 < count { merges[best] = table.merge(symbols[best], symbols[best + 1]) }
      if best > 0 { merges[best - 1] = table.merge(symbols[best - 1], symbols[best]) }
    }
    return count
  }

  private mutating func countLong(_ symbols: inout [UInt32], _ table: MergeTable) -> Int {
    let end = UInt32(symbols.count)
    // A symbol that was taken into the one before it is its own successor.
    next = Array(1...end)
    previous = [end] + (0..<(end - 1))
    heap.removeAll()
    for place in 0..<(end - 1) {
      let merge = table.merge(symbols[Int(place)], symbols[Int(place) + 1])
      if merge.rank != .max { heap.push(MergeHeap.Entry(place: place, merge: merge)) }
    }
    var count = symbols.count
    while let top = heap.pop() {
      let place = Int(top.place)
      let right = next[place]
      guard right != top.place, right != end,
        // The pair may have changed since.
        case let merge = table.merge(symbols[place], symbols[Int(right)]),
        merge.rank == top.merge.rank
      else { continue }
      symbols[place] = merge.token
      let after = next[Int(right)]
      next[place] = after
      next[Int(right)] = right
      count -= 1
      if after != end {
        previous[Int(after)] = top.place
        push(top.place, symbols[place], symbols[Int(after)], table)
      }
      let before = previous[place]
      if before != end { push(before, symbols[Int(before)], symbols[place], table) }
    }
    return count
  }

  private mutating func push(
    _ place: UInt32, _ left: UInt32, _ right: UInt32, _ table: MergeTable
  ) {
    let merge = table.merge(left, right)
    if merge.rank != .max { heap.push(MergeHeap.Entry(place: place, merge: merge)) }
  }
}

/// Merges that may be made, the one of the lowest rank first, of equal ones the leftmost.
struct MergeHeap {
  struct Entry {
    var place: UInt32
    var merge: MergeTable.Merge

    fileprivate var key: UInt64 { UInt64(merge.rank) << 32 | UInt64(place) }
  }

  private var entries: [Entry] = []

  mutating func removeAll() { entries.removeAll(keepingCapacity: entries.count < 1 << 16) }

  mutating func push(_ entry: Entry) {
    entries.append(entry)
    var place = entries.count - 1
    while place > 0 {
      let parent = (place - 1) / 2
      guard entry.key < entries[parent].key else { break }
      entries[place] = entries[parent]
      place = parent
    }
    entries[place] = entry
  }

  mutating func pop() -> Entry? {
    guard let top = entries.first, let last = entries.popLast() else { return nil }
    guard !entries.isEmpty else { return top }
    var place = 0
    while true {
      var child = place * 2 + 1
      guard child < entries.count else { break }
      if child + 1 < entries.count, entries[child + 1].key < entries[child].key { child += 1 }
      guard entries[child].key < last.key else { break }
      entries[place] = entries[child]
      place = child
    }
    entries[place] = last
    return top
  }
}
