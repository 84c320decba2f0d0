internal import Calibrate
internal import Columns
package import Records
package import Scan
package import Settings

/// What the user should know of rewards that leave a curve little to show.
package struct FitNotes {
  package private(set) var diagnostics: [Diagnostic] = []

  /// With so few different rewards most answers tie, and medians of residuals say little.
  private static let fewValues = 4
  /// Where there are fewer candidates for each value, that there are few is no wonder.
  private static let manyCandidates = 4
  /// Differences of rewards and of a curve below this part of the rewards' width are rounding.
  private static let rounding = 1e-9
  /// Where more of a curve rests on few candidates, lines meet them whatever they are.
  private static let fewCandidates = 0.5
  /// Rewards lie on a curve if no more than this part of them does not.
  private static let exceptions = 0.05

  /// Rewards that are so many interquartile ranges from the others are no judgements.
  private static let extreme = 1e4

  package init(
    _ scan: InputScan.Result, _ fit: FitStage.Result, _ calibration: Configuration.Calibration
  ) {
    guard !fit.curves.isEmpty else { return }
    let table = scan.table
    let rawRewards = table.rawRewards
    var values: Set<Double> = []
    var count = 0
    var (least, most) = (Double.infinity, -Double.infinity)
    for candidate in 0..<table.candidateCount {
      let reward = table.rewards[candidate]
      guard !reward.isNaN else { continue }
      count += 1
      least = min(least, reward)
      most = max(most, reward)
      if values.count <= Self.fewValues { values.insert(rawRewards[candidate]) }
    }
    guard !values.isEmpty else { return }
    if values.count <= Self.fewValues, count >= Self.manyCandidates * values.count {
      diagnostics.append(
        Diagnostic(
          .warning,
          values.count == 1
            ? "all rewards are the same" : "rewards take only \(values.count) different values",
          hint: "most answers tie, and what length does to such rewards can hardly be seen; finer "
            + "scores, or the mean of several judgements, say more",
          code: "few_reward_values"))
    }
    let absurd = fit.fitted.map(\.absurdRewards).max() ?? 0
    let quartiles = OrderStatistics.quantiles([0.25, 0.75], of: table.rewards)
    let spread = quartiles[1] - quartiles[0]
    let isExtreme =
      spread > 0 && max(quartiles[0] - least, most - quartiles[1]) > Self.extreme * spread
    if isExtreme || absurd > 0 {
      func text(_ reward: Double) -> String { Quantity.significant(reward, digits: 6) }
      let reach =
        "rewards reach from \(text(least)) to \(text(most)), and half of them lie between "
        + "\(text(quartiles[0])) and \(text(quartiles[1])): "
      diagnostics.append(
        Diagnostic(
          .warning,
          reach
            + (absurd > 0
              ? "curves were fitted without \(Quantity.count(absurd)) of them, absurdly far from the "
                + "others, which are still paired by their scores"
              : "scores follow those that are so far away, and so do curves fitted to them"),
          hint: "set rewards that stand for a failed judgement to null, which leaves the answers "
            + "out; calibration.transform: rank compares by order alone",
          code: "extreme_rewards"))
    }
    // What else the curve shows is made of those.
    guard !isExtreme || absurd > 0 else { return }
    let judged = RewardSpread(of: table.rewards)
    let rounding = max(Self.rounding * judged.width, 4 * judged.median.ulp)
    var removed: [Removal] = []
    for (fitted, lengths) in zip(fit.fitted, table.measures) {
      let bias = Removal(fitted.curve, lengths)
      let isExact = Self.agree(
        scan.groups, candidates: table.candidateCount, whole: fitted.convergence == nil,
        rounding: rounding
      ) { candidate in
        removed.reduce(table.rewards[candidate] - bias.bias(of: candidate)) {
          $0 - $1.alpha * $1.bias(of: candidate)
        }
      }
      add(
        fitted, isExact: isExact, rounding: rounding,
        // That all are the same is reported already.
        canBend: values.count > 1, passes: calibration.curve == nil ? calibration.passes : 0)
      removed.append(bias)
    }
  }

  /// The bias of every candidate by a curve.
  private struct Removal {
    let alpha: Double
    private let biases: [Double]
    private let lengths: LevelColumn

    init(_ curve: BiasCurve, _ lengths: LevelColumn) {
      alpha = curve.alpha
      biases = lengths.levels.map { curve.bias(at: $0) ?? .nan }
      self.lengths = lengths
    }

    func bias(of candidate: Int) -> Double { biases[Int(lengths.codes[candidate])] }
  }

  /// Whether nearly all candidates have the same rest as others: of their prompt, or of none.
  ///
  /// - Parameter whole: Whether the rest is to be nothing, whatever the prompt.
  private static func agree(
    _ groups: CandidateGroups, candidates: Int, whole: Bool, rounding: Double,
    _ rest: (Int) -> Double
  ) -> Bool {
    var (seen, off) = (0, 0)
    for group in 0..<groups.count {
      let rests = groups[group].map { rest(Int($0)) }.filter { !$0.isNaN }
      guard whole || rests.count > 1 else { continue }
      let level = whole ? 0 : rests.sorted()[rests.count / 2]
      seen += rests.count
      off += rests.count { abs($0 - level) > rounding }
      // Mostly the first prompts show it.
      if Double(off) > exceptions * Double(candidates) { return false }
    }
    return seen > 0 && Double(off) <= exceptions * Double(seen)
  }

  /// - Parameters:
  ///   - canBend: Whether rewards differ.
  ///   - passes: The robust passes that the curve had.
  private mutating func add(
    _ fitted: FittedCurve, isExact: Bool, rounding: Double, canBend: Bool, passes: Int
  ) {
    let name = fitted.curve.characteristic
    let biases = fitted.curve.knots.compactMap(\.bias)
    guard biases.count > 1, let least = biases.min(), let most = biases.max() else { return }
    if most - least <= rounding {
      guard canBend else { return }
      diagnostics.append(
        Diagnostic(
          .warning,
          "the curve of \(name) is flat, so nothing is removed",
          hint: passes == 0
            ? nil
            : "where many rewards are the same, robust passes take the others for outliers; set "
              + "calibration.iterations: 0",
          code: "flat_curve"))
    } else if (fitted.support?.weakShare ?? 0) < Self.fewCandidates,
      isExact || hasNoWidth(fitted, rounding: rounding)
    {
      diagnostics.append(
        Diagnostic(
          .warning,
          "the rewards lie on the curve of \(name), so its band has no width",
          hint: "rewards look as if they were computed from \(name)",
          code: "zero_width_band"))
    }
  }

  /// Whether every group of prompts gives the same curve.
  private func hasNoWidth(_ fitted: FittedCurve, rounding: Double) -> Bool {
    guard let support = fitted.support, support.places.count > 1, support.reference != nil else {
      return false
    }
    return support.places.allSatisfy { $0.halfWidth <= rounding }
  }
}
