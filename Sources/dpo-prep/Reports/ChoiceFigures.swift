internal import Calibrate
internal import Records
internal import Report

/// Why `frac` and `alpha` are what they are, where the configuration leaves them open.
struct ChoiceFigures {
  let fit: FitStage.Result

  var charts: [Chart?] {
    fit.fitted.map { fitted in
      fitted.smoothing.flatMap { chart(of: $0, fitted.curve.characteristic) }
    } + [fit.balance.flatMap(chart)]
  }

  private func chart(of choice: SmoothingChoice, _ name: String) -> Chart? {
    let trials = choice.trials.filter(\.score.isFinite)
    let scores = trials.map(\.score)
    guard let least = scores.min(), let most = scores.max() else { return nil }
    let chosen = trials.filter { $0.frac == choice.frac }
    let worth = Quantity.decimal(chosen.first?.effectiveParameters ?? 0, places: 1)
    return Chart(
      "Choice of frac for \(name)",
      note: "Generalised cross-validation, n · RSS / (n − p)²; the least wins. At frac "
        + "\(choice.frac) the curve is worth p = \(worth) parameters.",
      x: Axis("frac", Extent(0, 1)),
      y: Axis("GCV", Extent(least, most).widened(by: 0.1)),
      layers: [
        .line(trials.map { Point(x: $0.frac, y: $0.score) }, .after, label: "GCV"),
        .dots(
          chosen.map { .init(Point(x: $0.frac, y: $0.score)) }, .curve, label: "chosen"),
      ])
  }

  private func chart(of balance: BalanceStage.Balance) -> Chart? {
    guard let curve = fit.curves.last else { return nil }
    let trials = balance.trials.sorted { $0.alpha < $1.alpha }
    let gaps = trials.map(\.gap) + [balance.target]
    guard let least = gaps.min(), let most = gaps.max(), let end = trials.last?.alpha else {
      return nil
    }
    return Chart(
      "Choice of alpha for \(curve.characteristic)",
      note: "The mean of chosen − rejected over the pairs that each alpha would give; "
        + "the dotted line is the target.",
      x: Axis("alpha", Extent(0, end)),
      y: Axis("mean gap", Extent(least, most).widened(by: 0.1)),
      layers: [
        .rule(balance.target),
        .line(trials.map { Point(x: $0.alpha, y: $0.gap) }, .after, label: "mean gap"),
        .dots(
          [.init(Point(x: curve.alpha, y: balance.gap))], .curve, label: "chosen"),
      ])
  }
}
