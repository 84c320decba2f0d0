internal import Records
internal import Settings
internal import Terminal
internal import Text

extension SweepResult {
  /// What is printed for people.
  ///
  /// - Parameter width: the columns of the terminal; nil where lines may be of any length.
  package func text(width: Int?) -> String {
    let made = outcomes.filter { $0.figures != nil }
    var lines = [
      Quantity.count(outcomes.count, "variant")
        + (made.count < outcomes.count ? ", \(outcomes.count - made.count) failed" : "")
        + ", \(scans == 1 ? "1 scan" : "\(scans) scans") of the input; "
        + "\(Quantity.decimal(seconds, places: 2)) s"
    ]
    if writesData, let first = made.first, let last = made.last {
      lines.append(
        "Datasets: \(first.folder)"
          + (made.count > 1 ? " … \(last.folder)" : ""))
    }
    return (lines.flatMap { $0.wrapped(width: width ?? .max) }).joined(separator: "\n") + "\n\n"
      + table.text(width: width) + "\n"
      + Self.legend.wrapped(width: width ?? .max).map { $0 + "\n" }.joined()
  }

  /// What the table's figures are.
  static let legend =
    "longer chosen: before → after, with its 95 % interval; mean gap: chosen - rejected "
    + "length; correlation: of score and length within "
    + "prompts; same: of the pairs of variant 1; tied: prompts whose best or worst score is"

  private var table: TextTable {
    var table = TextTable(
      [.figure] + axes.map { Self.isText($0) ? .name : .figure } + [.figure], hasHeader: true)
    table.add(["#"] + axisNames + SweepFigures.titles)
    for outcome in outcomes {
      table.add(
        [String(outcome.variant.number)] + outcome.variant.values.map(\.flowText)
          + outcome.cells)
    }
    return table
  }

  /// Whether a setting's values are not all numbers.
  private static func isText(_ axis: Sweep.Axis) -> Bool {
    !axis.values.allSatisfy {
      switch $0 {
      case .int, .double: true
      default: false
      }
    }
  }
}

extension SweepResult.Outcome {
  /// The figures in words, below ``SweepFigures/titles``.
  package var cells: [String] {
    figures?.cells ?? ["failed"] + SweepFigures.titles.dropFirst().map { _ in "–" }
  }
}

extension SweepFigures {
  /// What stands over ``cells``.
  static let titles = [
    "pairs", "dropped", "longer chosen", "mean gap", "correlation", "same", "tied",
    "warnings",
  ]

  /// The figures in words.
  package var cells: [String] {
    let interval = longerChosen.interval.map {
      " [\(Self.percent($0.lowerBound)), \(Self.percent($0.upperBound))]"
    }
    return [
      Quantity.count(pairs), Quantity.count(promptsDropped),
      "\(Self.percent(longerChosen.before)) → \(Quantity.percent(longerChosen.after))"
        + (interval ?? ""),
      Quantity.signed(meanGap.after, places: 1), Quantity.signed(withinPrompt.after, places: 3),
      samePairs.map { Quantity.percent($0.share) } ?? "–", Quantity.percent(ties.after),
      Quantity.count(warnings),
    ]
  }

  /// A share without its sign.
  private static func percent(_ share: Double?) -> Substring {
    Quantity.percent(share).prefix { $0 != " " }
  }
}
