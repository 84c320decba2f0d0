internal import Records

extension Setting {
  static let calibration: [Setting] = [
    Setting(
      "calibration.combine", \.calibration.combine,
      .choice(refusing: [
        "mean":
          "a plain mean of scales that differ is ruled by the model with the widest one; scaled_mean "
          + "divides each reward by its standard deviation within prompts first"
      ]),
      "How the rewards of several reward models become one: the weighted mean of rewards over their "
        + "standard deviations within prompts, or of ranks; the least; or the mean less `lambda` "
        + "standard deviations between models (docs/rewards.md)."),
    Setting(
      "calibration.lambda", \.calibration.lambda, .number(.from(0)),
      "`combine: mean_minus_sd`: how many standard deviations between models are taken off.",
      examples: [.double(0.5)]),
    Setting(
      "calibration.each", \.calibration.each, .truth,
      "Whether each of several rewards is calibrated by itself; for `combine: scaled_mean`, where it "
        + "makes a difference with robust passes and `frac: auto` alone."),
    Setting(
      "calibration.method", \.calibration.method, .choice(),
      "Local regression, mean reward of similar candidates, a constant penalty, or nothing."),
    Setting(
      "calibration.transform", \.calibration.transform, .choice(),
      "What takes the place of rewards before the fit: the logit of probabilities, or within each "
        + "prompt the mid-ranks as fractions, (rank \u{2212} \u{BD}) / n, or the z-scores."),
    Setting(
      "calibration.clip", \.calibration.clip, .number(.above(0, upTo: 0.5)),
      "`logit`: how near to 0 and 1 a probability may come; those nearer are taken for that.",
      examples: [.double(0.001)]),
    Setting(
      "calibration.characteristics", \.calibration.characteristics,
      .list(of: .characteristic, "characteristics"),
      "What the reward should not depend on; removed one after the other.",
      examples: [
        "chars", ["chars", "markdown"], [["name": "field:tokens", "alpha": "auto"]],
      ]),
    Setting(
      "calibration.jointly", \.calibration.jointly, .truth,
      "`lwr`: whether several characteristics are fitted together, the first as a curve and the others "
        + "as straight lines, instead of one after the other."),
    Setting(
      "calibration.scope", \.calibration.scope, .choice(),
      "One curve over all candidates, or one that compares answers to the same prompt only."),
    Setting(
      "calibration.model_effects", \.calibration.modelEffects, .choice(),
      "`within_prompt`: whether models have effects of their own where rows name several "
        + "(`input.fields.model`)."),
    Setting(
      "calibration.frac", \.calibration.frac,
      .optional(.number(.above(0, through: 1)), orWord: "auto"),
      "The share of candidates in one regression window; `auto` chooses it by cross-validation.",
      examples: [.double(0.5), "auto"]),
    Setting(
      "calibration.iterations", \.calibration.iterations,
      .optional(.integer(.from(0, through: 100)), orWord: "auto"),
      "Passes that weigh outliers down; `auto` is 3 for `global`, 1 for `within_prompt`.",
      examples: [.int(3), "auto"]),
    Setting(
      "calibration.delta", \.calibration.delta, .number(.from(0)),
      "`lwr`: the curve is interpolated over up to this much of the characteristic; `0` is exact.",
      examples: [.double(10)]),
    Setting(
      "calibration.ratio", \.calibration.ratio, .number(.above(0)),
      "`mean`: the window is the mean difference divided by this, to either side.",
      examples: [.double(8)]),
    Setting(
      "calibration.min_count", \.calibration.minCount, .integer(.from(1)),
      "`mean`: with fewer candidates in the window, the reward is left alone.",
      examples: [.int(20)]),
    Setting(
      "calibration.coefficient", \.calibration.coefficient, .anyNumber,
      "`penalty`: what a unit of the characteristic costs.",
      examples: [.double(0.0005)]),
    Setting(
      "calibration.target", \.calibration.target, .choice(),
      "`alpha: auto`: what of the pairs is brought to its target: the mean of chosen \u{2212} "
        + "rejected length, the share of longer chosen (to one half), or the mean log ratio; "
        + "`labels` is the alpha that the pairs of `calibration.labels` tell."),
    Setting(
      "calibration.target_gap", \.calibration.targetGap, .anyNumber,
      "`alpha: auto`: the mean gap, or the mean log ratio, that the pairs are to have.",
      examples: [.double(50)]),
    Setting(
      "calibration.intervals", \.calibration.intervals, .truth,
      "Whether 95 % intervals are estimated, by refits without each of 20 groups of prompts."),
    Setting(
      "calibration.curve", \.calibration.curve, .optional(.path),
      "A saved curve to use instead of a fit.",
      examples: ["curve.json"]),
    Setting(
      "calibration.curve_check", \.calibration.curveCheck, .truth,
      "Whether a saved curve is refused that was fitted on rewards of another scale."),
    Setting(
      "calibration.labels", \.calibration.labels, .optional(.path),
      "A file of labelled pairs (prompt or id, `better` and `worse` answer) that the calibration is "
        + "judged by, and `alpha` estimated from with `target: labels`.",
      examples: ["labels.jsonl"]),
  ]
}
