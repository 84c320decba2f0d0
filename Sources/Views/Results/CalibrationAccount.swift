internal import Calibrate
internal import Curves
internal import JSON
internal import Job
internal import Records
internal import Settings

/// What was done to the rewards, told from what was fitted: settings that had no part in it are not
/// told.
package struct CalibrationAccount {
  let calibration: Configuration.Calibration
  let fit: FitStage.Result
  /// How the rewards of several reward models were combined; nil where there was one reward.
  let combination: CombinationRecord?
  /// Where the curves were read from; nil where they were fitted.
  let source: CurveSource?
  /// The fields that name the models of answers.
  let modelFields: [String]
  /// How many prompts kept their rewards.
  let uncalibratedPrompts: Int

  /// For programs: `source` is `none`, `fit` or `file`.
  var document: JSONValue {
    guard !fit.curves.isEmpty else {
      return .object([.init(name: "source", value: "none")] + transformMembers)
    }
    var members: [JSONValue.Member] = []
    if let source {
      members = [
        .init(name: "source", value: "file"), .init(name: "file", value: source.document),
      ]
    } else {
      members = [
        .init(name: "source", value: "fit"),
        .init(name: "method", value: .string(calibration.method.rawValue)),
      ]
      members += usedSettings.map { .init(name: $0.name, value: JSONValue($0.value)) }
      if !fit.modelNames.isEmpty {
        members.append(.init(name: "model_fields", value: .list(modelFields.map { .string($0) })))
      }
    }
    members += transformMembers
    members.append(
      .init(
        name: "removed",
        value: .list(
          fit.fitted.map { fitted in
            var members: [JSONValue.Member] = [
              .init(name: "characteristic", value: .string(fitted.curve.characteristic)),
              .init(name: "alpha", value: .number(fitted.curve.alpha)),
            ]
            if let frac = frac(of: fitted) {
              members.append(.init(name: "frac", value: .number(frac)))
            }
            if fit.isJoint, case .proportional(let coefficient) = fitted.curve.shape {
              members.append(.init(name: "coefficient", value: .number(coefficient)))
              members.append(
                .init(name: "standard_error", value: JSONValue(fitted.standardError)))
            }
            if isGlobalBesideOthers(fitted) {
              members.append(
                .init(
                  name: "scope", value: .string(Configuration.Calibration.Scope.global.rawValue)))
            }
            return .object(members)
          })))
    return .object(members)
  }

  /// What took the place of rewards.
  private var transformMembers: [JSONValue.Member] {
    var members: [JSONValue.Member] = []
    if let combination {
      members.append(.init(name: "combination", value: combination.document))
      members.append(.init(name: "each", value: .bool(calibration.each)))
    }
    guard calibration.transform != .none else { return members }
    members.append(.init(name: "transform", value: .string(calibration.transform.rawValue)))
    if calibration.transform == .logit {
      members.append(.init(name: "clip", value: .number(calibration.clip)))
    }
    return members
  }

  /// The settings of a fit that its method reads, but for `frac`, which each curve has.
  private var usedSettings: [(name: String, value: ConfigValue)] {
    let scope = ("scope", ConfigValue.string(fit.scope.rawValue))
    return switch calibration.method {
    case .lwr:
      [scope, ("iterations", .int(calibration.passes)), ("delta", .double(calibration.delta))]
        + (fit.isJoint ? [("jointly", .bool(true))] : [])
    case .mean:
      [scope, ("ratio", .double(calibration.ratio)), ("min_count", .int(calibration.minCount))]
    case .penalty: [("coefficient", .double(calibration.coefficient))]
    case .none: []
    }
  }

  /// Whether a curve is that of all candidates while others were fitted within prompts.
  private func isGlobalBesideOthers(_ fitted: FittedCurve) -> Bool {
    source == nil && fit.scope == .withinPrompt && !fitted.isWithinPrompts
      && !fitted.curve.knots.isEmpty
  }

  /// The window of a curve that was fitted by local regression.
  private func frac(of fitted: FittedCurve) -> Double? {
    guard source == nil, calibration.method == .lwr, !fitted.curve.knots.isEmpty else { return nil }
    return fitted.smoothing?.frac ?? calibration.frac
  }

  /// For people, a few sentences in Markdown.
  var prose: String {
    if let combination {
      let introduction = combination.prose(of: calibration)
      return fit.curves.isEmpty
        ? "\(introduction) No bias was removed (`method: none`): `score_*` and `raw_score_*` are the "
          + "combined rewards."
        : "\(introduction) \(origin) \(removal) `score_*` are the combined rewards less that, "
          + "`raw_score_*` the combined rewards\(exception)."
    }
    if let text = calibration.transformText {
      let placed = "\(text) took the place of the rewards (transform `\(calibration.transform)`)."
      let introduction = placed.prefix(1).uppercased() + placed.dropFirst()
      return fit.curves.isEmpty
        ? "\(introduction) No bias was removed (`method: none`). `score_*` are those numbers, "
          + "`raw_score_*` the rewards as they came."
        : "\(introduction) \(origin) \(removal) `score_*` are those numbers less that, "
          + "`raw_score_*` the rewards as they came\(exception)."
    }
    guard !fit.curves.isEmpty else {
      return "The rewards were left as they came (`method: none`): `score_*` and `raw_score_*` are "
        + "the same."
    }
    return "\(origin) \(removal) `score_*` are the rewards less that, `raw_score_*` the rewards "
      + "as they came\(exception)."
  }

  private var names: String {
    fit.curves.map(\.characteristic.shownInMarkdown).joined(separator: ", ")
  }

  private var origin: String {
    if let source {
      return "The rewards' bias towards \(names) was not estimated from these rewards; it is that "
        + "of the saved curve \(source.path.shownInMarkdown) (SHA-256 `\(source.sha256)`), "
        + "\(recorded(source))."
    }
    let paper =
      "Huang et al., \"Post-hoc Reward Calibration: A Case Study on Length Bias\" (arXiv 2409.17407)"
    let scope =
      switch (fit.scope, calibration.scope) {
      case (.global, .global): "over all candidates (scope `global`), after \(paper)"
      case (.global, .withinPrompt):
        "over all candidates (scope `global`, as no prompt has answers that differ in it), after "
          + paper
      case (.withinPrompt, _):
        "among answers to the same prompt (scope `within_prompt`\(models)\(exceptions)), with the "
          + "methods of \(paper)"
      }
    switch calibration.method {
    case .lwr:
      let fracs = fit.fitted.compactMap(frac).map { "\($0)" }.joined(separator: ", ")
      let together =
        fit.isJoint
        ? ", for the first of them; the others were fitted together with it, as straight lines" : ""
      return "The rewards' bias towards \(names) was estimated by local regression (method `lwr`, "
        + "frac \(fracs), robust passes \(calibration.passes)) \(scope)\(together)."
    case .mean:
      return "The rewards' bias towards \(names) was estimated by means of similar candidates "
        + "(method `mean`, ratio \(calibration.ratio), min_count \(calibration.minCount)) \(scope)."
    case .penalty:
      return "A constant penalty on \(names) was taken off, \(calibration.coefficient) a unit "
        + "(method `penalty`); no bias was estimated."
    case .none: return ""
    }
  }

  /// Whether models had effects of their own.
  private var models: String {
    fit.modelNames.isEmpty
      ? ""
      : ", \(fit.modelNames.count) models distinguished by "
        + modelFields.map { "\($0.shownInMarkdown)" }.joined(separator: ", ")
  }

  /// Which biases were estimated over all candidates while others were not.
  private var exceptions: String {
    let names = fit.fitted.filter(isGlobalBesideOthers).map(\.curve.characteristic.shownInMarkdown)
    return names.isEmpty
      ? ""
      : "; over all candidates for \(names.joined(separator: ", ")), in which no prompt's answers "
        + "differ"
  }

  /// What a saved curve says of its fit.
  private func recorded(_ source: CurveSource) -> String {
    guard let settings = source.settings, let members = settings.members else {
      return "which does not tell how it was fitted"
    }
    let told = [
      "method", "jointly", "scope", "frac", "iterations", "ratio", "min_count", "coefficient",
    ]
    let values = told.compactMap { name -> String? in
      // What was asked for gives way to what came of it.
      if name == "scope", let scope = fit.population?.scope { return "scope \(scope)" }
      return members.first { $0.name == Array(name.utf8) }.map {
        "\(name) \($0.value.excerpt)"
      }
    }
    return "whose file records \(values.joined(separator: ", ").shownInMarkdown)"
  }

  /// How much was removed.
  private var removal: String {
    let parts = fit.curves.map { "\($0.alpha) of it for \($0.characteristic.shownInMarkdown)" }
    return fit.curves.count == 1
      ? "Of it \(fit.curves[0].alpha) was removed (alpha)."
      : "Removed were \(parts.joined(separator: ", ")) (alpha)."
  }

  private var exception: String {
    guard uncalibratedPrompts > 0 else { return "" }
    return
      "; the answers of \(Quantity.count(uncalibratedPrompts, "prompt")) whose bias is not known "
      + "keep their rewards"
  }
}

extension RunResult {
  /// What was done to the rewards.
  var calibrationAccount: CalibrationAccount {
    CalibrationAccount(
      calibration: configuration.calibration, fit: fit, combination: combination,
      source: curveSource,
      modelFields: modelFields, uncalibratedPrompts: ledger.promptsUncalibrated)
  }
}
