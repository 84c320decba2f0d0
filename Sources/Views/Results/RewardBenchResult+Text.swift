package import Evaluate
internal import Records
internal import Terminal
internal import Text

extension RewardBenchResult {
  /// What a row of ties is called.
  private var tiesTitle: String { "ties, counted \(settings.ties.rawValue)" }

  /// What is printed for people.
  ///
  /// - Parameter width: the cells that a line may take; nil for any.
  package func text(width: Int?) -> String {
    var table = TextTable([.name, .figure], hasHeader: true)
    table.add(["score, %", "n"] + EvaluationMethod.allCases.map(\.title))
    for model in evaluation.models {
      table.add([model.name, Quantity.count(model.pairs, "pair")] + scores(of: model))
    }
    let scored = evaluation.scoredModels.count
    if scored > 1 {
      table.add(
        ["mean gain, points", Quantity.count(scored, "model"), "–"]
          + evaluation.gains.map { gain in
            Quantity.signed(gain.mean * 100, places: 2)
              + (gain.interval?.excludesZero == true ? "*" : "")
          })
      if evaluation.resampling.count > 0 {
        table.add(
          ["95 % interval", Quantity.count(scored, "model"), "–"]
            + evaluation.gains.map {
              $0.interval?.text(places: 1, scale: 100, isSigned: true) ?? "–"
            })
      }
    }
    var text = table.text(width: width)
    if let starNote, !evaluation.scoredModels.isEmpty {
      text += starNote.wrapped(width: width ?? .max).map { "\($0)\n" }.joined()
    }
    let names = ShortNames(evaluation.models.map(\.name), cells: max(1, (width ?? .max) - 2))
    for model in evaluation.models {
      let notes = notes(on: model).flatMap { $0.wrapped(width: max(1, (width ?? .max) - 2)) }
      text += "\n  \(names[model.name].shown)\n"
      if !model.results.isEmpty { text += details(of: model).text(width: width) }
      text += notes.map { "  \($0)\n" }.joined()
    }
    if let sectionNote {
      text += "\n" + sectionNote.wrapped(width: width ?? .max).map { "\($0)\n" }.joined()
    }
    return text + (evaluation.malformedRows.note.map { "\n\($0)\n" } ?? "")
  }

  /// A model's figures under each method.
  func figures(of model: RewardBenchEvaluation.Model) -> [FigureRow] {
    guard let first = model.results.first else { return [] }
    var rows: [FigureRow] = []
    func add(
      _ name: String, _ count: Int, _ noun: String = "pairs", kind: FigureRow.Kind = .whole,
      _ cell: (RewardBenchEvaluation.Result) -> String
    ) {
      rows.append(
        FigureRow(
          name, count: "\(Quantity.count(count)) \(noun)", cells: model.results.map(cell),
          kind: kind))
    }
    func percent(_ share: Double) -> String { Quantity.decimal(share * 100, places: 2) }
    for (number, found) in first.sections.enumerated() {
      add(found.name, found.count, kind: .section) { percent($0.sections[number].score) }
    }
    for (number, found) in first.subsets.enumerated() {
      add(found.name, found.count, kind: .subset) { percent($0.subsets[number].accuracy) }
    }
    for (number, found) in first.figures.difficulties.enumerated() {
      add(found.difficulty.rawValue, model.pairs) {
        percent($0.figures.difficulties[number].accuracy)
      }
    }
    add("all examples", model.pairs) { percent($0.figures.accuracy) }
    if evaluation.resampling.count > 0 {
      add("95 % interval of the score", model.pairs) {
        model.interval($0.method, \.score)?.text(places: 1, scale: 100) ?? "–"
      }
      add("of the gain, points", model.pairs) {
        $0.method == .original
          ? "–"
          : model.gainInterval(by: $0.method)?.text(places: 1, scale: 100, isSigned: true) ?? "–"
      }
    }
    add("preferences changed", model.pairs) { Quantity.percent($0.changed) }
    add("Spearman with length", model.answers, "answers") {
      Quantity.signed($0.spearmanLength, places: 3)
    }
    add(tiesTitle, model.pairs) { Quantity.count($0.ties) }
    return rows
  }

  /// The same, but for the subsets, which may be many.
  private func details(of model: RewardBenchEvaluation.Model) -> TextTable {
    var table = TextTable([.name, .figure], hasHeader: true)
    table.add(["accuracy, %", "n"] + EvaluationMethod.allCases.map(\.title))
    for row in figures(of: model) where row.kind != .subset {
      table.add([row.name, row.count] + row.cells)
    }
    return table
  }

  /// Where the mean over sections says something else than the share of examples; nil where it does not.
  var sectionNote: String? {
    guard let sections = evaluation.scoredModels.first?.results.first?.sections, sections.count > 1,
      let least = sections.map(\.count).min(), let most = sections.map(\.count).max(),
      most > Self.unevenSections * least
    else { return nil }
    return
      "The score weighs each of \(sections.count) sections alike, of \(Quantity.count(least)) to "
      + "\(Quantity.count(most, "example")); the accuracy over all examples may tell another story."
  }

  /// From how many times as many examples on.
  private static let unevenSections = 4

  /// What is to be known of a model's rows.
  package func notes(on model: RewardBenchEvaluation.Model) -> [String] {
    var notes: [String] = []
    if model.isEnsemble, let ensemble = evaluation.ensemble {
      notes.append("what \(ensemble.names.joined(separator: ", ")) say together")
    }
    if model.missingScores > 0 {
      notes.append("rows that lack a score, left out: \(Quantity.count(model.missingScores))")
    }
    if model.missingRows > 0 {
      notes.append("examples that only other models have: \(Quantity.count(model.missingRows))")
    }
    if model.rowsWithoutTexts > 0 {
      notes.append(
        "rows that --texts has none for, measured by their own: "
          + Quantity.count(model.rowsWithoutTexts))
    }
    if model.malformedRows > 0 {
      notes.append("rows that lack a field, left out: \(Quantity.count(model.malformedRows))")
    }
    if !model.baselines.isEmpty {
      notes.append(
        "by length alone: "
          + model.baselines.map {
            "\($0.baseline.title) \(Quantity.decimal($0.figures.score * 100, places: 2)) %"
          }.joined(separator: ", "))
    }
    if model.hasConstantScores { notes.append("every score is the same") }
    return notes
  }
}
