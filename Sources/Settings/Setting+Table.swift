internal import Records

extension Setting {
  /// Every setting, in the order of a configuration file.
  package static let all: [Setting] =
    input + fields + calibration + filters + cleaning + pairs + split + output + run + report

  private static let input: [Setting] = [
    Setting(
      "input.paths", \.input.paths, .list(of: .path, "paths", summary: "paths"),
      placeholder: ["gens/*.jsonl.zst"],
      "Files, globs, folders and archives to read, in this order; `\"-\"` is standard input.",
      examples: ["gens/*.jsonl.zst", ["a.parquet", "${DATA}/b.jsonl.gz"]]),
    Setting(
      "input.exclude", \.input.exclude,
      .list(of: .path, "paths", summary: "paths", canBeEmpty: true),
      "Datasets of earlier rounds whose prompts are not used again: folders that `run` made, files "
        + "of pairs, or of rows with a `prompt_id`. Prompts are found by id or text.",
      examples: [["round-1"]]),
    Setting(
      "input.format", \.input.format, .choice(),
      "One prompt a row with lists of responses (`nested`), one response a row (`flat`), or the "
        + "layout of a published kind of dataset (docs/formats.md)."),
    Setting(
      "input.base", \.input.base, .optional(.path),
      "The folder from which the dataset's documents tell where input is; `null` is the one that the "
        + "command runs in.",
      examples: ["gens"]),
    Setting(
      "input.on_error", \.input.onError, .choice(),
      "Stop at a malformed row, or count it, copy it to the rejects file and go on."),
    Setting(
      "input.max_errors", \.input.maxErrors, .integer(.from(0)),
      "Give up after more malformed rows than this, with `on_error: skip`.",
      examples: [.int(1000)]),
    Setting(
      "input.max_row", \.input.maxRow, .byteCount(atLeast: 1),
      "A longer row is malformed.",
      examples: ["256MiB"]),
    Setting(
      "input.max_window", \.input.maxWindow, .byteCount(atLeast: 1024),
      "Compressed files (zstd, xz) that need more of their text in memory at a time are refused.",
      examples: ["1GiB"]),
    Setting(
      "input.reward_order", \.input.rewardOrder, .choice(),
      "Whether higher or lower rewards are better; `auto` is lower where the field is called a rank."
    ),
    Setting(
      "input.thinking", \.input.thinking, .optional(.choice()),
      "Whether the thinking of an answer is measured and filtered with the rest; `null` is "
        + "`include`, with a note where answers hold thinking."),
    Setting(
      "input.tokenizer", \.input.tokenizer, .optional(.path),
      "The `tokenizer.json` of the model that is to be trained, by which the characteristic `tokens` "
        + "counts (docs/tokens.md).",
      examples: ["tokenizer.json"]),
    Setting(
      "input.id_conflicts", \.input.idConflicts, .choice(),
      "What happens to a prompt id that stands with different prompts: an error, the prompts are "
        + "dropped, or ids are not read and prompts are identified by their text."),
    Setting(
      "input.limit", \.input.limit, .optional(.integer(.from(1))),
      "Use so many prompts alone, those whose identities have the smallest hashes: a sample that "
        + "depends on neither order nor files, and is part of every larger one; `null` is all.",
      examples: [.int(1000)]),
    Setting(
      "input.limit_seed", \.input.limitSeed, .integer(.from(0)),
      "Another number makes another sample."),
    Setting(
      "input.stream_bytes", \.input.streamBytes, .optional(.integer(.from(0))),
      "How many bytes a stream such as standard input has, as they come; fewer are an error, as a pipe's "
        + "end does not say whether it was cut.",
      examples: [.int(734_003_200)]),
    Setting(
      "input.stream_sha256", \.input.streamDigest, .optional(.sha256),
      "The SHA-256 of a stream's bytes, as they come.",
      examples: [
        .string(String(repeating: "0123456789abcdef", count: 4))
      ]),
  ]

  /// What `input.fields` maps, by name.
  package static let fieldPaths: [FieldPath] = [
    FieldPath("prompt", .one(\.prompt)), FieldPath("prompt_id", .one(\.promptID)),
    FieldPath("response", .one(\.response)), FieldPath("reward", .rewards(\.flatRewards)),
    FieldPath("responses", .several(\.responses)), FieldPath("rewards", .rewards(\.nestedRewards)),
    FieldPath("model", .one(\.model)), FieldPath("system", .one(\.system)),
    FieldPath("messages", .one(\.messages)),
  ]

  private static let fields: [Setting] = [
    Setting(
      "input.fields.prompt", \.input.fields.prompt, .field,
      "The prompt: a text, or a list of messages.",
      examples: ["instruction"]),
    Setting(
      "input.fields.prompt_id", \.input.fields.promptID, .field,
      "What tells prompts apart; without it, a digest of the prompt.",
      examples: ["meta.id"]),
    Setting(
      "input.fields.response", \.input.fields.response, .field,
      "The response of a flat row.",
      examples: ["completion.text"]),
    Setting(
      "input.fields.reward", \.input.fields.flatRewards, .rewardFields,
      "The reward of a flat row, or those of several reward models (docs/rewards.md).",
      examples: [
        "scores.helpfulness", ["scores.a", "scores.b"],
        ["a": "scores.a", "b": ["field": "scores.b", "weight": .double(2)]],
      ]),
    Setting(
      "input.fields.responses", \.input.fields.responses, .fields,
      "The list of responses of a nested row, or a list of fields that hold one each.",
      examples: ["candidates", ["answer_a", "answer_b"]]),
    Setting(
      "input.fields.rewards", \.input.fields.nestedRewards, .rewardFields,
      "The list of rewards of a nested row, as long as that of the responses, or as many fields where "
        + "`responses` are several; else several are those of several reward models (docs/rewards.md).",
      examples: [
        "scores", ["scores.a", "scores.b"],
        ["a": "scores.a", "b": ["field": "scores.b", "weight": .double(2)]],
      ]),
    Setting(
      "input.fields.model", \.input.fields.model, .field,
      "The model that wrote the response, in nested rows a list; for `output.keep: [model]`, and for "
        + "the models' effects in a fit within prompts (`calibration.model_effects`). Unless it is "
        + "set, `generator`, `models` and `generators` are read too, where the first row has them "
        + "and no `model`.",
      examples: ["generator"]),
    Setting(
      "input.fields.system", \.input.fields.system, .field,
      "The system message.",
      examples: ["meta.system"]),
    Setting(
      "input.fields.messages", \.input.fields.messages, .field,
      "The conversation so far, where there is no prompt.",
      examples: ["conversation"]),
  ]

  private static let calibration: [Setting] = [
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

  private static let filters: [Setting] = [
    Setting(
      "filters.min_chars", \.filters.minChars, .integer(.from(0)),
      "Responses with fewer code points are dropped.",
      examples: [.int(20)]),
    Setting(
      "filters.max_chars", \.filters.maxChars, .optional(.integer(.from(1))),
      "Responses with more code points are dropped.",
      examples: [.int(8000)]),
    Setting(
      "filters.max_tokens", \.filters.maxTokens, .optional(.integer(.from(1))),
      "Responses with more tokens are dropped; `input.tokenizer` counts them.",
      examples: [.int(1024)]),
    Setting(
      "filters.max_pair_tokens", \.filters.maxPairTokens, .optional(.integer(.from(1))),
      "Responses with more tokens, those of their prompt included, are dropped: what a trainer would "
        + "cut, but for what its template adds (docs/tokens.md).",
      examples: [.int(2048)]),
    Setting(
      "filters.min_candidates", \.filters.minCandidates, .integer(.from(2)),
      "Prompts with fewer candidates are dropped.",
      examples: [.int(4)]),
    Setting(
      "filters.dedup", \.filters.dedup, .truth,
      "Whether a response repeated under one prompt is dropped."),
    Setting(
      "filters.refusals", \.filters.refusals,
      .list(of: .text("a phrase"), "phrases", isUnique: true, canBeEmpty: true),
      "Responses that have one of these phrases, whatever its case and punctuation, are dropped.",
      examples: [["as an ai language model", "i cannot help with"]]),
  ]

  /// What `docs/clean-prompts.md` is about.
  private static let cleaning: [Setting] = [
    Setting(
      "filters.contaminated.against", \.filters.contaminated.against,
      .list(of: .path, "paths", summary: "paths", canBeEmpty: true),
      "Files of benchmarks, in any format that input can have: prompts that have a text of theirs are "
        + "dropped.",
      examples: [["gsm8k-test.jsonl", "mmlu/*.parquet"]]),
    Setting(
      "filters.contaminated.fields", \.filters.contaminated.fields,
      .list(of: .field, "fields", isUnique: true, canBeEmpty: true),
      "The fields of a benchmark's rows whose texts are looked for; without any, every text of a row "
        + "that has `ngram` words.",
      examples: [["question"]]),
    Setting(
      "filters.contaminated.ngram", \.filters.contaminated.ngram, .integer(.from(1, through: 100)),
      "How many words in a row count as found.",
      examples: [.int(13)]),
    Setting(
      "filters.contaminated.share", \.filters.contaminated.share, .number(.above(0, through: 1)),
      "The least share of a benchmark's text, in words, that a dropped prompt has.",
      examples: [.double(0.8)]),
    Setting(
      "filters.near_duplicates.similarity", \.filters.nearDuplicates.similarity,
      .optional(.number(.above(0, through: 1))),
      "Of prompts whose n-grams have at least this Jaccard similarity, told by MinHash, one is used; "
        + "`null` is all.",
      examples: [.double(0.8)]),
    Setting(
      "filters.near_duplicates.keep", \.filters.nearDuplicates.keep, .choice(),
      "The first of the input is used, or the one with the most usable answers, then with the widest "
        + "rewards."),
    Setting(
      "filters.near_duplicates.ngram", \.filters.nearDuplicates.ngram,
      .integer(.from(1, through: 100)),
      "How many words an n-gram has.",
      examples: [.int(3)]),
    Setting(
      "filters.near_duplicates.bands", \.filters.nearDuplicates.bands,
      .integer(.from(1, through: 64)),
      "Into how many bands signatures are cut; a prompt takes 8 bytes for each. More find less alike "
        + "prompts.",
      examples: [.int(20)]),
    Setting(
      "filters.near_duplicates.rows", \.filters.nearDuplicates.rows,
      .integer(.from(1, through: 8)),
      "How many hashes a band has; prompts that agree in all of a band's are compared. Fewer find less "
        + "alike prompts.",
      examples: [.int(6)]),
    Setting(
      "filters.repetition.share", \.filters.repetition.share,
      .optional(.number(.above(0, upTo: 1))),
      "Prompts with a larger share of words in n-grams that they had before are dropped; `null` drops "
        + "none.",
      examples: [.double(0.3)]),
    Setting(
      "filters.repetition.ngram", \.filters.repetition.ngram, .integer(.from(1, through: 100)),
      "How many words such an n-gram has.",
      examples: [.int(10)]),
    Setting(
      "filters.scripts.names", \.filters.scripts.names,
      .list(of: .choice(), "scripts", isUnique: true, canBeEmpty: true),
      "The scripts that prompts are to be written in, which tell languages apart roughly; without any, "
        + "all are.",
      examples: [["latin"], ["han", "kana"]]),
    Setting(
      "filters.scripts.share", \.filters.scripts.share, .number(.above(0, through: 1)),
      "Prompts are dropped of whose letters a smaller share is of these scripts.",
      examples: [.double(0.9)]),
  ]

  private static let pairs: [Setting] = [
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

  private static let split: [Setting] = [
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

  private static let output: [Setting] = [
    Setting(
      "output.dir", \.output.dir, .outputPath, placeholder: "out",
      "The folder of the dataset, which appears when all is done.",
      examples: ["out", "${SCRATCH}/pairs"]),
    Setting(
      "output.format", \.output.format,
      .choice(), "The format of the data files."),
    Setting(
      "output.profiles", \.output.profiles,
      .list(of: .choice(), "profiles", isUnique: true),
      "Which trainers' columns to write; the first is the dataset's default.",
      examples: ["trl", ["alignment-handbook", "kto"]]),
    Setting(
      "output.keep", \.output.keep,
      .list(of: .field, "fields", isUnique: true, canBeEmpty: true),
      "Fields of the input that pass through as columns, as the prompt's first row has them; `model` "
        + "gives `chosen_model` and `rejected_model`.",
      examples: [["source", "model"]]),
    Setting(
      "output.all_answers", \.output.allAnswers, .truth,
      "Whether each pair has every answer to its prompt beside it, with the rewards: "
        + "`all_generated_responses`, `all_rm_scores`, `all_scores`."),
    Setting(
      "output.license", \.output.license, .optional(.text("a licence's identifier")),
      "The dataset card's `license`, such as `cc-by-4.0`.",
      examples: ["cc-by-4.0"]),
    Setting(
      "output.source_datasets", \.output.sourceDatasets,
      .list(of: .text("a dataset's name"), "names", isUnique: true, canBeEmpty: true),
      "The dataset card's `source_datasets`: what the prompts and answers come from.",
      examples: [["openbmb/UltraFeedback"]]),
    Setting(
      "output.language", \.output.languages,
      .list(of: .text("a language's code"), "codes", isUnique: true, canBeEmpty: true),
      "The dataset card's `language`, such as `[en]`.",
      examples: [["en", "de"]]),
    Setting(
      "output.pretty_name", \.output.prettyName, .optional(.text("a name")),
      "The dataset card's `pretty_name`.",
      examples: ["Pairs without length bias"]),
    Setting(
      "output.task_categories", \.output.taskCategories,
      .list(of: .text("a category"), "categories", isUnique: true, canBeEmpty: true),
      "The dataset card's `task_categories`.",
      examples: [["question-answering"]]),
    Setting(
      "output.tags", \.output.tags,
      .list(of: .text("a tag"), "tags", isUnique: true, canBeEmpty: true),
      "Tags of the dataset card beside `dpo`, `preference` and `dpo-prep`.",
      examples: [["length-bias"]]),
    Setting(
      "output.compression", \.output.compression, .choice(),
      "The compression of the data files; `snappy` is for Parquet only."),
    Setting(
      "output.shard_rows", \.output.shardRows, .integer(.from(1)),
      "The most rows of a data file.",
      examples: [.int(50_000)]),
    Setting(
      "output.overwrite", \.output.overwrite, .truth,
      "Whether an existing `dir` is replaced."),
  ]

  private static let run: [Setting] = [
    Setting(
      "run.threads", \.run.threads, .optional(.integer(.from(1, through: 1024)), orWord: "auto"),
      "Threads to use; `auto` is one a processor. The result is the same for any number.",
      examples: [.int(8), "auto"]),
    Setting(
      "run.memory", \.run.memory, .byteCount(atLeast: 64 << 20),
      "Memory for texts that wait or are kept for the second pass; more waits on disk or is read "
        + "again. Below 512MiB only what is slow to decompress is kept.",
      examples: ["4GiB"]),
    Setting(
      "run.tmp_dir", \.run.temporaryFolder, .optional(.outputPath),
      "Where texts wait on disk; `null` is beside the output.",
      examples: ["${TMPDIR}"]),
  ]

  private static let report: [Setting] = [
    Setting(
      "report.html", \.report.html, .truth,
      "Whether `report.html`, figures for the browser in one file, is written."),
    Setting(
      "report.previous_curve", \.report.previousCurve, .optional(.path),
      "The curve of an earlier round, which the report compares the new one with: its `curve.json`, or "
        + "the folder of its dataset.",
      examples: ["round-1"]),
  ]
}
