internal import Calibrate
internal import Curves
internal import JSON
internal import Job
internal import Records
internal import Report
internal import Settings

extension CombinationRecord {
  /// What was made of the rewards, a few sentences in Markdown.
  func prose(of calibration: Configuration.Calibration) -> String {
    let names = models.map { model in
      model.model.name.shownInMarkdown
        + (model.model.weight == 1 ? "" : " (weight \(model.model.weight))")
    }
    let parts = calibration.transformText.map { ", after they were replaced by their \($0)," } ?? ""
    return
      "The rewards of \(models.count) reward models, \(names.joined(separator: ", ")),\(parts) were "
      + "combined to one: \(calibration.combine.text(lambda: lambda)) (combine `\(text)`)."
      + (calibration.each ? " The curve is the mean of a curve of each (`each`)." : "")
  }
}

extension Configuration.Calibration.Combine {
  /// What is done to rewards, in words.
  fileprivate func text(lambda: Double?) -> String {
    switch self {
    case .scaledMean:
      "the weighted mean of rewards over their standard deviation within prompts"
    case .meanRank: "the weighted mean of their ranks within the prompt, (rank \u{2212} \u{BD}) / n"
    case .min:
      "the least of their deviations from the prompt's mean over their standard deviation within "
        + "prompts"
    case .meanMinusDeviation:
      "the weighted mean of their deviations from the prompt's mean over their standard deviation "
        + "within prompts, less \(lambda ?? 0) times the standard deviation of these between models"
    }
  }
}

extension RunResult {
  /// What several reward models have in common, for programs; nil where there was one reward.
  var agreementDocument: JSONValue? {
    guard let combination, let agreement = plan.agreement else { return nil }
    let models = combination.models.indices
    return [
      "models": .list(
        models.map { model in
          [
            "name": .string(combination.models[model].model.name),
            "bias_share": .number(combination.models[model].biasShare),
            "spearman_with_length": JSONValue(agreement.lengthCorrelation(model)),
            "rank_correlations": .list(
              models.map { JSONValue(agreement.correlation(model, $0)) }),
            "pairs_turned_round": .integer(agreement.flips[model]),
          ]
        }),
      "answer_pairs": .integer(agreement.answerPairs),
      "unanimous_share": JSONValue(agreement.unanimousShare),
      "pairs_by_support": .list(agreement.pairsBySupport.map { .integer($0) }),
      "supported_by_all": JSONValue(agreement.supportedByAll),
      "pairs_below_agreement": .integer(plan.unsupportedPairs),
    ]
  }

  /// What several reward models have in common, a sentence each; none where there was one reward.
  var agreementSentences: [String] {
    guard let combination, let agreement = plan.agreement else { return [] }
    let names = combination.models.map(\.model.name.shown).joined(separator: ", ")
    var sentences = [
      "The rewards of \(combination.models.count) models were combined by \(combination.text): \(names). "
        + "All order \(Quantity.percent(agreement.unanimousShare)) of the pairs of answers alike, and "
        + "prefer the chosen answer of \(Quantity.percent(agreement.supportedByAll)) of the pairs."
    ]
    if let share = configuration.pairs.agreement {
      sentences.append(
        "\(Quantity.count(plan.unsupportedPairs)) pairs were left out that fewer than "
          + "\(Quantity.percent(share)) of the models support.")
    }
    return sentences
  }

  /// What several reward models have in common, as a section of the report; nil where there was one reward.
  var agreementSection: ReportPage.Section? {
    guard let combination, let agreement = plan.agreement else { return nil }
    let models = combination.models.indices
    let names = combination.models.map(\.model.name)
    let table = DataTable(
      ["reward model", "weight", "deviation", "share of bias", "with length"] + names + [
        "pairs turned round"
      ],
      models.map { model in
        let own = combination.models[model]
        return [
          names[model], "\(own.model.weight)", Quantity.significant(own.deviation, digits: 4),
          Quantity.decimal(own.biasShare, places: 2),
          Quantity.signed(agreement.lengthCorrelation(model), places: 3),
        ] + models.map { Quantity.signed(agreement.correlation(model, $0), places: 3) }
          + [
            agreement.pairs == 0
              ? "0"
              : "\(Quantity.count(agreement.flips[model])) ("
                + "\(Quantity.percent(Double(agreement.flips[model]) / Double(agreement.pairs))))"
          ]
      })
    let support = DataTable(
      ["models that prefer the chosen answer", "pairs"],
      agreement.pairsBySupport.enumerated().reversed().map { count, pairs in
        ["\(count) of \(names.count)", Quantity.count(pairs)]
      })
    return ReportPage.Section(
      "Reward models",
      [
        tag("p", ["class": "note"]) {
          "\(agreementSentences.joined(separator: " ")) In the table are each model's weight, the standard "
            + "deviation of its rewards within prompts, how they rise with the bias of the combined "
            + "reward, and the mean rank correlation within prompts of its rewards with length and with "
            + "those of each model. A pair is turned round by a model that prefers the rejected answer, "
            + "its share of the bias taken off."
        }
      ] + table.nodes(label: "Agreement of reward models")
        + support.nodes(label: "Pairs by how many reward models prefer the chosen answer"))
  }
}
