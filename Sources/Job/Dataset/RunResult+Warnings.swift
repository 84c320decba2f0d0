internal import Curves
internal import PairBuilder
internal import Records
internal import Settings

extension RunResult {
  /// If the best or the worst reward of more prompts than this is tied, ties make the pairs.
  private static var manyTies: Double { 0.5 }

  /// Warnings where calibration turned a preference for length round, or made one stronger; each only
  /// where the interval of the figure says so.
  var figureWarnings: [Diagnostic] {
    guard let intervals, !fit.curves.isEmpty else { return [] }
    return [
      Departure(before.withinPrompt, after.withinPrompt, intervals.after[.withinPrompt])
        .map(correlationWarning),
      Departure(plan.before.preference, plan.after.preference, intervals.after[.preference])
        .map(pairWarning),
    ].compactMap(\.self)
  }

  /// How a figure, 0 without a preference for length, left 0.
  private struct Departure {
    enum Kind { case turned, stronger }

    let kind: Kind
    let interval: ClosedRange<Double>

    /// Nil where the interval does not say that the figure is on the other side of 0 than before, or
    /// farther from it.
    init?(_ before: Double?, _ after: Double?, _ interval: ClosedRange<Double>?) {
      guard let before, let after, let interval, !interval.contains(0) else { return nil }
      self.interval = interval
      if before * after < 0 {
        kind = .turned
      } else if min(abs(interval.lowerBound), abs(interval.upperBound)) > abs(before) {
        kind = .stronger
      } else {
        return nil
      }
    }
  }

  private func correlationWarning(_ departure: Departure) -> Diagnostic {
    func text(_ value: Double?) -> String { Quantity.signed(value, places: 2) }
    let name = configuration.calibration.characteristics[0].measure.name
    return Diagnostic(
      .warning,
      "calibration moved the correlation of score and \(name) within prompts from "
        + "\(text(before.withinPrompt)) to \(text(after.withinPrompt)) (95 % interval "
        + "\(text(departure.interval.lowerBound)) to \(text(departure.interval.upperBound)))",
      hint: hint(departure),
      code: departure.kind == .turned ? "overcorrected" : "worse_within_prompts")
  }

  private func pairWarning(_ departure: Departure) -> Diagnostic {
    // Of a preference p the longer is chosen in (1 + p) / 2 of the pairs, equal ones by half.
    func text(_ preference: Double?) -> String { Quantity.percent(preference.map { ($0 + 1) / 2 }) }
    return Diagnostic(
      .warning,
      "calibration moved the share of pairs whose chosen answer is the longer from "
        + "\(text(plan.before.preference)) to \(text(plan.after.preference)) (95 % interval "
        + "\(text(departure.interval.lowerBound)) to \(text(departure.interval.upperBound)), pairs "
        + "of equal length by half)",
      hint: hint(departure),
      code: departure.kind == .turned ? "overcorrected_pairs" : "worse_pairs")
  }

  private func hint(_ departure: Departure) -> String {
    if configuration.calibration.curve == nil, configuration.calibration.scope == .global,
      configuration.calibration.method != .penalty
    {
      return "prompts differ in length and in difficulty, which one curve over all candidates "
        + "confuses; set calibration.scope: within_prompt"
    }
    if let rewards = fit.population?.rewards, departure.kind == .turned,
      configuration.calibration.transform == .none, rewards.minimum >= 0, rewards.maximum <= 1,
      (plan.tiesBefore.share ?? 0) <= Self.manyTies
    {
      return
        "rewards from 0 to 1 lie close together near their ends, where the same bias moves more "
        + "answers past each other; set calibration.transform: logit"
    }
    return switch departure.kind {
    case .turned where (plan.tiesBefore.share ?? 0) > Self.manyTies:
      "rewards that tie are ranked by what is removed, however small alpha is; finer scores, or the "
        + "mean of several judgements, tie less"
    case .turned: "too much is removed: a smaller alpha of the characteristic removes less"
    case .stronger: "the bias that is removed is not that of these rewards; fit a curve on them"
    }
  }
}
