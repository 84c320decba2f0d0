package import Records

/// Brings the texts of each pair together and passes pairs on in the planned order.
///
/// Texts come in the order of the input. While the pairs come whole and in order, as in grouped
/// input, they pass straight through. Texts that must wait do so in memory up to a budget, and from
/// then on in temporary files, each for a range of prompts: read back one after the other, a file
/// fits the budget again.
package struct PairAssembler: ~Copyable {
  private let plans: [PairPlan]
  private let companions: (UInt32) -> [UInt32]
  private let budget: Int
  private let folder: String
  private let output: (PairTexts) throws -> Void

  private var waiting: WaitingPairs
  private var spill: SpillBuckets?

  /// - Parameters:
  ///   - plans: the pairs in order of their prompts.
  ///   - companions: the candidates of a prompt whose texts go with each of its pairs.
  ///   - budget: how many bytes of text may wait in memory.
  ///   - folder: where temporary files go.
  ///   - output: takes the pairs in order.
  package init(
    plans: [PairPlan], companions: @escaping (UInt32) -> [UInt32] = { _ in [] }, budget: Int,
    folder: String, output: @escaping (PairTexts) throws -> Void
  ) {
    self.plans = plans
    self.companions = companions
    self.budget = budget
    self.folder = folder
    self.output = output
    waiting = WaitingPairs(plans: plans[...], companions: companions)
  }

  /// Takes a text of the prompt of this number.
  package mutating func add(_ piece: TextPiece, prompt: UInt32) throws {
    if spill != nil {
      try spill?.append(piece, prompt: prompt)
      return
    }
    waiting.add(piece, prompt: prompt)
    while let pair = waiting.next() { try output(pair) }
    if waiting.cost > budget { try startSpilling() }
  }

  /// Passes on what waited on disk.
  ///
  /// - Returns: how many pairs lack a text, which means that the input changed since they were
  ///   planned.
  package consuming func finish() throws -> Int {
    guard var buckets = spill.take() else { return waiting.missing }
    var missing = 0
    while var bucket = try buckets.next() {
      while let (prompt, piece) = try bucket.pieces.next() {
        bucket.pairs.add(piece, prompt: prompt)
      }
      while let pair = bucket.pairs.next() { try output(pair) }
      missing += bucket.pairs.missing
    }
    return missing
  }

  private mutating func startSpilling() throws {
    let rest = waiting.rest
    // What waits tells how much the rest will take, a piece like the other.
    let pieces = 3 + (rest.first.map { companions($0.prompt).count } ?? 0)
    let expected = waiting.cost / max(1, waiting.pieceCount) * rest.count * pieces
    let count = min(max(2, expected / max(1, budget / 3) + 1), SpillBuckets.maximumCount)
    var buckets = try SpillBuckets(
      plans: rest, companions: companions, count: count, folder: folder)
    for (prompt, piece) in waiting.takeAll() { try buckets.append(piece, prompt: prompt) }
    spill = consume buckets
  }
}
