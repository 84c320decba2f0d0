/// The lengths of pairs in tokens, and what a trainer would cut.
package struct TokenLengths: Sendable {
  package var meanChosen: Double
  package var meanRejected: Double
  /// The most tokens of a prompt and an answer to it.
  package var longest: Int
  /// What is cut at a length; nil where none was given.
  package var cuts: Cuts?

  /// The pairs of which a trainer cuts something, by what.
  package struct Cuts: Sendable {
    /// The tokens that prompt and answer may have.
    package let length: Int
    package var chosenAlone = 0
    package var rejectedAlone = 0
    package var both = 0
    /// Pairs whose prompt leaves no room for an answer; they are among ``both``.
    package var prompts = 0

    package var pairs: Int { chosenAlone + rejectedAlone + both }

    init(_ tokens: [PairTokens], at length: Int) {
      self.length = length
      for pair in tokens {
        switch (pair.withChosen > length, pair.withRejected > length) {
        case (true, true): both += 1
        case (true, false): chosenAlone += 1
        case (false, true): rejectedAlone += 1
        case (false, false): break
        }
        if pair.prompt >= length { prompts += 1 }
      }
    }
  }

  /// - Parameters:
  ///   - records: pairs, of all of which the tokens were counted; never empty.
  ///   - length: what prompt and answer may have together; nil for no limit.
  /// - Returns: nil where they were not.
  init?(_ records: [PairRecord], cutAt length: Int?) {
    let tokens = records.compactMap(\.tokens)
    guard tokens.count == records.count else { return nil }
    let count = Double(tokens.count)
    meanChosen = Double(tokens.reduce(0) { $0 + $1.chosen }) / count
    meanRejected = Double(tokens.reduce(0) { $0 + $1.rejected }) / count
    longest = tokens.reduce(0) { max($0, $1.withChosen, $1.withRejected) }
    cuts = length.map { Cuts(tokens, at: $0) }
  }
}
