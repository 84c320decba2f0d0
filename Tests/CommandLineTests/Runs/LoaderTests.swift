import Foundation
import Testing

/// Datasets load where they are going to be used.
@Suite(
  .enabled(
    if: Program.pythonHas("datasets", "yaml"),
    "set DPO_PREP_PYTHON to a Python with datasets and PyYAML"))
struct LoaderTests {
  private static let everyProfile =
    "[kto, trl, trl-implicit, alignment-handbook, h4, standard, openrlhf, llama-factory, axolotl, "
    + "ms-swift]"

  @Test(arguments: [
    [],
    ["split.test=0.2", "output.compression=gzip"],
    ["output.profiles=[trl]", "output.compression=none"],
    ["output.profiles=[trl]", "split.test=0.3", "output.shard_rows=11"],
    [
      "output.profiles=[alignment-handbook, trl]", "split.test=0.3", "output.shard_rows=20",
      "output.compression=none",
    ],
    ["output.profiles=[trl, alignment-handbook]", "output.shard_rows=30"],
    ["output.profiles=[h4]", "split.test=0.2"],
    ["output.format=parquet"],
    ["output.format=parquet", "output.compression=snappy", "split.test=0.2"],
    ["output.profiles=\(Self.everyProfile)", "output.format=parquet", "split.test=0.3"],
    ["output.profiles=\(Self.everyProfile)", "output.compression=none", "output.shard_rows=50"],
    [
      "calibration.method=penalty", "calibration.characteristics=[words]", "output.shard_rows=1000",
    ],
  ])
  func generations(settings: [String]) throws {
    let workspace = try Workspace()
    try workspace.write(Generations(prompts: 90).nested, to: "in.jsonl")
    try workspace.succeed(["run", "-q", "prep.yaml", "input.paths=[in.jsonl]"] + settings)
    let loaded = try workspace.oracle("load_dataset.py", ["out"])
    #expect(loaded.status == 0, "\(loaded.output)\(loaded.errors)")
    let pairs = JSON.count(try workspace.object(in: "out/manifest.json"), "ledger.pairs")
    #expect(loaded.output.contains("default/") && pairs == 90)
  }

  /// Every block of a card does what it says, whichever profile is the first.
  @Test(
    arguments: [
      everyProfile, "[alignment-handbook]", "[h4]", "[trl]", "[openrlhf]", "[llama-factory]",
      "[axolotl, openrlhf]", "[ms-swift, alignment-handbook]",
    ], ["parquet", "jsonl"])
  func whatTheCardSaysIsSo(profiles: String, format: String) throws {
    let workspace = try Workspace()
    try workspace.write(Generations(prompts: 40).nested, to: "in.jsonl")
    try workspace.succeed([
      "run", "-q", "prep.yaml", "input.paths=[in.jsonl]", "output.profiles=\(profiles)",
      "output.format=\(format)", "split.test=0.3",
      "output.compression=\(format == "jsonl" ? "none" : "zstd")",
    ])
    let done = try workspace.oracle("card_snippets.py", ["out"])
    #expect(done.status == 0, "\(done.output)\(done.errors)")
    let sections = try workspace.text(of: "out/README.md").components(separatedBy: "\n### ").count
    let named = Set(done.output.split(separator: "\n").map { $0.prefix { $0 != ":" } })
    #expect(named.count == sections - 1)
  }

  /// The Python of the documents runs where their first command was carried out.
  @Test func whatTheDocumentsSayIsSo() throws {
    let workspace = try Workspace()
    for folder in ["out/quickstart", "first"] {
      try workspace.succeed([
        "run", "-q", "\(Program.checkout)/samples/quickstart.yaml", "output.dir=\(folder)",
        "input.paths=[\(Program.checkout)/samples/nested.jsonl.zst]",
      ])
    }
    let documents = try workspace.shell(
      "cd '\(Program.checkout)' && ls $PWD/README.md $PWD/docs/*.md")
    let done = try workspace.oracle(
      "doc_snippets.py", documents.output.split(separator: "\n").map(String.init))
    #expect(done.status == 0, "\(done.output)\(done.errors)")
    #expect(done.output.contains("README.md: 1 blocks\n") && done.output.contains("train.md: "))
  }

  /// System turns, earlier turns, lengths that are no whole numbers, one row in all.
  @Test func conversationsAndOddLengths() throws {
    let workspace = try Workspace()
    try workspace.write(
      """
      {"prompt": [{"role": "system", "content": ""}, {"role": "user", "content": "a"}, \
      {"role": "assistant", "content": "b"}, {"role": "user", "content": "c"}], \
      "completions": [{"response": "x", "reward": 1, "tokens": 1.5}, \
      {"response": "yy", "reward": "2", "tokens": 2}]}
      """, to: "in.jsonl")
    try workspace.succeed([
      "run", "-q", "prep.yaml", "input.paths=[in.jsonl]", "calibration.method=none",
      "calibration.characteristics=['field:completions.tokens']",
      "output.profiles=[alignment-handbook, trl]",
    ])
    let loaded = try workspace.oracle("load_dataset.py", ["out"])
    #expect(loaded.status == 0, "\(loaded.output)\(loaded.errors)")
  }

  /// Parquet holds what JSON Lines hold, in every profile, whatever the threads and compression.
  @Test(arguments: ["none", "snappy", "gzip", "zstd"])
  func parquetHoldsTheSameRows(compression: String) throws {
    let workspace = try Workspace()
    try workspace.write(Generations(prompts: 300).nested, to: "in.jsonl")
    let settings = [
      "input.paths=[in.jsonl]", "output.profiles=\(Self.everyProfile)", "split.test=0.2",
      "output.shard_rows=150",
    ]
    try workspace.succeed(
      ["run", "-q", "prep.yaml", "output.dir=rows", "output.compression=none"] + settings)
    for threads in ["1", "3"] {
      try workspace.succeed(
        [
          "run", "-q", "prep.yaml", "output.dir=columns\(threads)", "output.format=parquet",
          "output.compression=\(compression)", "run.threads=\(threads)",
        ] + settings)
    }
    let compared = try workspace.oracle("same_rows.py", ["rows", "columns1"])
    #expect(compared.status == 0, "\(compared.output)\(compared.errors)")
    #expect(compared.output.hasSuffix("11 configs are the same\n"))
    let files = try workspace.contents(of: "columns1").filter { $0.key.hasSuffix(".parquet") }
    let others = try workspace.contents(of: "columns3").filter { $0.key.hasSuffix(".parquet") }
    #expect(files == others)
  }

  /// What was generated stands in every profile, by a decoding that shares nothing with the program.
  @Test(arguments: ["jsonl", "parquet"])
  func contentIsThatOfTheSources(format: String) throws {
    let workspace = try Workspace()
    try conversations(
      into: workspace,
      [
        "output.profiles=\(Self.everyProfile)", "split.test=0.2", "output.format=\(format)",
        "output.compression=\(format == "jsonl" ? "none" : "zstd")",
      ])
    let loaded = try workspace.oracle("load_dataset.py", ["out", "expected.jsonl"])
    #expect(loaded.status == 0, "\(loaded.output)\(loaded.errors)")
  }

  /// And rows of the right shape that say something else are found.
  @Test(arguments: [
    ("answers", "another answer is chosen"), ("prompts", "another prompt"),
    ("system", "another prompt"), ("precision", "score_chosen is"),
  ])
  func otherContentIsFound(way: String, message: String) throws {
    let workspace = try Workspace()
    try conversations(
      into: workspace, ["output.profiles=[trl]", "split.test=0.2", "output.compression=none"])
    let spoiled = try workspace.oracle("spoil_dataset.py", ["out", way])
    #expect(spoiled.status == 0, "\(spoiled.errors)")
    let loaded = try workspace.oracle("load_dataset.py", ["out", "expected.jsonl"])
    #expect(loaded.status == 1)
    #expect(loaded.output.contains(message), "\(loaded.output)\(loaded.errors)")
  }

  /// A dataset of conversations, some with a system turn, and what must be in it.
  private func conversations(into workspace: Workspace, _ settings: [String]) throws {
    let input = "\(Program.checkout)/samples/conversations.jsonl"
    try workspace.succeed(
      ["run", "-q", "prep.yaml", "input.paths=[\(input)]", "calibration.scope=global"] + settings)
    let expected = try workspace.oracle("reference.py", [input, "--test-fraction", "0.2"])
    try workspace.write(expected.output, to: "expected.jsonl")
  }

  /// The loader's own checks must be able to fail.
  @Test(arguments: [
    (
      "sed -i 's/num_examples: [0-9]*/num_examples: 7/' out/README.md",
      "NonMatchingSplitsSizesError"
    ),
    ("sed -i 's/\"role\": \"assistant\"/\"role\": \"user\"/g' out/data/*", "end with an answer"),
    (
      "sed -i -E 's/\"score_chosen\": [^,]*/\"score_chosen\": -9.0/' out/data/*",
      "does not score higher"
    ),
  ])
  func damageIsFound(damage: String, message: String) throws {
    let workspace = try Workspace()
    try workspace.write(Generations(prompts: 20).nested, to: "in.jsonl")
    try workspace.succeed([
      "run", "-q", "prep.yaml", "input.paths=[in.jsonl]", "output.compression=none",
    ])
    #expect(try workspace.shell(damage).status == 0)
    let loaded = try workspace.oracle("load_dataset.py", ["out"])
    #expect(loaded.status == 1)
    #expect((loaded.output + loaded.errors).contains(message), "\(loaded.output)\(loaded.errors)")
  }
}
