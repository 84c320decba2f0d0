internal import Calibrate
internal import PairBuilder

/// Sums over prompts, of which the figures of a dataset are ratios.
package struct FigureSums: Sendable {
  /// A figure that has an interval.
  package enum Figure: Int, CaseIterable {
    /// The share of pairs whose chosen answer is the longer.
    case longerChosen
    /// The mean of chosen length − rejected length.
    case meanGap
    /// The mean of the prompts' own Spearman correlations of length and score.
    case withinPrompt
    /// The share of prompts with pairs by their rewards that have other pairs by their scores, or none.
    case changed
    /// The share of longer chosen less that of shorter chosen: 0 without a preference.
    case preference
  }

  private var tops = SIMD8<Double>(repeating: 0)
  private var bottoms = SIMD8<Double>(repeating: 0)

  /// Adds a prompt.
  ///
  /// - Parameters:
  ///   - outcome: Its pairs by the scores.
  ///   - former: Its pairs by the rewards.
  ///   - candidates: Its candidates.
  ///   - correlation: That of their lengths and scores; nil where there is none.
  mutating func add(
    _ outcome: PairSelector.Outcome, former: PairSelector.Outcome,
    of candidates: Span<RankedCandidate>, correlation: Double?
  ) {
    if case .pairs(let choices) = outcome {
      for choice in choices {
        add(
          gap: Self.length(of: choice.chosen, in: candidates)
            - Self.length(of: choice.rejected, in: candidates))
      }
    }
    if case .pairs = former { addPrompts(1, changed: outcome == former ? 0 : 1) }
    if let correlation { add(correlation: correlation) }
  }

  /// Adds a pair.
  ///
  /// - Parameter gap: The length of the chosen answer less that of the rejected one.
  mutating func add(gap: Double) {
    add(.longerChosen, gap > 0 ? 1 : 0)
    add(.meanGap, gap)
    add(.preference, gap > 0 ? 1 : gap < 0 ? -1 : 0)
  }

  /// Adds the correlation of a prompt.
  mutating func add(correlation: Double) { add(.withinPrompt, correlation) }

  /// Adds prompts with pairs by their rewards, of which some have other pairs by their scores.
  mutating func addPrompts(_ count: Int, changed: Int) {
    tops[Figure.changed.rawValue] += Double(changed)
    bottoms[Figure.changed.rawValue] += Double(count)
  }

  private static func length(of candidate: Int, in candidates: Span<RankedCandidate>) -> Double {
    for place in candidates.indices where candidates[place].candidate == candidate {
      return candidates[place].length
    }
    return .nan
  }

  private mutating func add(_ figure: Figure, _ value: Double) {
    tops[figure.rawValue] += value
    bottoms[figure.rawValue] += 1
  }

  /// A figure; NaN where there is nothing that it is of.
  package subscript(figure: Figure) -> Double { tops[figure.rawValue] / bottoms[figure.rawValue] }

  /// How many pairs or prompts a figure is the mean of.
  func count(of figure: Figure) -> Double { bottoms[figure.rawValue] }

  package static func + (left: FigureSums, right: FigureSums) -> FigureSums {
    var sum = left
    sum.tops += right.tops
    sum.bottoms += right.bottoms
    return sum
  }

  package static func - (left: FigureSums, right: FigureSums) -> FigureSums {
    var rest = left
    rest.tops -= right.tops
    rest.bottoms -= right.bottoms
    return rest
  }
}

extension [FigureSums] {
  /// Nothing, for each group of prompts.
  static var none: [FigureSums] { Array(repeating: FigureSums(), count: Jackknife.groupCount) }

  /// The sums of all groups.
  var total: FigureSums { reduce(FigureSums(), +) }

  /// Adds the sums of each group.
  static func += (left: inout [FigureSums], right: [FigureSums]) {
    for group in left.indices { left[group] = left[group] + right[group] }
  }
}
