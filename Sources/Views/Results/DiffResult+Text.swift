internal import Audit
internal import Records
internal import Terminal
internal import Text

extension DiffResult {
  /// What `diff` prints for people at a terminal.
  ///
  /// - Parameter width: the cells that a line may take; nil for any.
  package func text(width: Int?) -> String { render(DiffText(isMarkdown: false, width: width)) }

  /// The same as Markdown.
  package var markdown: String { render(DiffText(isMarkdown: true)) }

  private func render(_ empty: DiffText) -> String {
    var output = empty
    output.heading("\(names.old) → \(names.new)", level: 1)
    if difference.isSame {
      output.paragraph(
        "no difference: \(Quantity.count(difference.new.records.count, "pair")), joined by "
          + (difference.isJoinedByID ? "prompt_id" : "prompt"))
    } else {
      addCounts(to: &output)
    }
    addColumns(to: &output)
    if !difference.isSame { addDrift(to: &output) }
    addManifest(to: &output)
    for (number, pair) in examples.enumerated() {
      if number == 0 { output.heading("Largest changes", level: 2) }
      add(pair, number: number + 1, to: &output)
    }
    return output.text
  }

  private func addCounts(to output: inout DiffText) {
    let prompts = difference.prompts
    let join = difference.isJoinedByID ? "prompt_id" : "prompt"
    output.table(
      ["prompts, joined by \(join)", ""],
      [
        ("old", prompts.old), ("new", prompts.new), ("added", prompts.added),
        ("removed", prompts.removed), ("moved to another split", difference.movedCount),
      ].map { [$0.0, Quantity.count($0.1)] })
    output.gap()
    output.table(
      ["pairs", ""],
      PairChange.allCases.map {
        [
          $0.rawValue.replacing("_", with: " "), Quantity.count(difference.counts[$0] ?? 0),
        ]
      })
  }

  private func addColumns(to output: inout DiffText) {
    guard !difference.columnChanges.isEmpty else { return }
    output.heading("Columns", level: 2)
    output.table(
      ["column", "old", "new"],
      difference.columnChanges.map { [$0.column, $0.old ?? "–", $0.new ?? "–"] },
      columns: [.name])
  }

  private func addDrift(to output: inout DiffText) {
    output.heading("Figures", level: 2)
    output.table(
      ["", "old", "new", "n", "what it is"],
      DiffResult.drift(difference.old.audit, difference.new.audit).map { drift in
        let counts = [drift.oldCount, drift.newCount].map { $0.map(Quantity.count) ?? "–" }
        return [
          drift.metric, drift.old?.text ?? "–", drift.new?.text ?? "–",
          counts[0] == counts[1] ? counts[0] : counts.joined(separator: " → "), drift.meaning,
        ]
      }, columns: [.label, .figure, .figure, .figure, .prose])
    for (column, values) in groups {
      output.heading("By \(column)", level: 2)
      output.table(
        ["", "pairs", "longer chosen", "length gap", "margin"],
        values.prefix(20).map { name, old, new in
          [
            name, Self.both(old, new) { Quantity.count($0.rows) },
            Self.both(old, new) { Quantity.percent($0.length.moreChosen) },
            Self.both(old, new) { Quantity.signed($0.length.gapMean, places: 1) },
            Self.both(old, new) { Quantity.signed($0.margins.mean, places: 3) },
          ]
        })
    }
  }

  private func addManifest(to output: inout DiffText) {
    guard let manifestChanges, !manifestChanges.isEmpty else { return }
    output.heading("Configuration and inputs", level: 2)
    output.table(
      ["", "old", "new"],
      manifestChanges.map { change in
        let (old, new) = ShortTexts.pair(change.old, change.new)
        return [change.path, old ?? "–", new ?? "–"]
      },
      columns: [.name])
  }

  private func add(_ pair: ChangedPair, number: Int, to output: inout DiffText) {
    let places = [pair.old, pair.new].map { version in
      version.map { "\($0.place.file):\($0.place.line)" } ?? "–"
    }
    output.heading(
      "\(number). \(pair.kind.rawValue.replacing("_", with: " ")): "
        + places.joined(separator: " → "), level: 3)
    output.quote("prompt", (pair.new ?? pair.old)?.prompt ?? [])
    for (label, version) in [("old", pair.old), ("new", pair.new)] {
      guard let version else { continue }
      let gap = Quantity.signed(version.lengthGap, places: 0)
      output.quote(
        "\(label) chosen, \(Quantity.signed(version.scores?.chosen, places: 3)), length gap \(gap)",
        version.chosen)
      output.quote(
        "\(label) rejected, \(Quantity.signed(version.scores?.rejected, places: 3))",
        version.rejected)
    }
  }

  // MARK: Cells

  private static func both(
    _ old: PairAudit?, _ new: PairAudit?, _ text: (PairAudit) -> String
  ) -> String {
    let (first, second) = (old.map(text) ?? "–", new.map(text) ?? "–")
    return first == second ? first : "\(first) → \(second)"
  }
}
