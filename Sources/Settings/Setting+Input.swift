internal import Records

extension Setting {
  static let input: [Setting] = [
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

  static let fields: [Setting] = [
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
}
