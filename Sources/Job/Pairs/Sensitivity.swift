internal import Calibrate
internal import Columns
internal import PairBuilder
internal import Records
package import Scan
package import Settings

/// What the pairs would be with another alpha or the other scope.
///
/// The data alone cannot tell which is right. See docs/calibration.md, "Sensitivity".
package struct Sensitivity: Sendable {
  /// Another way to calibrate, and what comes of it.
  package struct Variant: Sendable {
    package let alpha: Double?
    package let scope: Configuration.Calibration.Scope
    /// The share of prompts with pairs that have the same pairs this way.
    package let samePairs: Double
    package let figures: FigureSums
  }

  /// All of the used curves with alpha 0, 0.5 and 1.
  package let alphas: [Variant]
  /// A curve of the other scope with the used alphas; nil where the method has no scope.
  package let otherScope: Variant?
  /// Nil where no curve was fitted here.
  package let slopes: PromptSlopes?
  /// How many prompts tell this, and whether they are a part of all.
  package let prompts: Int
  package let isPart: Bool

  package init(
    _ configuration: Configuration, _ selections: PromptSelections, _ scan: InputScan.Result,
    _ fit: FitStage.Result, sample: PromptSample
  ) throws {
    let calibration = configuration.calibration
    let scope = calibration.scope
    let hasScope =
      calibration.curve == nil && (calibration.method == .lwr || calibration.method == .mean)
    let other =
      hasScope
      ? OtherScope(configuration, scan, fit, sample: sample).curves : nil
    let levels = scan.table.measures.map(\.levels)
    let used = Calibrator(curves: fit.curves, levels: levels)
    let ways =
      [used] + [0, 0.5, 1].map { alpha in used.removed(alphas: fit.curves.map { _ in alpha }) }
      + (other.map { [Calibrator(curves: $0, levels: levels)] } ?? [])
    let within = scope == .global ? other?.first : fit.curves.first
    let sums = try Self.sums(
      ways, within: hasScope ? within : nil, selections, scan, sample,
      threads: configuration.threadCount)
    func variant(_ way: Int, alpha: Double?, scope: Configuration.Calibration.Scope) -> Variant {
      Variant(
        alpha: alpha, scope: scope,
        samePairs: Double(sums.ways[way].same) / Double(sums.ways[0].same),
        figures: sums.ways[way].figures)
    }
    alphas = [0, 0.5, 1].enumerated().map { variant($0 + 1, alpha: $1, scope: scope) }
    otherScope = other.map { _ in
      variant(4, alpha: nil, scope: scope == .global ? .withinPrompt : .global)
    }
    slopes = hasScope ? PromptSlopes(sums.slopes) : nil
    prompts = sample.prompts.count
    isPart = sample.isPart
  }

  private struct Sums: Sendable {
    /// By way to calibrate, the used one first: the figures, and how many prompts have its pairs.
    var ways: [(figures: FigureSums, same: Int)]
    /// By group of prompts.
    var slopes = [PromptSlopes.Sums](repeating: .init(), count: Jackknife.groupCount)
  }

  private static func sums(
    _ ways: [Calibrator], within: BiasCurve?, _ selections: PromptSelections,
    _ scan: InputScan.Result, _ sample: PromptSample, threads: Int
  ) throws -> Sums {
    let table = scan.table
    let groups = table.jackknifeGroups
    let middle =
      table.primary.levels.reduce(0, +) / Double(max(1, table.primary.levels.count))
    let none = Sums(ways: ways.map { _ in (FigureSums(), 0) })
    // Without a bias nothing is taken.
    let biases = within.map { $0.table(for: table.primary.levels) }
    let codes = table.primary.codes
    let scores = ways.map { CalibratedRewards(table, $0) }
    let parts = try sample.map(threads: threads) { prompts in
      var sums = none
      let block = selections.after.candidates(of: prompts)
      let ways = scores.map { way in block.candidates.scored { way[$0.candidate] } }
      var correlation = LengthCorrelation()
      for (place, prompt) in block.prompts.enumerated() {
        let members = block.members(of: place)
        let rewarded = block.candidates.span.extracting(members)
        correlation.start(rewarded)
        let former = try selections.before.outcome(of: prompt, among: rewarded)
        var used: PairSelector.Outcome?
        for number in ways.indices {
          let hasScores = members.allSatisfy { ways[number][$0].score.isFinite }
          let candidates = hasScores ? ways[number] : block.candidates
          let scored = candidates.span.extracting(members)
          let outcome = try selections.after.outcome(of: prompt, among: scored)
          sums.ways[number].figures.add(
            outcome, former: former, of: scored,
            correlation: correlation.correlation(with: scored))
          if number == 0 { used = outcome }
          if case .pairs = used, outcome == used { sums.ways[number].same += 1 }
        }
        sums.slopes[Int(groups[prompt])].add(
          block.candidates[members].map { entry in
            let bias = biases?[Int(codes[entry.candidate])] ?? 0
            return (
              entry.length - middle, entry.score,
              entry.score - (bias.isNaN ? 0 : bias)
            )
          })
      }
      return sums
    }
    return parts.reduce(none) { total, part in
      var total = total
      for number in total.ways.indices {
        total.ways[number].figures = total.ways[number].figures + part.ways[number].figures
        total.ways[number].same += part.ways[number].same
      }
      for group in total.slopes.indices {
        total.slopes[group] = total.slopes[group] + part.slopes[group]
      }
      return total
    }
  }
}

/// Curves of the scope that is not used, fitted to a sample of the prompts.
private struct OtherScope {
  /// With the alphas that are used.
  let curves: [BiasCurve]?

  init(
    _ configuration: Configuration, _ scan: InputScan.Result, _ fit: FitStage.Result,
    sample: PromptSample
  ) {
    var configuration = configuration
    configuration.calibration.frac =
      fit.fitted.first?.smoothing?.frac ?? configuration.calibration.frac
    configuration.calibration.scope =
      configuration.calibration.scope == .global ? .withinPrompt : .global
    guard configuration.calibration.method != .none else {
      curves = nil
      return
    }
    let table = scan.table
    var candidates: [Int] = []
    var prompts: [UInt32] = []
    let models = ModelNames(configuration.calibration, scan, SilentSink())?.column
    var modelCodes: [UInt32] = []
    for (number, prompt) in sample.prompts.enumerated() {
      let group = scan.groups[prompt]
      for place in group.indices {
        candidates.append(Int(group[place]))
        if let models { modelCodes.append(models.codes[place]) }
        prompts.append(UInt32(number))
      }
    }
    let characteristics = zip(fit.curves, table.measures).map { curve, lengths in
      SequentialCalibration.Characteristic(
        name: curve.characteristic, alpha: curve.alpha, levels: lengths.levels,
        codes: candidates.map { lengths.codes[$0] })
    }
    curves = FitStage(configuration: configuration, printer: SilentSink()).curves(
      of: characteristics, rewards: candidates.map { table.rewards[$0] },
      prompts: PromptColumn(
        codes: prompts, count: sample.prompts.count,
        models: models.map { ModelColumn(codes: modelCodes, count: $0.count) })
    ).map(\.curve)
  }
}
