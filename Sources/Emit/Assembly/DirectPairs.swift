package import Records

/// The pairs all of whose texts come in one piece of the input, by the end of which every pair before
/// them has its texts, too.
///
/// The thread that reads that piece can finish them: nothing waits.
package struct DirectPairs: Sendable {
  /// A bit for each plan.
  private var words: [UInt64] = []

  /// None.
  package init() {}

  /// A prompt with more pairs than these repeats its texts too often to have them encoded at once.
  private static let mostPairs = 4

  /// - Parameters:
  ///   - plans: the pairs in order of their prompts.
  ///   - pieces: for each piece of the input the number behind its last candidate.
  ///   - group: the candidates of a prompt, the first and the last and how many they are.
  ///   - last: the last candidate whose text a pair needs.
  package init(
    plans: [PairPlan], pieces: [Int],
    group: (_ prompt: UInt32) -> (first: Int, last: Int, count: Int), last: (PairPlan) -> Int
  ) {
    words = Array(repeating: 0, count: (plans.count + 63) / 64)
    var needed = -1
    var piece = 0
    var start = 0
    while start < plans.count {
      let prompt = plans[start].prompt
      var end = start + 1
      while end < plans.count, plans[end].prompt == prompt { end += 1 }
      let group = group(prompt)
      needed = plans[start..<end].reduce(max(needed, group.first)) { max($0, last($1)) }
      while piece < pieces.count, pieces[piece] <= needed { piece += 1 }
      let isWhole =
        group.last - group.first + 1 == group.count && piece < pieces.count
        && group.last < pieces[piece] && group.first >= (piece == 0 ? 0 : pieces[piece - 1])
      if isWhole, end - start <= Self.mostPairs {
        for plan in start..<end { words[plan / 64] |= 1 << UInt64(plan % 64) }
      }
      start = end
    }
  }

  /// Whether a plan is one of them.
  package func contains(_ plan: Int) -> Bool {
    !words.isEmpty && words[plan / 64] >> UInt64(plan % 64) & 1 == 1
  }

  /// The first of them from a plan on; nil where there is none.
  func first(from plan: Int) -> Int? {
    guard plan / 64 < words.count else { return nil }
    var word = words[plan / 64] & (.max << UInt64(plan % 64))
    for index in plan / 64..<words.count {
      if index > plan / 64 { word = words[index] }
      if word != 0 { return index * 64 + word.trailingZeroBitCount }
    }
    return nil
  }
}
