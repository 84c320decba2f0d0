internal import Calibrate
internal import Columns
// Brings in libm, which the standard library's squareRoot() calls in debug builds.
internal import Glibc
internal import PairBuilder
package import Scan
package import Settings

/// 95 % intervals of the figures of the pairs, before calibration and after.
///
/// A jackknife over groups of prompts. Without a group a figure differs because its prompts are gone,
/// which all prompts tell, and because the curves are those without the group, which a sample of the
/// prompts tells. See docs/calibration.md, "Intervals of figures".
package struct FigureIntervals {
  package typealias Figure = FigureSums.Figure

  /// The figures of each group of prompts by some scores.
  package struct Groups: Sendable {
    /// How many prompts could give a pair, do so by their rewards, and have other pairs by their
    /// scores.
    struct Prompts: Sendable {
      private(set) var count = 0
      private(set) var former = 0
      private(set) var changed = 0

      /// Adds a prompt.
      mutating func add(before: PairSelector.Outcome, after: PairSelector.Outcome) {
        count += 1
        guard case .pairs = before else { return }
        former += 1
        if before != after { changed += 1 }
      }

      mutating func add(_ other: Prompts) {
        count += other.count
        former += other.former
        changed += other.changed
      }
    }

    private(set) var before: [FigureSums]
    private(set) var after: [FigureSums]
    /// How many prompts each group has that could give a pair.
    let sizes: [Int]

    static let noPrompts = [Prompts](repeating: Prompts(), count: Jackknife.groupCount)

    /// - Parameters:
    ///   - before: The figures of pairs and correlations by the rewards, of each group.
    ///   - after: By the scores.
    init(before: [FigureSums], after: [FigureSums], prompts: [Prompts]) {
      self.before = before
      self.after = after
      sizes = prompts.map(\.count)
      for (group, prompts) in prompts.enumerated() {
        self.before[group].addPrompts(prompts.former, changed: 0)
        self.after[group].addPrompts(prompts.former, changed: prompts.changed)
      }
    }
  }

  /// With fewer groups that have prompts, how much they differ is hardly known, and of two or three
  /// prompts that are alike it would look like certainty.
  private static let leastGroups = 10

  package private(set) var before: [Figure: ClosedRange<Double>] = [:]
  package private(set) var after: [Figure: ClosedRange<Double>] = [:]

  /// - Parameters:
  ///   - groups: The figures of all prompts.
  ///   - fit: The curves, with the alphas that are used.
  package init(
    _ configuration: Configuration, _ scan: InputScan.Result, _ fit: FitStage.Result,
    scores: FinalScores, groups: Groups, sample: PromptSample
  ) throws {
    before = Self.intervals(groups.before, changes: nil, groups.sizes)
    let changes = try Self.changes(
      of: fit, PromptSelection(configuration, scan, biasShares: fit.biasShares), scan, scores,
      sample,
      threads: configuration.threadCount)
    after = Self.intervals(groups.after, changes: changes, groups.sizes)
  }

  /// By group, how each figure of the other prompts changes when the curves do not know the group.
  private static func changes(
    of fit: FitStage.Result, _ selection: PromptSelection, _ scan: InputScan.Result,
    _ scores: FinalScores, _ sample: PromptSample, threads: Int
  ) throws -> [[Figure: Double]]? {
    guard fit.fitted.contains(where: { $0.replicates != nil }) else { return nil }
    let table = scan.table
    let groups = table.jackknifeGroups
    // The curves without a group differ by so little that chance decides how many pairs change. They
    // are taken to differ by about as much as a curve of these prompts is off, a standard error, and
    // the change is scaled back.
    let part =
      Double(table.promptCountWithinLimit) / Double(max(1, sample.prompts.count))
    let scale = (Double(Jackknife.groupCount - 1) * part).squareRoot()
    let shifts = BiasShifts(fit.fitted, table, scale: scale)
    typealias Sums = (as: [FigureSums], refitted: [FigureSums])
    let parts = try sample.map(threads: threads) { prompts -> Sums in
      var sums: Sums = ([FigureSums].none, [FigureSums].none)
      let block = selection.candidates(of: prompts)
      let scoredCandidates = block.scored(scores)
      var correlation = LengthCorrelation()
      var refits = BiasShifts.Refits()
      for (place, prompt) in block.prompts.enumerated() {
        let members = block.members(of: place)
        guard members.count > 1 else { continue }
        let rewarded = block.candidates.span.extracting(members)
        let scored = scoredCandidates.span.extracting(members)
        let own = Int(groups[prompt])
        let former = try selection.outcome(of: prompt, among: rewarded)
        let outcome = try selection.outcome(of: prompt, among: scored, precision: fit.precision)
        correlation.start(rewarded)
        var whole = FigureSums()
        whole.add(
          outcome, former: former, of: scored, correlation: correlation.correlation(with: scored))
        sums.as[own] = sums.as[own] + whole
        let isKnown = shifts.prepare(&refits, of: scored)
        for group in sums.refitted.indices where group != own {
          guard isKnown else {
            sums.refitted[group] = sums.refitted[group] + whole
            continue
          }
          let refitted = refits.refit(scored, without: group)
          sums.refitted[group].add(
            try selection.outcome(of: prompt, among: refitted.span, precision: fit.precision),
            former: former, of: refitted.span,
            correlation: correlation.correlation(with: refitted.span))
        }
      }
      return sums
    }
    var (whole, refitted) = ([FigureSums].none, [FigureSums].none)
    for part in parts {
      whole += part.as
      refitted += part.refitted
    }
    let total = whole.total
    return refitted.indices.map { group in
      let others = total - whole[group]
      return Dictionary(
        uniqueKeysWithValues: Figure.allCases.map {
          let change = (refitted[group][$0] - others[$0]) / scale
          return ($0, change.isNaN ? 0 : change)
        })
    }
  }

  private static func intervals(
    _ groups: [FigureSums], changes: [[Figure: Double]]?, _ sizes: [Int]
  ) -> [Figure: ClosedRange<Double>] {
    guard sizes.count(where: { $0 > 0 }) >= leastGroups else { return [:] }
    let total = groups.total
    var intervals: [Figure: ClosedRange<Double>] = [:]
    for figure in Figure.allCases {
      let without = groups.indices.map {
        (total - groups[$0])[figure] + (changes?[$0][figure] ?? 0)
      }
      let error = Jackknife.standardError(total[figure], without: without, sizes: sizes)
      let prompts = Double(sizes.reduce(0, +))
      intervals[figure] = interval(
        of: figure, total[figure], error: error, reach: Jackknife.halfWidth(groups: sizes),
        count: total.count(of: figure), prompts: prompts)
    }
    return intervals
  }

  /// - Parameters:
  ///   - reach: How many standard errors the interval goes to either side.
  ///   - count: How many pairs or prompts the figure is the mean of.
  /// - Returns: nil where it cannot be told.
  private static func interval(
    of figure: Figure, _ value: Double, error: Double, reach: Double, count: Double,
    prompts: Double
  ) -> ClosedRange<Double>? {
    guard !value.isNaN, !error.isNaN, !reach.isNaN else { return nil }
    let plain = value - error * reach...value + error * reach
    guard let bounds = figure.bounds else { return plain }
    let isAtBound = value <= bounds.lowerBound || value >= bounds.upperBound
    guard figure.isShare || isAtBound else { return plain.clamped(to: bounds) }
    let width = bounds.upperBound - bounds.lowerBound
    let share = (value - bounds.lowerBound) / width
    // So many independent pairs would know the share as well. Where all are alike nothing shows how
    // much prompts differ, and each counts as one.
    let effective =
      isAtBound || error == 0
      ? min(prompts, count)
      : min(share * (1 - share) * (width / error) * (width / error), count)
    let interval = Wilson.interval(of: share, count: effective, reach: reach)
    return bounds.lowerBound + width * interval.lowerBound...bounds.lowerBound + width
      * interval.upperBound
  }
}

extension FigureSums.Figure {
  /// Between which values it lies; nil where it has no bounds.
  fileprivate var bounds: ClosedRange<Double>? {
    switch self {
    case .longerChosen, .changed: 0...1
    case .withinPrompt, .preference: -1...1
    case .meanGap: nil
    }
  }

  /// Whether it is the share of some, or of some less that of others.
  fileprivate var isShare: Bool {
    switch self {
    case .longerChosen, .changed, .preference: true
    case .withinPrompt, .meanGap: false
    }
  }
}

/// What scores gain and lose by curves that were fitted without a group of prompts.
private struct BiasShifts: Sendable {
  /// A curve that was fitted again.
  private struct Curve: Sendable {
    let lengths: LevelColumn
    let curve: BiasCurve
    let replicates: Replicates
    /// What a shift of the curve takes from a score.
    let factor: Double
    /// Whether there is a bias at every length.
    let isComplete: Bool
  }

  private let curves: [Curve]

  init(_ fitted: [FittedCurve], _ table: CandidateTable, scale: Double) {
    curves = fitted.enumerated().compactMap { number, fitted in
      fitted.replicates.map {
        Curve(
          lengths: table.measures[number], curve: fitted.curve, replicates: $0,
          factor: fitted.curve.alpha * scale,
          isComplete: !fitted.curve.knots.isEmpty
            && fitted.curve.knots.allSatisfy { $0.bias != nil })
      }
    }
  }

  /// The candidates of a prompt with the scores of one refit after the other.
  struct Refits {
    /// By curve, by candidate and by group what is taken from a score.
    fileprivate var shifts: [Double] = []
    private var refitted: [RankedCandidate] = []

    /// The candidates with their scores by the curves without a group.
    mutating func refit(_ scored: Span<RankedCandidate>, without group: Int) -> [RankedCandidate] {
      refitted.removeAll(keepingCapacity: true)
      for place in scored.indices {
        var entry = scored[place]
        var shift = place * Jackknife.groupCount + group
        while shift < shifts.count {
          entry.score -= shifts[shift]
          shift += scored.count * Jackknife.groupCount
        }
        refitted.append(entry)
      }
      return refitted
    }
  }

  /// Finds out what is taken from the scores of a prompt's candidates.
  ///
  /// - Returns: False where the bias of one of them is not known, so that they keep their rewards.
  func prepare(_ refits: inout Refits, of scored: Span<RankedCandidate>) -> Bool {
    refits.shifts.removeAll(keepingCapacity: true)
    for curve in curves {
      for place in scored.indices {
        let length = curve.lengths[scored[place].candidate]
        guard curve.isComplete && !length.isNaN || curve.curve.bias(at: length) != nil else {
          return false
        }
        let bias = curve.replicates.bias(at: length)
        let whole = bias[Lanes.all]
        for group in 0..<Jackknife.groupCount {
          let shift = bias[group] - whole
          refits.shifts.append(curve.factor * (shift.isNaN ? 0 : shift))
        }
      }
    }
    return true
  }
}
