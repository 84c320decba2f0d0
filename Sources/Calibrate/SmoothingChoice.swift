// Brings in libm, which the standard library's squareRoot() calls in debug builds.
internal import Glibc

/// How much is smoothed, chosen by cross-validation over groups of prompts.
///
/// For each trial the curve is fitted without each group of prompts, without robustness passes, and
/// tells the rewards of the group; the least mean squared error wins, of equal ones the smoothest.
/// Whole prompts are left out because answers to one prompt share its level: leaving out single
/// answers would reward a curve that follows the prompts (D. Roberts et al., "Cross-validation
/// strategies for data with temporal, spatial, hierarchical, or phylogenetic structure", Ecography 40
/// (2017), 913–929).
package struct SmoothingChoice: Hashable, Sendable {
  package struct Trial: Hashable, Sendable {
    /// The part of the population in each neighbourhood.
    package let frac: Double
    /// The mean squared error of the rewards of left-out prompts, in squared units of the reward;
    /// within prompts but for the level of the prompt.
    package let error: Double
    /// Whether the error is larger than the least by no more than a standard error of the
    /// difference.
    package let isAsGood: Bool
  }

  /// In ascending order of `frac`.
  package let trials: [Trial]

  /// The winner.
  package let frac: Double

  /// What is tried.
  package static let fractions = [
    0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1,
  ]

  /// Whether the winner is the first or the last of what is tried, so that the best may lie beyond.
  package var isAtEdge: Bool { frac == trials.first?.frac || frac == trials.last?.frac }

  /// The fractions that do about as well as the winner, from the least to the largest.
  package var asGood: ClosedRange<Double> {
    let fracs = trials.filter(\.isAsGood).map(\.frac)
    return min(fracs.min() ?? frac, frac)...max(fracs.max() ?? frac, frac)
  }

  /// Tries them all.
  ///
  /// - Parameters:
  ///   - sample: What is to be smoothed.
  ///   - prompts: For each candidate its prompt; within prompts those of one stand together.
  ///   - groups: For each prompt its group.
  /// - Complexity: O(n) time a trial, some rounds of it within prompts.
  package init(_ sample: Sample, prompts: PromptColumn, groups: [UInt8], scope: BiasScope) {
    var refits = Refits(sample, prompts: prompts, groups: groups, scope: scope)
    // With no curve at all: an error that is this much smaller is rounding.
    let rounding = 1e-20 * refits.errorsOfGroups.reduce(0) { $0 + $1.squares }
    var errors: [[(squares: Double, count: Int)]] = []
    // From the smoothest on, each from the curves of the one before.
    for frac in Self.fractions.reversed() {
      refits.run(BinLines(frac: frac), roundLimit: 12, tolerance: 1e-2)
      errors.append(refits.errorsOfGroups)
    }
    errors.reverse()
    let count = Double(errors[0].reduce(0) { $0 + $1.count })
    let means = errors.map { groups in
      count > 0 ? groups.reduce(0) { $0 + $1.squares } / count : 0
    }
    var best = means.count - 1
    for number in means.indices.reversed()
    where count * means[number] < count * means[best] - rounding {
      best = number
    }
    trials = means.indices.map { number in
      let differences = zip(errors[number], errors[best]).map { $0.squares - $1.squares }
      let mean = differences.reduce(0, +) / Double(differences.count)
      let variance = differences.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      let groups = Double(differences.count)
      let deviation = (variance * groups / (groups - 1)).squareRoot()
      return Trial(
        frac: Self.fractions[number], error: means[number],
        isAsGood: differences.reduce(0, +) <= deviation + rounding)
    }
    frac = Self.fractions[best]
  }
}
