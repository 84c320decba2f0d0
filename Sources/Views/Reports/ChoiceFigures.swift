internal import Calibrate
internal import Job
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
    let trials = choice.trials
    let errors = trials.map(\.error)
    guard let least = errors.min(), let most = errors.max() else { return nil }
    let chosen = trials.filter { $0.frac == choice.frac }
    return Chart(
      "Choice of frac for \(name)",
      note: "The mean squared error of the rewards of prompts that were left out; the least wins. "
        + "From \(choice.asGood.lowerBound) to \(choice.asGood.upperBound) it is as good up to noise.",
      x: Axis("frac", Extent(0, 1)),
      y: Axis("error", Extent(least, most).widened(by: 0.1)),
      layers: [
        .line(trials.map { Point(x: $0.frac, y: $0.error) }, .after, label: "error"),
        .dots(
          chosen.map { .init(Point(x: $0.frac, y: $0.error)) }, .curve, label: "chosen"),
      ])
  }

  private func chart(of balance: AlphaChoice) -> Chart? {
    guard let curve = fit.curves.last else { return nil }
    let trials = balance.trials.sorted { $0.alpha < $1.alpha }
    let gaps = trials.map(\.value) + [balance.goal]
    guard let least = gaps.min(), let most = gaps.max(), let end = trials.last?.alpha else {
      return nil
    }
    return Chart(
      "Choice of alpha for \(curve.characteristic)",
      note: "The \(balance.target.title) of the pairs that each alpha would give; "
        + "the dotted line is where it should be.",
      x: Axis("alpha", Extent(0, end)),
      y: Axis(balance.target.title, Extent(least, most).widened(by: 0.1)),
      layers: [
        .rule(balance.goal),
        .line(trials.map { Point(x: $0.alpha, y: $0.value) }, .after, label: balance.target.title),
        .dots(
          [.init(Point(x: curve.alpha, y: balance.value))], .curve, label: "chosen"),
      ])
  }
}
