internal import Calibrate
internal import Columns
internal import Ingest
internal import PairBuilder
package import Records
package import Scan
package import Settings
internal import Work

/// Chooses how much of the last bias is removed: as much as brings the pairs to the target.
///
/// What is aimed at is a figure of the pairs that would be selected, in terms of the last
/// characteristic. It is a step function of alpha: it jumps where a prompt takes another pair, and by
/// a lot where many scores tie at alpha 0. Every interval of a grid at whose ends it lies on both
/// sides of the target is halved until it is narrow, from the least alpha on, until one is found as
/// near to the target as an average pair that turns round could bring it.
package struct BalanceStage {
  package let configuration: Configuration
  package let printer: any DiagnosticSink

  /// Where intervals end; close together near 0, where ties break and the figure may turn.
  private static let grid: [Double] =
    [0, 0.002, 0.005, 0.01, 0.015, 0.02, 0.03, 0.04, 0.06, 0.08]
    + stride(from: 2, through: 20, by: 1).map { Double($0) / 20 }
    + [1.1, 1.2, 1.35, 1.5, 1.75, 2, 2.5, 3, 4]
  /// Alphas between those of the grid are multiples of one over this, which are short to write.
  private static let parts = 1e6

  /// The curves with the last one's alpha chosen, if the configuration asks for it.
  package func run(_ scan: InputScan.Result, _ fit: FitStage.Result) throws -> FitStage.Result {
    guard configuration.calibration.characteristics.last?.alpha == nil, let last = fit.curves.last,
      let target = PairFigure(rawValue: configuration.calibration.target.rawValue)
    else { return fit }
    let goal = target == .longerChosen ? 0.5 : configuration.calibration.targetGap
    let search = FigureSearch(configuration, scan, fit, target)
    var trials: [AlphaChoice.Trial] = []
    func trial(_ alpha: Double) throws -> AlphaChoice.Trial {
      let trial = try search.trial(alpha: alpha)
      trials.append(trial)
      return trial
    }
    func distance(_ trial: AlphaChoice.Trial) -> Double { abs(trial.value - goal) }
    func isReached(_ trial: AlphaChoice.Trial) -> Bool { distance(trial) <= trial.grain }

    var lower = try trial(Self.grid[0])
    var chosen = lower
    var jump: (alpha: Double, before: Double, after: Double)?
    for alpha in Self.grid.dropFirst() where !isReached(chosen) {
      let end = try trial(alpha)
      let start = lower
      lower = end
      if distance(end) < distance(chosen) { chosen = end }
      guard (start.value - goal) * (end.value - goal) <= 0 else { continue }
      var (left, right) = (start, end)
      while right.alpha - left.alpha > 1.5 / Self.parts, distance(left) > 0, distance(right) > 0 {
        let alpha = ((left.alpha + right.alpha) / 2 * Self.parts).rounded() / Self.parts
        let middle = try trial(alpha)
        if (left.value - goal) * (middle.value - goal) <= 0 {
          right = middle
        } else {
          left = middle
        }
      }
      for end in [left, right] where distance(end) < distance(chosen) { chosen = end }
      if !isReached(left), !isReached(right), jump == nil {
        jump = (right.alpha, left.value, right.value)
      }
    }
    var result = fit
    result.fitted[result.fitted.count - 1].curve = last.removed(alpha: chosen.alpha)
    let balance = AlphaChoice(
      target: target, goal: goal, value: chosen.value, trials: trials,
      isReached: isReached(chosen), jump: isReached(chosen) ? nil : jump)
    result.balance = balance
    if !balance.isReached { warn(of: balance, alpha: chosen.alpha, last.characteristic) }
    return result
  }

  private func warn(of balance: AlphaChoice, alpha: Double, _ name: String) {
    let last = Quantity.decimal(Self.grid[Self.grid.count - 1], places: 0)
    let target = balance.target
    let why =
      balance.jump.map {
        ": at alpha \(Quantity.decimal($0.alpha, places: 4)) it jumps from "
          + "\(target.text($0.before)) to \(target.text($0.after))"
      } ?? ""
    let remedy =
      configuration.calibration.scope == .global
      ? "calibration.scope: within_prompt removes what rewards have in common with "
        + "\(name) inside prompts; or "
      : ""
    let other = target == .longerChosen ? "calibration.target" : "calibration.target_gap"
    printer.report(
      Diagnostic(
        .warning,
        "no alpha from 0 to \(last) brings the \(target.title) of \(name) to "
          + "\(target.text(balance.goal))\(why); alpha \(Quantity.decimal(alpha, places: 4)) "
          + "comes nearest with \(target.text(balance.value))",
        hint: remedy + "set another \(other), or alpha to a number",
        code: "target_gap_missed"))
  }
}

/// What the pairs come to that some alpha of the last curve gives.
private struct FigureSearch {
  private let scan: InputScan.Result
  private let pairs: Configuration.Pairs
  private let selection: PromptSelection
  private let curves: [BiasCurve]
  private let target: PairFigure
  private let threads: Int

  init(
    _ configuration: Configuration, _ scan: InputScan.Result, _ fit: FitStage.Result,
    _ target: PairFigure
  ) {
    self.scan = scan
    curves = fit.curves
    self.target = target
    threads = configuration.threadCount
    pairs = configuration.pairs
    selection = PromptSelection(configuration, scan, biasShares: fit.biasShares)
  }

  /// 0 where no prompt gives a pair.
  func trial(alpha: Double) throws -> AlphaChoice.Trial {
    let table = scan.table
    let number = curves.count - 1
    let scores = FinalScores(
      scan, curves: curves.dropLast() + [curves[number].removed(alpha: alpha)])
    let bounded = selection.bounded(
      try MarginBounds(pairs) {
        try selection.margins(scan, scores: scores, threads: threads)
      })
    let parts = Concurrent.map(
      Array(stride(from: 0, to: table.promptCount, by: Self.partSize)), threads: threads
    ) { first in
      Result<Part, any Error> {
        try part(
          of: first..<min(first + Self.partSize, table.promptCount), scores, bounded)
      }
    }
    var whole = Part()
    for part in parts { whole.merge(try part.get()) }
    // Not by the largest: lengths have long tails, and one huge pair would let anything pass.
    let count = Double(whole.moments.count)
    return AlphaChoice.Trial(
      alpha: alpha, value: whole.moments.mean,
      grain: count > 0 ? 2 * whole.extent / count / count : 0)
  }

  /// What the pairs of some prompts come to.
  private struct Part {
    var moments = StreamingMoments()
    /// The sum of how far the pairs' values lie from 0.
    var extent = 0.0

    mutating func merge(_ other: Part) {
      moments.merge(other.moments)
      extent += other.extent
    }
  }

  /// Prompts that one thread works on at a time; a part of the result, as sums are rounded.
  private static let partSize = 1 << 14

  private func part(
    of prompts: Range<Int>, _ scores: FinalScores, _ selection: PromptSelection
  ) throws -> Part {
    let table = scan.table
    let lengths = table.measures[curves.count - 1]
    var part = Part()
    for start in stride(
      from: prompts.lowerBound, to: prompts.upperBound, by: RankedCandidateBlock.size)
    {
      let end = min(start + RankedCandidateBlock.size, prompts.upperBound)
      let block = selection.candidates(
        of: (start..<end).lazy.filter { table.drop(ofPrompt: $0) == nil })
      let scored = block.scored(scores)
      for (place, prompt) in block.prompts.enumerated() {
        let candidates = scored.span.extracting(block.members(of: place))
        guard case .pairs(let choices) = try selection.outcome(of: prompt, among: candidates)
        else { continue }
        for choice in choices {
          let value = target.value(lengths[choice.chosen], lengths[choice.rejected])
          part.moments.add(value)
          part.extent += abs(value)
        }
      }
    }
    return part
  }
}
