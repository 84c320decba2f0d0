internal import Records
internal import Settings

extension SweepResult {
  /// What is printed for people.
  ///
  /// - Parameter width: the columns of the terminal; nil where lines may be of any length.
  func text(width: Int?) -> String {
    let made = outcomes.filter { $0.figures != nil }
    var lines = [
      "\(Quantity.count(outcomes.count)) variants"
        + (made.count < outcomes.count ? ", \(outcomes.count - made.count) failed" : "")
        + ", \(scans == 1 ? "1 scan" : "\(scans) scans") of the input; "
        + "\(Quantity.decimal(seconds, places: 2)) s"
    ]
    if writesData, let first = made.first, let last = made.last {
      lines.append(
        "Datasets: \(first.variant.configuration.output.dir)"
          + (made.count > 1 ? " … \(last.variant.configuration.output.dir)" : ""))
    }
    let notes =
      "Same: of the pairs of variant 1. Tied: prompts whose best or worst score is.\n"
    return (lines.flatMap { $0.wrapped(width: width ?? .max) }).joined(separator: "\n") + "\n\n"
      + table.text(width: width, keeping: 1) + "\n"
      + notes.wrapped(width: width ?? .max).map { $0 + "\n" }.joined()
  }

  private var table: TextTable {
    var table = TextTable()
    table.add(["#"] + axisNames + SweepFigures.titles)
    for outcome in outcomes {
      table.add(
        [String(outcome.variant.number)] + outcome.variant.values.map(\.flowText)
          + (outcome.figures?.cells ?? ["failed"] + SweepFigures.titles.dropFirst().map { _ in "–" }))
    }
    return table
  }
}

extension SweepFigures {
  /// What stands over ``cells``.
  static let titles = [
    "pairs", "dropped", "longer chosen", "mean gap", "within", "same", "tied", "warnings",
  ]

  /// The figures in words.
  var cells: [String] {
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
