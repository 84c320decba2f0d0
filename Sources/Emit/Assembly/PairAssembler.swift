package import Records

/// Brings the texts of each pair together and passes pairs on in the planned order.
///
/// Texts come in the order of the input. While the pairs come whole and in order, as in grouped
/// input, they pass straight through. Texts that must wait do so in memory up to a budget, and from
/// then on in temporary files, each for a range of prompts: read back one after the other, a file
/// fits the budget again.
package struct PairAssembler: ~Copyable {
  private let plans: [PairPlan]
  private let placeOfPrompt: (UInt32) -> UInt32
  private let otherAnswers: (UInt32) -> [UInt32]
  /// The pairs whose texts come together, and not here.
  private let direct: DirectPairs
  private let budget: Int
  private let folder: String
  private let output: (_ plan: Int, PairTexts) throws -> Void

  private var waiting: WaitingPairs
  private var spill: SpillBuckets?

  /// - Parameters:
  ///   - plans: the pairs in their order, in which those of a prompt stand together.
  ///   - placeOfPrompt: ascending numbers of the prompts in this order.
  ///   - otherAnswers: the candidates of a prompt whose texts go with each of its pairs.
  ///   - direct: the pairs that are passed over with ``pass(_:)``.
  ///   - budget: how many bytes of text may wait in memory.
  ///   - folder: where temporary files go.
  ///   - output: takes the pairs in order, with the places of their plans.
  package init(
    plans: [PairPlan], placeOfPrompt: @escaping (UInt32) -> UInt32 = { $0 },
    otherAnswers: @escaping (UInt32) -> [UInt32] = { _ in [] },
    direct: DirectPairs = DirectPairs(), budget: Int, folder: String,
    output: @escaping (_ plan: Int, PairTexts) throws -> Void
  ) {
    self.plans = plans
    self.placeOfPrompt = placeOfPrompt
    self.otherAnswers = otherAnswers
    self.direct = direct
    self.budget = budget
    self.folder = folder
    self.output = output
    waiting = WaitingPairs(plans: plans[...], otherAnswers: otherAnswers)
  }

  /// Takes a text of the prompt of this number.
  package mutating func add(_ piece: TextPiece, prompt: UInt32) throws {
    if let spilled = spill?.lastPrompt, placeOfPrompt(prompt) <= placeOfPrompt(spilled) {
      try spill?.append(piece, prompt: prompt)
      return
    }
    waiting.add(piece, prompt: prompt)
    guard spill == nil else { return }
    if waiting.isNext(prompt) { try passWaiting() }
    if waiting.cost > budget { try startSpilling() }
  }

  /// Passes over pairs whose texts were gathered elsewhere.
  ///
  /// - Parameter output: puts them out, when those before them are, and those behind them are not.
  /// - Returns: how many pairs before them lack a text.
  package mutating func pass(
    _ range: Range<Int>, _ output: () throws -> Void
  ) throws -> Int {
    var missing = 0
    if let buckets = spill.take() {
      missing = try empty(buckets)
      try passWaiting()
    }
    missing += range.lowerBound - waiting.rest.startIndex
    try output()
    waiting.drop(upTo: range.upperBound)
    try passWaiting()
    return missing
  }

  /// Passes on what waited on disk.
  ///
  /// - Returns: how many pairs lack a text, which means that the input changed since they were
  ///   planned.
  package consuming func finish() throws -> Int {
    var missing = 0
    if let buckets = spill.take() { missing = try empty(buckets) }
    try passWaiting()
    return missing + waiting.missing
  }

  private mutating func passWaiting() throws {
    while true {
      let plan = waiting.rest.startIndex
      guard let pair = waiting.next() else { return }
      try output(plan, pair)
    }
  }

  /// Passes on the pairs of temporary files.
  ///
  /// - Returns: how many lack a text.
  private func empty(_ buckets: consuming SpillBuckets) throws -> Int {
    var missing = 0
    while var bucket = try buckets.next() {
      while let (prompt, piece) = try bucket.pieces.next() {
        bucket.pairs.add(piece, prompt: prompt)
      }
      while true {
        let plan = bucket.pairs.rest.startIndex
        guard let pair = bucket.pairs.next() else { break }
        try output(plan, pair)
      }
      missing += bucket.pairs.missing
    }
    return missing
  }

  /// Puts what waits aside, up to the next pair that comes by itself.
  private mutating func startSpilling() throws {
    let all = waiting.rest
    let end = direct.first(from: all.startIndex) ?? all.endIndex
    let rest = all[..<end]
    guard let last = (rest.last?.prompt).map(placeOfPrompt) else { return }
    // What waits tells how much the rest will take, a piece like the other.
    let pieces = 3 + (rest.first.map { otherAnswers($0.prompt).count } ?? 0)
    let expected = waiting.cost / max(1, waiting.pieceCount) * rest.count * pieces
    let count = min(max(2, expected / max(1, budget / 3) + 1), SpillBuckets.maximumCount)
    var buckets = try SpillBuckets(
      plans: rest, placeOfPrompt: placeOfPrompt, otherAnswers: otherAnswers, count: count,
      folder: folder)
    let texts = waiting.takeAll()
    waiting = WaitingPairs(plans: all[end...], otherAnswers: otherAnswers)
    for (prompt, piece) in texts {
      if placeOfPrompt(prompt) <= last {
        try buckets.append(piece, prompt: prompt)
      } else {
        waiting.add(piece, prompt: prompt)
      }
    }
    spill = consume buckets
  }
}
