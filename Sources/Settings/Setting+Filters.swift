internal import Records

extension Setting {
  static let filters: [Setting] = [
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
  static let cleaning: [Setting] = [
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
      "Of prompts whose n-grams have at least this Jaccard similarity, estimated by MinHash, one is used; "
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
}
