/// Every pair of ranked candidates, the largest margin first; of equal margins the pair of higher
/// rank, by its better candidate and then by its worse one.
///
/// Pairs are made one at a time, so memory grows with the candidates and not with their square.
/// Each candidate has a cursor over those below it, which its margins already order, and a heap
/// holds the cursors by what they give next. The next pair takes O(log n).
struct RankedPairs: Sequence, IteratorProtocol {
  /// What a candidate gives next, of the pairs in which it is the better one.
  private struct Cursor {
    var margin: Double
    let high: Int
    var low: Int
    /// The candidates below with this margin: `low..<end` are left of them, and those before
    /// `start` have smaller ones.
    var start: Int
    var end: Int

    func precedes(_ other: Cursor) -> Bool {
      margin != other.margin ? margin > other.margin : high < other.high
    }
  }

  private let ranked: [RankedCandidate]
  private var heap: [Cursor] = []

  /// - Parameter ranked: the candidates, the best first.
  init(_ ranked: [RankedCandidate]) {
    self.ranked = ranked
    guard ranked.count > 1 else { return }
    heap.reserveCapacity(ranked.count - 1)
    for high in 0..<(ranked.count - 1) { heap.append(cursor(of: high, end: ranked.count)) }
    for place in (0..<(heap.count / 2)).reversed() { sink(place) }
  }

  mutating func next() -> (RankedCandidate, RankedCandidate)? {
    guard let first = heap.first else { return nil }
    if first.low + 1 < first.end {
      heap[0].low += 1
    } else if first.start > first.high + 1 {
      heap[0] = cursor(of: first.high, end: first.start)
    } else {
      heap.swapAt(0, heap.count - 1)
      heap.removeLast()
    }
    if !heap.isEmpty { sink(0) }
    return (ranked[first.high], ranked[first.low])
  }

  /// A cursor at the largest margin of a candidate to those before `end`.
  private func cursor(of high: Int, end: Int) -> Cursor {
    let margin = self.margin(high, end - 1)
    var start = end - 1
    while start > high + 1, self.margin(high, start - 1) == margin { start -= 1 }
    return Cursor(margin: margin, high: high, low: start, start: start, end: end)
  }

  private func margin(_ high: Int, _ low: Int) -> Double {
    ranked[high].score - ranked[low].score
  }

  /// Moves a cursor down the heap to where it belongs.
  private mutating func sink(_ place: Int) {
    var place = place
    while true {
      var best = place
      for child in [2 * place + 1, 2 * place + 2]
      where child < heap.count && heap[child].precedes(heap[best]) {
        best = child
      }
      guard best != place else { return }
      heap.swapAt(place, best)
      place = best
    }
  }
}
