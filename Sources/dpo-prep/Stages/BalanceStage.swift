internal import Calibrate
internal import Columns
internal import Ingest
internal import PairBuilder
internal import Records
internal import Scan
internal import Settings

/// Chooses how much of the last bias is removed: as much as brings the pairs to the target gap.
///
/// The gap is the mean of chosen − rejected over the pairs that would be selected, in units of the
/// last characteristic. It is a step function of alpha and falls on the whole, so the first
/// interval of a coarse grid at whose ends it lies on both sides of the target is halved until it
/// is narrow.
struct BalanceStage {
  /// How an alpha was chosen.
  struct Balance {
    var target: Double
    /// The gap that the chosen alpha gives.
    var gap: Double
    /// Every alpha that was tried with its gap, in the order of trial.
    var trials: [(alpha: Double, gap: Double)]
    /// Whether the gap lies on both sides of the target between neighbouring alphas.
    var isReached: Bool
  }

  let configuration: Configuration
  let printer: any DiagnosticSink

  /// Where the search begins; beyond the last more is removed than any bias could be.
  private static let grid = [0.0, 0.25, 0.5, 0.75, 1, 1.5, 2, 3, 4]
  /// Alphas this near to one another are as good.
  private static let precision = 0x1p-14

  /// The curves with the last one's alpha chosen, if the configuration asks for it.
  func run(_ scan: InputScan.Result, _ fit: FitStage.Result) throws -> FitStage.Result {
    guard configuration.calibration.characteristics.last?.alpha == nil, let last = fit.curves.last
    else { return fit }
    let target = configuration.calibration.targetGap
    let search = GapSearch(configuration, scan, fit.curves)
    var trials: [(alpha: Double, gap: Double)] = []
    func gap(_ alpha: Double) throws -> Double {
      let gap = try search.gap(alpha: alpha)
      trials.append((alpha, gap))
      return gap
    }
    func distance(_ trial: (alpha: Double, gap: Double)) -> Double { abs(trial.gap - target) }

    var lower = (alpha: Self.grid[0], gap: try gap(Self.grid[0]))
    var upper: (alpha: Double, gap: Double)?
    for alpha in Self.grid.dropFirst() {
      let trial = (alpha: alpha, gap: try gap(alpha))
      if (lower.gap - target) * (trial.gap - target) <= 0 {
        upper = trial
        break
      }
      lower = trial
    }
    var result = fit
    var chosen = trials.min { distance($0) < distance($1) } ?? lower
    if var upper {
      while upper.alpha - lower.alpha > Self.precision {
        let middle = (lower.alpha + upper.alpha) / 2
        let trial = (alpha: middle, gap: try gap(middle))
        if (lower.gap - target) * (trial.gap - target) <= 0 {
          upper = trial
        } else {
          lower = trial
        }
      }
      chosen = distance(lower) <= distance(upper) ? lower : upper
    }
    result.fitted[result.fitted.count - 1].curve = last.removed(alpha: chosen.alpha)
    let balance = Balance(
      target: target, gap: chosen.gap, trials: trials, isReached: upper != nil)
    result.balance = balance
    if !balance.isReached { warn(of: balance, alpha: chosen.alpha, last.characteristic) }
    return result
  }

  private func warn(of balance: Balance, alpha: Double, _ name: String) {
    printer.report(
      Diagnostic(
        .warning,
        "no alpha from 0 to \(Quantity.decimal(Self.grid[Self.grid.count - 1], places: 0)) brings "
          + "the mean gap of \(name) to \(Quantity.decimal(balance.target, places: 1)); alpha "
          + "\(Quantity.decimal(alpha, places: 2)) comes nearest with "
          + Quantity.signed(balance.gap, places: 1),
        hint: "calibration.scope: within_prompt removes what rewards have in common with "
          + "\(name) inside prompts; or set another calibration.target_gap",
        code: "target_gap_missed"))
  }
}

/// The mean gap of the pairs that some alpha of the last curve gives.
private struct GapSearch {
  private let scan: InputScan.Result
  private let selection: PromptSelection
  private let curves: [BiasCurve]

  init(_ configuration: Configuration, _ scan: InputScan.Result, _ curves: [BiasCurve]) {
    self.scan = scan
    self.curves = curves
    selection = PromptSelection(configuration, scan)
  }

  /// 0 where no prompt gives a pair.
  func gap(alpha: Double) throws -> Double {
    let table = scan.table
    let number = curves.count - 1
    let scores = FinalScores(
      scan, curves: curves.dropLast() + [curves[number].removed(alpha: alpha)])
    var moments = StreamingMoments()
    for prompt in 0..<table.promptCount where table.drop(ofPrompt: prompt) == nil {
      let candidates = selection.candidates(of: prompt)
      guard
        case .pairs(let choices) = try selection.outcome(
          of: prompt, among: candidates, score: { scores[$0] })
      else { continue }
      for choice in choices {
        moments.add(table.lengths[number][choice.chosen] - table.lengths[number][choice.rejected])
      }
    }
    return moments.mean
  }
}
