internal import Records

extension Setting {
  static let pairs: [Setting] = [
    Setting(
      "pairs.strategy", \.pairs.strategy, .choice(),
      "Which candidates are chosen and rejected."),
    Setting(
      "pairs.ties", \.pairs.ties, .choice(),
      "Of equal scores: one drawn from prompt and answer, the shorter answer, or no such pair."),
    Setting(
      "pairs.min_margin", \.pairs.minMargin, .margin,
      "Pairs with a smaller difference of scores are dropped; `0.5sd` is half the standard deviation "
        + "of the margins of all pairs that there would be without these two rules, and `q10` the "
        + "margin that a tenth of them stays below.",
      examples: [.double(0.1), "0.5sd", "q10"]),
    Setting(
      "pairs.max_margin", \.pairs.maxMargin, .optional(.margin),
      "Pairs with a larger difference of scores are dropped; written as `min_margin`.",
      examples: [.double(5), "3sd", "q95"]),
    Setting(
      "pairs.field_margins", \.pairs.fieldMargins,
      .list(of: .fieldMargin, "margins of fields", canBeEmpty: true),
      "Numbers that rows have for each answer, such as another judge's, in which chosen has to be "
        + "ahead of rejected by at least `min`; other pairs are dropped.",
      examples: [[["name": "field:helpfulness", "min": .double(1)]]]),
    Setting(
      "pairs.bounded_scores", \.pairs.boundedScores, .choice(),
      "Which scores `chosen.min_score` and `rejected.max_score` mean: the calibrated ones, or the "
        + "rewards as they came."),
    Setting(
      "pairs.agreement", \.pairs.agreement, .optional(.number(.above(0, through: 1))),
      "Pairs are dropped whose chosen answer a smaller share of several reward models prefers, each "
        + "one's share of the bias taken off; `null` is none.",
      examples: [.double(0.75)]),
    Setting(
      "pairs.per_prompt", \.pairs.perPrompt, .optional(.integer(.from(1))),
      "The most pairs of a prompt; `null` is every pair for `all`, `neighbors` and `model_pairs`, and "
        + "1 for the others. More than 1 needs one of these, `top_bottom` or `length_matched`.",
      examples: [.int(3)]),
    Setting(
      "pairs.per_source", \.pairs.perSource, .optional(.integer(.from(1))),
      "The most pairs of a source, which the field of `output.keep` tells that is called `source` or "
        + "`dataset`: those of the prompts with the smallest hashes.",
      examples: [.int(5000)]),
    Setting(
      "pairs.sample", \.pairs.sample, .optional(.integer(.from(1))),
      "Use the pairs of so many prompts alone, of those that give pairs the ones with the smallest "
        + "hashes (`input.limit` counts prompts of the input instead); `null` is all.",
      examples: [.int(10000)]),
    Setting(
      "pairs.order", \.pairs.order, .choice(),
      "Which prompts come first in the data files: as in the input, by the margin of their best pair, "
        + "or by the mean score of their answers, high for easy prompts. Pairs of a prompt stand "
        + "together."),
    Setting(
      "pairs.seed", \.pairs.seed, .integer(.from(0)),
      "`max_random`, `per_source` and `sample`: the same seed gives the same pairs.",
      examples: [.int(7)]),
    Setting(
      "pairs.sigma", \.pairs.sigma, .anyNumber,
      "`mu_sigma`: rejected is nearest to the mean minus this many standard deviations.",
      examples: [.double(1.5)]),
    Setting(
      "pairs.upper_quantile", \.pairs.upperQuantile, .number(.from(0, through: 1)),
      "`quantile`: where chosen is taken; above `lower_quantile`.",
      examples: [.double(0.95)]),
    Setting(
      "pairs.lower_quantile", \.pairs.lowerQuantile, .number(.from(0, through: 1)),
      "`quantile`: where rejected is taken.",
      examples: [.double(0.05)]),
    Setting(
      "pairs.length_ratio", \.pairs.lengthRatio, .number(.from(1)),
      "`length_matched`: the longer answer has at most this many times the other's length.",
      examples: [.double(1.1)]),
    Setting(
      "pairs.chosen.min_score", \.pairs.chosen.minScore, .optional(.anyNumber),
      "Pairs whose chosen answer scores less are dropped.",
      examples: [.double(1)]),
    Setting(
      "pairs.chosen.models", \.pairs.chosen.models,
      .list(of: .text("a model's name"), "names", isUnique: true, canBeEmpty: true),
      "The models whose answers may be chosen; empty for all. `input.fields.model` says where their "
        + "names are.",
      examples: [["qwen-72b"]]),
    Setting(
      "pairs.rejected.max_score", \.pairs.rejected.maxScore, .optional(.anyNumber),
      "Pairs whose rejected answer scores more are dropped.",
      examples: [.double(0)]),
    Setting(
      "pairs.rejected.models", \.pairs.rejected.models,
      .list(of: .text("a model's name"), "names", isUnique: true, canBeEmpty: true),
      "The models whose answers may be rejected; empty for all.",
      examples: [["qwen-7b"]]),
  ]

  static let split: [Setting] = [
    Setting(
      "split.test", \.split.test, .number(.from(0, upTo: 1)),
      "The share of prompts whose pairs go to the test split.",
      examples: [.double(0.05)]),
    Setting(
      "split.salt", \.split.salt, .text("a text"),
      "Another salt gives another split.",
      examples: ["second"]),
    Setting(
      "split.field", \.split.field, .optional(.field),
      "A field that says which split a row belongs to, such as `train` or `test`, instead of a "
        + "draw.",
      examples: ["split"]),
  ]
}
