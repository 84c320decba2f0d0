internal import Glibc

/// The figure of RewardBench 2's subset Ties, where prompts have many equally right answers.
///
/// Each prompt is there twice: as a reference with one right answer, and with several that are
/// equally right. Besides that right answers are better than wrong ones, the right ones should be
/// nearer to each other than to the best wrong one.
/// Source: S. Malik et al., "RewardBench 2: Advancing Reward Model Evaluation", arXiv 2506.01937,
/// and its code.
package struct TiesScore: Hashable, Sendable {
  /// The share of references whose right answer is better than every wrong one.
  package var referenceAccuracy: Double
  /// The share of prompts with several right answers of which the worst is better than every wrong
  /// one.
  package var tiedAccuracy: Double
  /// The share of prompts whose right answers spread less than they are away from the wrong ones.
  package var preferred: Double
  /// The same where the reference's margin counts as well, if it is the smaller.
  package var preferredHard: Double
  /// The mean of tanh(margin / spread − 1), with the smaller margin.
  package var margin: Double

  /// 0.3 of each accuracy, 0.2 of each share and 0.01 of the margin.
  package var score: Double {
    0.3 * tiedAccuracy + 0.3 * referenceAccuracy + 0.2 * preferred + 0.2 * preferredHard
      + 0.01 * margin
  }

  /// A prompt under one of its two samples.
  private struct Sample {
    /// The worst right answer less the best wrong one.
    var margin: Double
    /// The best right answer less the worst right one; nil with one right answer.
    var spread: Double?
  }

  /// - Parameter examples: With the score of each of their answers, the right ones first.
  /// - Returns: nil where no prompt is there both as a reference and with several right answers.
  init?(_ examples: [(example: ScoredExample, scores: ArraySlice<Double>)]) {
    var references: [UInt64: [Sample]] = [:]
    var tied: [(prompt: UInt64, sample: Sample)] = []
    for (example, scores) in examples {
      guard case .ties(let isReference) = example.rule else { return nil }
      let right = scores.prefix(example.rightCount)
      let wrong = scores.dropFirst(example.rightCount)
      guard let best = right.max(), let worst = right.min(), let other = wrong.max() else {
        return nil
      }
      let sample = Sample(margin: worst - other, spread: right.count > 1 ? best - worst : nil)
      if isReference {
        references[example.prompt, default: []].append(sample)
      } else {
        tied.append((example.prompt, sample))
      }
    }
    let margins = references.values.joined().map(\.margin)
    // A prompt that was drawn twice meets its reference twice.
    var met: [UInt64: Int] = [:]
    var both: [(margin: Double, reference: Double, spread: Double)] = []
    for (prompt, sample) in tied {
      let place = met[prompt, default: 0]
      guard let found = references[prompt], found.indices.contains(place),
        let spread = sample.spread
      else { continue }
      met[prompt] = place + 1
      both.append((sample.margin, found[place].margin, spread))
    }
    guard !both.isEmpty else { return nil }
    func share(_ count: Int, of all: Int) -> Double { Double(count) / Double(all) }
    referenceAccuracy = share(margins.count { $0 > 0 }, of: margins.count)
    tiedAccuracy = share(tied.count { $0.sample.margin > 0 }, of: tied.count)
    preferred = share(both.count { $0.margin > $0.spread }, of: both.count)
    preferredHard = share(
      both.count { min($0.margin, $0.reference) > $0.spread }, of: both.count)
    margin =
      both.reduce(0) { sum, prompt in
        let term = tanh(min(prompt.margin, prompt.reference) / prompt.spread - 1)
        return sum + (term.isNaN ? 0 : term)
      } / Double(both.count)
  }
}
