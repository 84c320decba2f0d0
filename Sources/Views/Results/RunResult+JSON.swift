internal import Calibrate
internal import Curves
internal import Emit
internal import Hashing
internal import Ingest
package import JSON
internal import Job
internal import PairBuilder
internal import Records
internal import Rows
internal import Scan
internal import Settings

extension RunResult {
  /// `manifest.json`: what went in, what was done with it, what came out; null where that is known
  /// only once the files are written.
  package var manifest: JSONValue {
    let members: JSONValue = [
      "tool": "dpo-prep",
      "version": .string(dpoPrepVersion),
      "config": JSONValue(settingsInForce),
      "layout": .string(layout),
      "inputs": .list(inputs.map(document)),
      "benchmarks": benchmarksDocument,
      "near_duplicates": nearDuplicatesDocument,
      "ledger": ledgerDocument,
      "tokenizer": tokenizer,
      "curve": ["path": "curve.json", "sha256": .string(curveDigest)],
      "calibration": calibrationAccount.document,
      "diagnostics": diagnosticsDocument,
      "warnings": warningsDocument,
      "outputs": .null,
      "files": .null,
      "timings": .null,
      "memory": .null,
    ]
    guard !excluded.isEmpty, var list = members.members,
      let place = list.firstIndex(where: { $0.name == Array("ledger".utf8) })
    else { return members }
    list.insert(.init(name: "excluded", value: .list(excluded.map(document))), at: place)
    return .object(list)
  }

  /// What `--json` prints: the manifest's figures, and where the dataset is; null as there.
  package var summary: JSONValue {
    [
      "output": .string(configuration.output.dir),
      "layout": .string(layout),
      "benchmarks": benchmarksDocument,
      "near_duplicates": nearDuplicatesDocument,
      "ledger": ledgerDocument,
      "calibration": calibrationAccount.document,
      "diagnostics": diagnosticsDocument,
      "warnings": warningsDocument,
      "splits": .null,
      "timings": .null,
    ]
  }

  /// The settings but for those that a saved curve sets aside: it was fitted elsewhere.
  private var settingsInForce: ConfigValue {
    let values = configuration.published.resolvedValues()
    guard curveSource != nil, case .mapping(let sections) = values else { return values }
    return .mapping(
      sections.map { section in
        guard section.key == "calibration", case .mapping(let entries) = section.value else {
          return section
        }
        return ConfigValue.Entry(
          section.key, .mapping(entries.filter { !Self.settingsOfFits.contains($0.key) }))
      })
  }

  private static let settingsOfFits: Set = [
    "method", "scope", "frac", "iterations", "delta", "ratio", "min_count", "coefficient",
    "intervals",
  ]

  private var warningsDocument: JSONValue {
    .list(publishedWarnings.map { .object($0.members) })
  }

  private func document(_ input: InputReport) -> JSONValue {
    [
      "path": .string(configuration.publishedPath(input.name)), "bytes": .integer(input.byteCount),
      "sha256": .string(input.digest.hexadecimal), "rows": .integer(input.rows),
    ]
  }

  private var ledgerDocument: JSONValue {
    .object(
      ledger.candidateMembers + [
        .init(
          name: "prompts",
          value: [
            "read": .integer(ledger.promptsRead), "paired": .integer(ledger.promptsPaired),
            "dropped": ledger.droppedPrompts,
            "too_few_candidates_by": JSONValue(ledger.tooFewCandidates),
            "uncalibrated": .integer(ledger.promptsUncalibrated),
          ]),
        .init(name: "pairs", value: .integer(ledger.pairs)),
        .init(name: "balanced", value: .bool(ledger.isBalanced)),
      ])
  }

  private var diagnosticsDocument: JSONValue {
    let document: JSONValue = [
      "characteristic": .string(configuration.calibration.characteristics[0].measure.name),
      "before": document(before, plan.before, plan.tiesBefore, intervals?.before),
      "after": document(after, plan.after, plan.tiesAfter, intervals?.after),
      "calibration_effect": [
        "unchanged": .integer(plan.effect.unchanged), "swapped": .integer(plan.effect.swapped),
        "changed": .integer(plan.effect.changed), "gained": .integer(plan.effect.gained),
        "lost": .integer(plan.effect.lost),
        "changed_share": JSONValue(plan.effect.changedShare),
        "changed_share_interval": document(intervals?.after[.changed]),
      ],
      "backfitting": .list(
        fit.fitted.compactMap(\.convergence).map {
          [
            "rounds": .integer($0.rounds), "converged": .bool($0.hasConverged),
            "last_movement": .number($0.lastMovement),
            "informative_prompts": .integer($0.informativePrompts),
            "informative_candidates": .integer($0.informativeCandidates),
          ]
        }),
      "mean_radii": .list(fit.fitted.compactMap(\.radius).map(JSONValue.number)),
      "curves": .list(fit.fitted.map(curveDocument)),
      "balance": balanceDocument,
      "sensitivity": sensitivityDocument,
      "labels": fit.labels?.document(path: { PublishedPath.of($0) }) ?? .null,
    ]
    var members = document.members ?? []
    if let agreementDocument {
      members.append(.init(name: "reward_models", value: agreementDocument))
    }
    let pairs = configuration.pairs
    if pairs.minMargin.isRelative || pairs.maxMargin?.isRelative ?? false {
      let margins: JSONValue = [
        "min_margin": .number(plan.margins.minimum),
        "max_margin": JSONValue(plan.margins.maximum),
      ]
      members.append(.init(name: "margins", value: margins))
    }
    if let previous {
      members.append(.init(name: "previous_curve", value: previous.document))
    }
    return .object(members)
  }

  /// What other settings would give; null where it was not asked.
  private var sensitivityDocument: JSONValue {
    guard let sensitivity else { return .null }
    func document(_ variant: Sensitivity.Variant) -> JSONValue {
      [
        "alpha": JSONValue(variant.alpha),
        "scope": .string(variant.scope.rawValue),
        "same_pairs": JSONValue(variant.samePairs),
        "longer_chosen": JSONValue(variant.figures[.longerChosen]),
        "length_gap_mean": JSONValue(variant.figures[.meanGap]),
        "spearman_within_prompt": JSONValue(variant.figures[.withinPrompt]),
      ]
    }
    return [
      "prompts": .integer(sensitivity.prompts),
      "alphas": .list(sensitivity.alphas.map(document)),
      "other_scope": sensitivity.otherScope.map(document) ?? .null,
      "slopes": sensitivity.slopes.map {
        [
          "between_prompts": JSONValue($0.between),
          "within_prompts": JSONValue($0.within),
          "difference": JSONValue($0.difference),
          "difference_interval": self.document($0.interval),
          "prompts_differ": .bool($0.promptsDiffer),
        ]
      } ?? .null,
    ]
  }

  /// The ends of an interval; null where there is none.
  private func document(_ interval: ClosedRange<Double>?) -> JSONValue {
    interval.map { .list([.number($0.lowerBound), .number($0.upperBound)]) } ?? .null
  }

  /// What a curve rests on.
  private func curveDocument(_ fitted: FittedCurve) -> JSONValue {
    let counts = (fitted.support?.places ?? []).map(\.effectiveCount).sorted()
    return [
      "characteristic": .string(fitted.curve.characteristic),
      "alpha": .number(fitted.curve.alpha),
      "least_effective_candidates": JSONValue(counts.first),
      "median_effective_candidates": JSONValue(
        counts.isEmpty ? nil : counts[(counts.count - 1) / 2]),
      "weak_share": JSONValue(fitted.support?.weakShare),
      "extrapolated_share": .number(fitted.extrapolatedShare),
      "smoothing": JSONValue(fitted.smoothing),
      "precision": .number(fitted.precision),
      "rewards_left_out": .integer(fitted.absurdRewards),
      "model_effects": CurveFile.document(fitted.modelEffects, fit.modelNames),
    ]
  }

  /// How the last curve's alpha was chosen; null where it was given.
  private var balanceDocument: JSONValue {
    guard let balance = fit.balance else { return .null }
    return [
      "target": .string(balance.target.rawValue),
      "target_gap": .number(balance.goal),
      "gap": .number(balance.value),
      "reached": .bool(balance.isReached),
      "jump": balance.jump.map {
        ["alpha": .number($0.alpha), "from": .number($0.before), "to": .number($0.after)]
      } ?? .null,
      "trials": .list(
        balance.trials.map { ["alpha": .number($0.alpha), "gap": .number($0.value)] }),
    ]
  }

  private func document(
    _ bias: BiasDiagnostics, _ pairs: PairStatistics, _ ties: TiedEnds,
    _ intervals: [FigureSums.Figure: ClosedRange<Double>]?
  ) -> JSONValue {
    [
      "spearman_pooled": JSONValue(bias.pooled),
      "spearman_within_prompt": JSONValue(bias.withinPrompt),
      "prompts_with_spearman": .integer(bias.prompts),
      "pairs": .integer(pairs.pairs),
      "longer_chosen": JSONValue(pairs.longerChosenShare),
      "equal_length": .integer(pairs.equalLength),
      "length_gap_mean": JSONValue(pairs.meanLengthGap),
      "cohens_d": JSONValue(pairs.cohensD),
      "tied_top_share": JSONValue(ties.topShare),
      "tied_bottom_share": JSONValue(ties.bottomShare),
      "tied_share": JSONValue(ties.share),
      "intervals": intervals.map {
        [
          "longer_chosen": document($0[.longerChosen]),
          "length_gap_mean": document($0[.meanGap]),
          "spearman_within_prompt": document($0[.withinPrompt]),
        ]
      } ?? .null,
    ]
  }
}
