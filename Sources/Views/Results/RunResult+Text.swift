internal import Calibrate
package import Emit
internal import Ingest
package import Job
internal import PairBuilder
internal import Records
internal import Scan
internal import Settings
internal import Terminal
internal import Text

extension RunResult {
  /// The summary that a run ends with.
  ///
  /// - Parameter width: the cells that a line may take; nil for any.
  package func text(_ dataset: WrittenDataset, width: Int?) -> String {
    let dir = configuration.output.dir
    let title = "\(dir): \(Quantity.count(ledger.pairs, "pair")) (\(splits(dataset.layout)))"
    return Self.lines([title], width) + "\n" + figures(width: width)
      + Self.lines(["See \(dir)/\(seen); \(Self.time(dataset.timings))."], width)
  }

  /// What was read, what became of it, and what calibration did.
  package func figures(width: Int?) -> String {
    flowTable.text(width: width) + "\n" + lengthTable.text(width: width) + "\n"
      + Self.lines(
        benchmarkSentences + choices + [effect, tieSentence].compactMap(\.self)
          + sensitivitySentences, width)
  }

  private static func lines(_ sentences: [String], _ width: Int?) -> String {
    sentences.flatMap { $0.wrapped(width: width ?? .max) }.map { $0 + "\n" }.joined()
  }

  /// What other settings would give.
  private var sensitivitySentences: [String] {
    guard let sensitivity else { return [] }
    func list(_ value: (Sensitivity.Variant) -> Double) -> String {
      sensitivity.alphas.map { Quantity.decimal(100 * value($0), places: 0) }
        .joined(separator: ", ")
    }
    var lines = [
      "With alpha 0, 0.5, 1: longer chosen \(list { $0.figures[.longerChosen] }) %, "
        + "same pairs \(list(\.samePairs)) %."
    ]
    if let other = sensitivity.otherScope {
      lines.append(
        "With scope \(other.scope.rawValue): same pairs "
          + "\(Quantity.decimal(100 * other.samePairs, places: 0)) %; "
          + (sensitivity.slopes?.promptsDiffer == true
            ? "prompts differ in level with length." : "no sign that prompts confound."))
    }
    return lines
  }

  /// From this share on it is told what decides between equal rewards.
  private static var manyTies: Double { 0.25 }

  /// What decides between equal rewards, where many are; nil where few are.
  private var tieSentence: String? {
    guard let share = plan.tiesBefore.share, share > Self.manyTies else { return nil }
    return
      "As they came, the best or worst rewards tied in \(Quantity.percent(share)) of the prompts, "
      + "where pairs.ties: \(configuration.pairs.ties.rawValue) decides; the figures before calibration "
      + "depend on it."
  }

  private var effect: String {
    guard !fit.curves.isEmpty else {
      return configuration.calibration.transform == .none && combination == nil
        ? "The rewards were left as they came." : "No bias was removed."
    }
    return "Calibration changed \(Quantity.count(plan.effect.changed + plan.effect.swapped)) of "
      + "\(Quantity.count(plan.before.pairs, "pair")) (\(Quantity.count(plan.effect.swapped)) turned "
      + "round), added \(plan.effect.gained), removed \(plan.effect.lost)."
  }

  /// What was chosen where the configuration says `auto`.
  private var choices: [String] {
    var lines: [String] = []
    lines += agreementSentences
    if combination == nil, let text = configuration.calibration.transformText {
      lines.append("The rewards were replaced by their \(text).")
    }
    for fitted in fit.fitted {
      guard let choice = fitted.smoothing else { continue }
      lines.append(
        "frac \(choice.frac) was chosen for \(fitted.curve.characteristic) by cross-validation; "
          + "\(choice.asGood.lowerBound) to \(choice.asGood.upperBound) do about as well.")
    }
    if fit.isJoint {
      let slopes = fit.fitted.dropFirst().compactMap { line -> String? in
        guard case .proportional(let coefficient) = line.curve.shape else { return nil }
        let error = line.standardError.map { " ± \(Quantity.significant($0, digits: 2))" } ?? ""
        let value = Quantity.significant(coefficient, digits: 3)
        return "\(line.curve.characteristic) \(value)\(error)"
      }
      let errors = fit.fitted.contains { $0.standardError != nil } ? " (± standard error)" : ""
      lines.append(
        "Fitted together with \(fit.curves[0].characteristic), reward for each\(errors): "
          + "\(slopes.joined(separator: ", ")).")
    }
    for fitted in fit.fitted where !fitted.modelEffects.isEmpty {
      let effects = fitted.modelEffects.sorted {
        ($0.effect, $0.candidates) > ($1.effect, $1.candidates)
      }
      func text(_ effect: ModelEffect) -> String {
        let name = effect.model.map { fit.modelNames[$0].shown } ?? "(not named)"
        return "\(name) \(Quantity.signed(effect.effect, places: 2))"
      }
      let shown =
        effects.count <= 6
        ? effects.map(text)
        : effects.prefix(3).map(text) + ["…"] + effects.suffix(3).map(text)
      lines.append(
        "effects of models (by \(modelFields.joined(separator: ", "))), apart from the bias of \(fitted.curve.characteristic): "
          + "\(shown.joined(separator: ", ")).")
    }
    if let balance = fit.balance, let curve = fit.curves.last {
      lines.append(
        "alpha \(Quantity.decimal(curve.alpha, places: 4)) was chosen for "
          + "\(curve.characteristic): the \(balance.target.title) is "
          + "\(balance.target.text(balance.value)), the target "
          + "\(balance.target.text(balance.goal))\(balance.isReached ? "" : ", which no alpha reaches")."
      )
    }
    return lines + (previous?.sentences ?? []) + (fit.labels?.sentences ?? [])
  }

  /// The files to look at.
  private var seen: String {
    configuration.report.html ? "report.html and README.md" : "README.md and manifest.json"
  }

  /// The rows of each split.
  package func splits(_ layout: DatasetLayout) -> String {
    layout.tables.filter { $0.profile == layout.profiles.first }.map {
      "\(Quantity.count($0.rows)) \($0.profile.name(of: $0.split))"
    }.joined(separator: ", ")
  }

  /// How long the stages took.
  package static func time(_ timings: [(stage: String, seconds: Double)]) -> String {
    let total = timings.reduce(0) { $0 + $1.seconds }
    let stages = timings.map { "\($0.stage) \(Quantity.decimal($0.seconds, places: 2))" }
    return "\(Quantity.decimal(total, places: 2)) s (\(stages.joined(separator: ", ")))"
  }

  /// What was read, and what became of it.
  var flowTable: TextTable {
    var table = TextTable([.label, .figure])
    let ledger = ledger
    ledger.addCandidates(to: &table, kept: "candidates kept")
    table.add("prompts paired", Quantity.count(ledger.promptsPaired))
    if ledger.promptsUncalibrated > 0 {
      table.add("  left uncalibrated", Quantity.count(ledger.promptsUncalibrated))
    }
    return table
  }

  /// How reward and length went together before calibration and after, by what figures rest on.
  var lengthTable: TextTable {
    let measure = configuration.calibration.characteristics[0].measure
    var table = TextTable([.label, .figure], hasHeader: true)
    table.add("length in \(measure.unit)", "before", "after")
    func add(
      _ label: String, _ figure: FigureSums.Figure?, _ before: Double?, _ after: Double?,
      _ text: (Double?) -> String
    ) {
      func cell(_ value: Double?, _ intervals: [FigureSums.Figure: ClosedRange<Double>]?) -> String
      {
        guard value != nil, let interval = figure.flatMap({ intervals?[$0] }) else {
          return text(value)
        }
        let ends = [interval.lowerBound, interval.upperBound].map { text($0).prefix { $0 != " " } }
        return "\(text(value)) [\(ends[0]), \(ends[1])]"
      }
      table.add("  " + label, cell(before, intervals?.before), cell(after, intervals?.after))
    }
    var basis = ""
    func heading(_ before: Int, _ after: Int, _ noun: String) {
      let counts = [before, after].map(Quantity.count)
      let found = (before == after ? counts[0] : counts.joined(separator: " → ")) + " \(noun)"
      if found != basis { table.add([found]) }
      basis = found
    }
    func signed(_ places: Int) -> (Double?) -> String { { Quantity.signed($0, places: places) } }
    heading(ledger.candidatesKept, ledger.candidatesKept, "candidates")
    add("Spearman, pooled", nil, before.pooled, after.pooled, signed(3))
    heading(before.prompts, after.prompts, "prompts")
    add("Spearman within", .withinPrompt, before.withinPrompt, after.withinPrompt, signed(3))
    heading(plan.tiesBefore.prompts, plan.tiesAfter.prompts, "prompts")
    add(
      "best or worst tied", nil, plan.tiesBefore.share, plan.tiesAfter.share, Quantity.percent)
    if !fit.curves.isEmpty {
      heading(plan.effect.former, plan.effect.former, "prompts")
      add("with other pairs", .changed, nil, plan.effect.changedShare, Quantity.percent)
    }
    heading(plan.before.pairs, plan.after.pairs, "pairs")
    add(
      "longer chosen", .longerChosen, plan.before.longerChosenShare,
      plan.after.longerChosenShare, Quantity.percent)
    add(
      "mean gap", .meanGap, plan.before.meanLengthGap, plan.after.meanLengthGap,
      signed(1))
    add("Cohen's d", nil, plan.before.cohensD, plan.after.cohensD, signed(3))
    return table
  }

  /// What the card says of labels, after an empty line.
  private var labelParagraph: String {
    guard let labels = fit.labels, !labels.sentences.isEmpty else { return "" }
    let text = labels.sentences.joined(separator: " ")
    return "\n\n" + text.prefix(1).uppercased() + text.dropFirst()
  }

  /// What the dataset card says of how the dataset was made.
  var cardBody: String {
    return """
      # DPO pairs made by dpo-prep

      \(Quantity.count(ledger.pairs, "pair")) from \(Quantity.count(ledger.candidatesRead)) scored \
      answers to \(Quantity.count(ledger.promptsRead, "prompt")). Pairs were picked by the strategy \
      `\(configuration.pairs.strategy.rawValue)`.

      \(calibrationAccount.prose) `length_*` is the characteristic \
      \(configuration.calibration.characteristics[0].measure.name.shownInMarkdown). Every setting and \
      count is in `manifest.json`, the bias in `curve.json`.\(intervalNote)\(labelParagraph)

      ```
      \(flowTable.text(indent: 0))
      \(lengthTable.text(indent: 0))```
      \(warningSection)
      """
  }

  /// What the brackets in the card's table are.
  private var intervalNote: String {
    intervals == nil ? "" : " In brackets are 95 % intervals."
  }

  /// The warnings as a section of the card; nothing where there are none.
  private var warningSection: String {
    guard !warnings.isEmpty else { return "" }
    let items = publishedWarnings.map { warning in
      let place = warning.location.map { "\($0.description.shownInMarkdown): " } ?? ""
      let hint = warning.hint.map { " (\($0.shownInMarkdown))" } ?? ""
      return "- \(place)\(warning.message.shownInMarkdown)\(hint)\n"
    }
    return "\n## Warnings\n\n" + items.joined()
  }
}
