package import Calibrate
internal import Columns
package import Curves
internal import Ingest
package import Records
package import Scan
package import Settings

/// Fits the bias curves that a configuration asks for, or reads them back.
package struct FitStage {
  /// The curves and how they came about.
  package struct Result {
    package var fitted: [FittedCurve]
    /// The names of the models that have effects.
    package var modelNames: [String] = []
    /// What the curves were fitted on; nil without any, and for saved ones that do not tell.
    package var population: CurvePopulation?
    /// By what tokens were counted; nil where none were, and for saved ones that do not tell.
    package var tokenizer: CurveFile.Tokenizer?
    /// How much of the bias of the combined reward those of each of several reward models have: how they
    /// rise with it within prompts.
    package var biasShares: [Double] = []
    /// How the alpha of the last curve was chosen; nil where it was given.
    package var balance: AlphaChoice?
    /// What labelled pairs say; nil without any.
    package var labels: LabelStage.Verdict?

    /// How far the difference of two scores may be off, in units of the reward.
    ///
    /// By the arithmetic, and since fits are stopped; a smaller margin says nothing. 0 where no curve
    /// was fitted here.
    var precision: Double {
      2 * fitted.reduce(0) { $0 + abs($1.curve.alpha) * $1.precision }
    }

    package var curves: [BiasCurve] { fitted.map(\.curve) }
  }

  package let configuration: Configuration
  package let printer: any DiagnosticSink

  private var calibration: Configuration.Calibration { configuration.calibration }

  package func run(_ scan: InputScan.Result) throws -> Result {
    var result =
      if let saved = try SavedCurves(calibration, tokenizer: configuration.tokenizerInUse),
        let path = calibration.curve
      { try read(saved, path, scan) } else { try fit(scan) }
    for number in result.fitted.indices {
      result.fitted[number].extrapolatedShare = extrapolatedShare(
        of: result.fitted[number].curve, number, in: scan.table)
    }
    warn(of: result)
    return result
  }

  private func fit(_ scan: InputScan.Result) throws -> Result {
    guard calibration.method != .none else {
      return Result(fitted: [], biasShares: scan.table.rewardModels.map { _ in 1 })
    }
    let table = scan.table
    let characteristics = zip(calibration.characteristics, table.measures).map { wanted, lengths in
      SequentialCalibration.Characteristic(
        name: wanted.measure.name, alpha: wanted.alpha ?? 1, levels: lengths.levels,
        codes: OrderedColumn(lengths.codes, in: scan.groups))
    }
    let models = ModelNames(calibration, scan, printer)
    func fit(_ rewards: Columns.Column<Double>, wantsReplicates: Bool) -> [FittedCurve] {
      curves(
        of: characteristics, rewards: OrderedColumn(rewards, in: scan.groups),
        prompts: PromptColumn(
          codes: OrderedColumn(table.prompts, in: scan.groups), count: table.promptCount,
          groups: wantsReplicates || calibration.frac == nil ? table.jackknifeGroups : nil,
          models: models?.column, wantsReplicates: wantsReplicates))
    }
    var fitted = fit(table.rewards, wantsReplicates: calibration.intervals)
    if calibration.each, !table.rewardModels.isEmpty {
      // The mean of what is left of each reward is the mean reward less the mean of the curves.
      let combination = calibration.combination(of: table.rewardModels, table.modelDeviations)
      let own = table.rewardModels.indices.map { model in
        fit(scan.statements(ofModel: model, by: combination), wantsReplicates: false)
      }
      for number in fitted.indices {
        fitted[number].replaceCurve(byMeanOf: own.map { $0[number] }, weights: combination.weights)
      }
    }
    fitted.compactMap(\.convergenceWarning).forEach(printer.report)
    var result = Result(fitted: fitted, modelNames: models?.names ?? [])
    if calibration.countsTokens {
      result.tokenizer = try configuration.tokenizerInUse.map { try TokenizerSource.record(of: $0) }
    }
    result.biasShares = scan.biasShares(of: result.curves, by: calibration)
    if table.ledger.candidatesKept > 0 {
      result.population = CurvePopulation(
        table, calibration, scope: calibration.method == .penalty ? nil : result.scope,
        models: result.scope == .withinPrompt ? result.modelNames.count : 0,
        biasShares: result.biasShares,
        threads: configuration.threadCount)
    }
    return result
  }

  /// The part of the population that lies beyond a curve's ends.
  private func extrapolatedShare(
    of curve: BiasCurve, _ number: Int, in table: CandidateTable
  ) -> Double {
    let column = table.measures[number]
    let isBeyond = column.levels.map(curve.extrapolates)
    guard isBeyond.contains(true) else { return 0 }
    let beyond = (0..<table.candidateCount).count {
      !table.rewards[$0].isNaN && isBeyond[Int(column.codes[$0])]
    }
    return Double(beyond) / Double(max(1, table.ledger.candidatesKept))
  }

  /// Up to this part of the candidates, a weak curve is not worth a warning.
  private static let noticeableShare = 0.01

  private func warn(of result: Result) {
    for fitted in result.fitted {
      let name = fitted.curve.characteristic
      let extrapolated = fitted.extrapolatedShare
      if extrapolated > Self.noticeableShare {
        printer.report(
          Diagnostic(
            .warning,
            "\(Quantity.percent(extrapolated)) of the candidates lie beyond the ends of the curve "
              + "of \(name), where its bias is that of the end",
            hint: calibration.curve == nil
              ? "their prompts have no two answers that differ in \(name), so they tell nothing of it; "
                + "more answers to a prompt do"
              : "fit a curve on candidates like these", code: "extrapolated"))
      }
      if fitted.isUndetermined {
        printer.report(
          Diagnostic(
            .warning,
            "nothing tells what \(name) does to the reward beside the other characteristics, so nothing "
              + "is removed of it",
            hint:
              "leave it out; answers \(calibration.scope == .global ? "" : "to a prompt ")do not "
              + "differ in it, or only as they differ in the others",
            code: "undetermined_line"))
      }
      if let movement = fitted.unsettledMovement {
        printer.report(
          Diagnostic(
            .warning,
            "the curve of \(name) and the lines fitted with it had not come to rest: the last step moved a "
              + "line by \(Quantity.significant(movement, digits: 2))",
            hint:
              "pairs with smaller margins are left out; set calibration.iterations: 0, which takes "
              + "one step", code: "joint_fit_moves"))
      }
      if let choice = fitted.smoothing, choice.isAtEdge {
        printer.report(
          Diagnostic(
            .warning,
            "of the fractions that were tried for \(name), the \(choice.frac < 0.5 ? "least" : "largest"), "
              + "\(choice.frac), does best; \(choice.asGood.lowerBound) to "
              + "\(choice.asGood.upperBound) do about as well",
            hint: choice.frac < 0.5
              ? "set calibration.frac to a smaller number if the curve in the report looks too smooth"
              : "the curve is nearly a straight line; set calibration.frac if that looks wrong",
            code: "frac_at_edge"))
      }
      if let support = fitted.support, support.weakShare > Self.noticeableShare {
        printer.report(
          Diagnostic(
            .warning,
            "for \(Quantity.percent(support.weakShare)) of the candidates the curve of \(name) "
              + "rests on fewer than \(Quantity.decimal(CurveSupport.leastCount, places: 0)) "
              + "others of like \(name)",
            hint: isSmoothable(fitted)
              ? "a larger calibration.frac makes the curve steadier"
              : "more prompts make the curve steadier", code: "weak_curve"))
      }
    }
  }

  /// Whether a larger part of the candidates could be enough for every line of a curve.
  private func isSmoothable(_ fitted: FittedCurve) -> Bool {
    let candidates = fitted.curve.knots.reduce(0) { $0 + $1.candidates }
    let frac = fitted.smoothing?.frac ?? calibration.frac ?? 1
    return frac < 1 && Double(candidates) > 2 * CurveSupport.leastCount
  }

  /// Curves as the configuration asks for them; none where rewards are left as they are.
  ///
  /// - Parameters:
  ///   - characteristics: in the order of the configuration.
  ///   - rewards: for each candidate its reward; NaN for one outside the population.
  ///   - prompts: for each candidate its prompt; those of a prompt stand together.
  func curves(
    of characteristics: [SequentialCalibration.Characteristic], rewards: any NumberSource,
    prompts: PromptColumn
  ) -> [FittedCurve] {
    guard let method else { return [] }
    let scope = calibration.scope == .global ? BiasScope.global : .withinPrompt(.init())
    return calibration.jointly
      ? JointCalibration.fit(
        characteristics, rewards: rewards, prompts: prompts, method: localRegression, scope: scope,
        threads: configuration.threadCount)
      : SequentialCalibration.fit(
        characteristics, rewards: rewards, prompts: prompts, method: method, scope: scope,
        threads: configuration.threadCount)
  }

  /// Nil where rewards are left as they are.
  private var method: (any BiasMethod)? {
    switch calibration.method {
    case .lwr: localRegression
    case .mean: MeanMethod(.init(ratio: calibration.ratio, minimumCount: calibration.minCount))
    case .penalty: LengthPenalty(coefficient: calibration.coefficient)
    case .none: nil
    }
  }

  private var localRegression: LocalRegressionMethod {
    LocalRegressionMethod(
      .init(
        frac: calibration.frac ?? 1, iterations: calibration.passes, delta: calibration.delta),
      choosesFrac: calibration.frac == nil)
  }

  /// A saved curve holds the bias; how much of it is removed stays with the configuration.
  private func read(_ saved: SavedCurves, _ path: String, _ scan: InputScan.Result) throws -> Result
  {
    saved.unusedSettings.map(printer.report)
    if scan.table.rewardModels.isEmpty, let combination = saved.contents.population?.combination {
      throw CurveFile.Failure(
        .otherCombination,
        "the curve was fitted on the rewards of \(combination.models.count) reward models, these rows "
          + "have one reward",
        file: path, hint: "name the fields of all models, or fit another curve")
    }
    try check(saved.contents, of: path, against: scan.table)
    let curves = zip(saved.contents.curves, calibration.characteristics).map { curve, wanted in
      guard let alpha = wanted.alpha else { return curve }
      if curve.alpha != alpha {
        printer.report(
          Diagnostic(
            .warning,
            "alpha \(alpha) is used for \(curve.characteristic); the curve was saved with alpha \(curve.alpha)",
            at: SourceLocation(file: path), code: "other_alpha"))
      }
      return curve.removed(alpha: alpha)
    }
    return Result(
      fitted: curves.map(FittedCurve.init), population: saved.contents.population,
      tokenizer: saved.contents.tokenizer,
      biasShares: saved.contents.population?.combination?.models.map(\.biasShare) ?? [])
  }

  /// Refuses a curve of rewards on another scale.
  private func check(
    _ contents: CurveFile.Contents, of path: String, against table: CandidateTable
  ) throws {
    guard calibration.curveCheck else { return }
    if calibration.countsTokens, contents.tokenizer == nil {
      noteUnchecked("the tokenizer", "the tokens are counted by the same", path)
    }
    guard let population = contents.population else {
      return noteUnchecked("the rewards", "it suits these", path)
    }
    guard table.ledger.candidatesKept >= CurvePopulation.leastCandidates,
      let mismatch = population.mismatch(
        with: table.rewardQuantiles(threads: configuration.threadCount))
    else { return }
    throw CurveFile.Failure(
      .otherRewards,
      "the curve was fitted on rewards of another scale: \(mismatch)", file: path,
      hint: "fit a curve on rewards like these with `dpo-prep fit`, or set "
        + "calibration.curve_check: false to use this one all the same")
  }

  private func noteUnchecked(_ what: String, _ question: String, _ path: String) {
    printer.report(
      Diagnostic(
        .warning,
        "the file does not record \(what) that the curve was fitted on, so whether \(question) is not "
          + "checked",
        at: SourceLocation(file: path), code: "curve_unchecked"))
  }
}

extension FitStage.Result {
  /// Whether characteristics were fitted together: the first as a curve, the others as lines.
  package var isJoint: Bool {
    curves.count > 1 && !curves[0].knots.isEmpty && curves.dropFirst().allSatisfy(\.knots.isEmpty)
  }

  /// Over what the curves were fitted, whatever was asked for: without a prompt whose answers differ in a
  /// characteristic its curve is that of all candidates.
  package var scope: Configuration.Calibration.Scope {
    fitted.contains(where: \.isWithinPrompts) ? .withinPrompt : .global
  }
}

extension FittedCurve {
  /// Whether answers to the same prompt were compared.
  package var isWithinPrompts: Bool { convergence.map { $0.informativePrompts > 0 } ?? false }

  /// What to warn of where a fit within prompts did not come to what was asked for.
  var convergenceWarning: Diagnostic? {
    guard let convergence else { return nil }
    let name = curve.characteristic
    if convergence.informativePrompts == 0 {
      return Diagnostic(
        .warning,
        "no prompt has candidates that differ in \(name), so the bias cannot be seen within "
          + "prompts; the curve is that of all candidates",
        hint: "calibration.scope: global says so", code: "no_bias_within_prompts")
    }
    // A millionth of the bias is nothing that a pair should hang on.
    let range = curve.knots.compactMap(\.bias).filter(\.isFinite)
    let reach = (range.max() ?? 0) - (range.min() ?? 0)
    guard !convergence.hasConverged, precision > 1e-6 * reach else { return nil }
    return Diagnostic(
      .warning,
      "the equations of the bias of \(name) were not solved to the end in \(convergence.rounds) rounds "
        + "of GMRES: another would move it by \(Quantity.significant(convergence.lastMovement, digits: 2)), "
        + "and it may be off by \(Quantity.significant(precision, digits: 2))",
      hint: "pairs with smaller margins are left out; a larger calibration.frac makes the curve "
        + "steadier", code: "not_converged")
  }
}

extension CandidateTable {
  /// For each prompt its group of the jackknife.
  var jackknifeGroups: [UInt8] {
    (0..<promptCount).map { Jackknife.group(ofPrompt: fingerprint(ofPrompt: $0)) }
  }
}
