internal import Records

extension Setting {
  static let output: [Setting] = [
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

  static let run: [Setting] = [
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

  static let report: [Setting] = [
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
