internal import Records
internal import Report
internal import Settings

/// The variants of a sweep at a glance: every figure over the values of one setting, with a line for each
/// combination of the others; over the numbers of the variants where these are too many.
struct SweepCharts {
  /// Variants that one line goes through.
  private struct Series {
    var label: String
    var ink: SeriesColor
    var places: [(x: Double, figures: SweepFigures)] = []
  }

  private let x: Axis
  private let series: [Series]

  private static let inks: [SeriesColor] = [.after, .curve, .chosen, .rejected]
  /// What goes below an axis without running into each other.
  private static let mostCharacters = 56
  private static let mostNames = 12

  init(_ result: SweepResult) {
    let over = result.axes.indices.filter { axis in
      let names = result.axes[axis].values.map(\.flowText)
      let others = result.outcomes.count / names.count
      return names.count > 1 && names.count <= Self.mostNames && others <= Self.inks.count
        && names.reduce(0, { $0 + $1.count + 2 }) <= Self.mostCharacters
    }.max { result.axes[$0].values.count < result.axes[$1].values.count }
    guard let over else {
      let last = Double(result.outcomes.count)
      x = Axis("variant", Extent(0.5, last + 0.5))
      var all = Series(label: "after", ink: .after)
      for outcome in result.outcomes {
        if let figures = outcome.figures {
          all.places.append((Double(outcome.variant.number), figures))
        }
      }
      series = [all]
      return
    }
    let names = result.axes[over].values.map(\.flowText)
    x = Axis(result.axes[over].key, Extent(0.5, Double(names.count) + 0.5), .names(names))
    var lines: [Series] = []
    for outcome in result.outcomes {
      let others = zip(result.axisNames, outcome.variant.values).enumerated()
        .filter { $0.offset != over }.map { "\($0.element.0) \($0.element.1.flowText)" }
      let label = others.isEmpty ? "after" : others.joined(separator: ", ")
      if !lines.contains(where: { $0.label == label }) {
        lines.append(Series(label: label, ink: Self.inks[lines.count]))
      }
      guard let figures = outcome.figures,
        let line = lines.firstIndex(where: { $0.label == label }),
        let place = result.axes[over].values.firstIndex(of: outcome.variant.values[over])
      else { continue }
      lines[line].places.append((Double(place + 1), figures))
    }
    // Beside each other, not one over the other.
    for number in lines.indices {
      let shift = (Double(number) - Double(lines.count - 1) / 2) * 0.07
      for place in lines[number].places.indices { lines[number].places[place].x += shift }
    }
    series = lines
  }

  var charts: [Chart?] {
    [
      chart("Longer answer chosen", "share of pairs", .percent, rule: 0.5, \.longerChosen),
      chart("Mean length gap", "chosen − rejected", .number, rule: 0, \.meanGap),
      chart(
        "Correlation within prompts", "Spearman of score and length", .number, rule: 0,
        \.withinPrompt),
      chart("Pairs of variant 1", "share that is the same", .percent, rule: 1) { figures in
        SweepFigures.Change(after: figures.samePairs?.share)
      },
    ]
  }

  /// Nil where no variant has the figure.
  private func chart(
    _ title: String, _ label: String, _ format: Axis.Format, rule: Double,
    _ figure: (SweepFigures) -> SweepFigures.Change
  ) -> Chart? {
    var layers: [Layer] = []
    var values = [rule]
    var former: [Point] = []
    for place in series.flatMap(\.places) {
      // Mostly the lines have it in common.
      let middle = place.x.rounded()
      guard let before = figure(place.figures).before,
        !former.contains(where: { $0.x == middle && $0.y == before })
      else { continue }
      former.append(Point(x: middle, y: before))
    }
    if !former.isEmpty {
      layers.append(.marks(former, .before, .cross, label: "before"))
      values += former.map(\.y)
    }
    var hasValues = false
    for line in series {
      let dots = line.places.compactMap { place -> Layer.Interval? in
        let change = figure(place.figures)
        return change.after.map { after in
          Layer.Interval(
            x: place.x, y: after, lower: change.interval?.lowerBound ?? after,
            upper: change.interval?.upperBound ?? after)
        }
      }
      hasValues = hasValues || !dots.isEmpty
      values += dots.flatMap { [$0.lower, $0.upper] }
      layers.append(.dots(dots, line.ink, label: line.label))
    }
    guard hasValues, let least = values.min(), let most = values.max() else { return nil }
    return Chart(
      title, x: x, y: Axis(label, Extent(least, most).widened(by: 0.06), format),
      layers: [.rule(rule)] + layers)
  }
}
