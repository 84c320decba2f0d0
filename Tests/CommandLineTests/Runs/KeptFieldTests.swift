import Testing

/// Fields that pass through, and the models of answers.
@Suite struct KeptFieldTests {
  private static let rows = [
    #"{"prompt": "p", "response": "aa", "reward": 1, "model": "m1", "source": "w\u00e9b", "n": 1, "#
      + #""meta": {"x": 1.5}, "tags": ["a"], "ok": true, "mixed": 1}"#,
    #"{"prompt": "p", "response": "bbb", "reward": 2, "model": "m2", "source": "other", "n": 9}"#,
    #"{"prompt": "q", "response": "cc", "reward": 3, "source": null, "n": 5, "#
      + #""meta": {"x": 2}, "tags": [], "ok": null, "mixed": "two"}"#,
    #"{"prompt": "q", "response": "d", "reward": 1, "model": "m2"}"#,
  ]

  private static func run(
    _ workspace: Workspace, _ arguments: [String]
  ) throws -> [[String: Any]] {
    try workspace.write(rows.joined(separator: "\n"), to: "in.jsonl")
    try workspace.succeed(
      [
        "run", "-q", "prep.yaml", "input.paths=[in.jsonl]", "calibration.method=none",
        "output.overwrite=true", "output.profiles=[trl]",
      ] + arguments)
    return try (workspace.rows(of: "out")["train"] ?? []).map(JSON.object)
  }

  @Test func fieldsOfThePromptsFirstRowPassThrough() throws {
    let workspace = try Workspace()
    let rows = try Self.run(
      workspace, ["output.keep=[source, n, meta.x, tags, ok, mixed, model]"])
    let expected: [[String: Any?]] = [
      [
        "source": "w\u{e9}b", "n": 1, "x": 1.5, "tags": "[\"a\"]", "ok": true, "mixed": "1",
        "chosen_model": "m2", "rejected_model": "m1",
      ],
      [
        "source": nil, "n": 5, "x": 2.0, "tags": "[]", "ok": nil, "mixed": "two",
        "chosen_model": nil, "rejected_model": "m2",
      ],
    ]
    #expect(rows.count == expected.count)
    for (row, values) in zip(rows, expected) {
      for (name, value) in values {
        let found = try #require(row[name], "\(name)")
        if let value {
          #expect(JSON.areSame(found, value), "\(name): \(found)")
        } else {
          #expect("\(found)" == "<null>", "\(name): \(found)")
        }
      }
    }
  }

  /// Integers that a column of doubles would make the same.
  @Test(arguments: [
    ("9223372036854775808", "9223372036854775809"), ("18446744073709551615", "-1"),
    ("9007199254740993", "0.5"), ("100000000000000000000000000001", "0.25"),
  ])
  func wideIntegersStayTheirOwn(first: String, second: String) throws {
    let workspace = try Workspace()
    let rows = [("p", first), ("q", second)].flatMap { prompt, value in
      (1...2).map {
        #"{"prompt": "\#(prompt)", "response": "\#($0)", "reward": \#($0), "n": \#(value)}"#
      }
    }
    try workspace.write(rows.joined(separator: "\n"), to: "in.jsonl")
    try workspace.succeed([
      "run", "-q", "prep.yaml", "input.paths=[in.jsonl]", "calibration.method=none",
      "output.profiles=[trl]", "output.keep=[n]",
    ])
    let written = try workspace.rows(of: "out")["train"] ?? []
    for (row, value) in zip(written, [first, second]) {
      #expect(row.contains("\"n\": \"\(value)\""), "\(row)")
    }
    #expect(written.count == 2)
  }

  @Test func textsThatWaitOnDiskKeepTheirFields() throws {
    let workspace = try Workspace()
    let filler = String(repeating: "x", count: 40_000)
    func line(_ prompt: Int, _ seed: Int) -> String {
      #"{"prompt": "p\#(prompt)", "response": "\#(seed)\#(filler)\#(prompt)", "reward": \#(seed), "#
        + #""n": \#(prompt), "f": \#(prompt).25, "s": "s\#(prompt)", "l": [\#(prompt)], "#
        + #""b": \#(prompt.isMultiple(of: 2)), "model": "m\#(seed)"}"#
    }
    for seed in 0..<2 {
      let lines = (0..<600).map { line($0, seed) }
      try workspace.write(lines.joined(separator: "\n"), to: "in-\(seed).jsonl")
    }
    let arguments = [
      "run", "-q", "prep.yaml", "input.paths=[in-0.jsonl, in-1.jsonl]", "calibration.method=none",
      "output.keep=[n, f, s, l, b, model]", "output.compression=none",
    ]
    try workspace.succeed(arguments + ["output.dir=spilled", "run.memory=64MiB"])
    try workspace.succeed(arguments + ["output.dir=memory"])
    #expect(
      try workspace.contents(of: "spilled/data") == workspace.contents(of: "memory/data"))
    let row = try JSON.object(try #require(workspace.rows(of: "spilled")["train"]?[577]))
    #expect(row["n"] as? Int == 577 && row["f"] as? Double == 577.25)
    #expect(row["s"] as? String == "s577" && row["l"] as? String == "[577]")
    #expect(row["b"] as? Bool == false && row["chosen_model"] as? String == "m1")
  }

  @Test(
    arguments: [
      ("ultrafeedback.jsonl", []), ("pairs-tulu.jsonl", ["input.format=h4"]),
      ("pairs-argilla.jsonl", []), ("distilabel.jsonl", []),
    ] as [(String, [String])])
  func publishedFormatsNameTheirModels(file: String, settings: [String]) throws {
    let workspace = try Workspace()
    try workspace.succeed(
      [
        "run", "-q", "prep.yaml", "input.paths=[\(Program.checkout)/samples/formats/\(file)]",
        "calibration.method=none", "output.keep=[model]",
      ] + settings)
    let models = try (workspace.rows(of: "out")["train"] ?? []).map {
      try JSON.object($0)["chosen_model"] as? String
    }
    #expect(models.contains { $0?.hasPrefix("heron") == true }, "\(models)")
  }

  @Test(arguments: ["parquet", "jsonl"])
  func theyDoNoHarm(format: String) throws {
    let workspace = try Workspace()
    try workspace.write(Self.rows.joined(separator: "\n"), to: "in.jsonl")
    try workspace.succeed([
      "run", "-q", "prep.yaml", "input.paths=[in.jsonl]", "output.profiles=[trl]",
      "calibration.method=none", "output.keep=[source, n, tags, ok, model]",
      "output.format=\(format)",
    ])
    let outcome = try workspace.dpoPrep(["validate", "-q", "--json", "out"])
    #expect(outcome.status == 0, "\(outcome.output)")
    if Program.pythonHas("datasets") {
      let loaded = try workspace.start(
        #require(Program.python),
        [
          "-c",
          """
          from datasets import load_dataset
          rows = load_dataset("out", split="train")
          assert rows["n"] == [1, 5], rows["n"]
          assert rows["source"] == ["w\u{e9}b", None]
          assert rows["chosen_model"] == ["m2", None] and rows["ok"] == [True, None]
          """,
        ]
      ).wait()
      #expect(loaded.status == 0, "\(loaded.errors)")
    }
  }

  /// Every column that a profile has is refused as the name of a field.
  @Test func namesOfColumnsAreReserved() throws {
    let workspace = try Workspace()
    var names: Set<String> = ["margin", "tools", "images", "conversations", "system"]
    for profile in ["alignment-handbook", "trl", "standard", "kto", "axolotl", "ms-swift"] {
      _ = try Self.run(
        workspace,
        ["output.profiles=[\(profile)]", "output.compression=none", "output.keep=[model]"])
      for lines in try workspace.rows(of: "out").values {
        for line in lines { names.formUnion(try JSON.object(line).keys) }
      }
    }
    names.remove("model")
    for name in names {
      let outcome = try workspace.dpoPrep([
        "config", "check", "prep.yaml", "input.paths=[a]", "output.keep=[meta.\(name)]",
      ])
      #expect(outcome.status == 78, "\(name)")
    }
  }

  @Test func aFieldThatNoRowHasIsAnError() throws {
    let workspace = try Workspace()
    try workspace.write(#"{"prompt": "p", "response": "a", "reward": 1}"#, to: "in.jsonl")
    for field in ["sorce", "model"] {
      let outcome = try workspace.dpoPrep([
        "run", "-q", "prep.yaml", "input.paths=[in.jsonl]", "output.keep=[\(field)]",
      ])
      #expect(outcome.status == 65)
      #expect(outcome.errors.contains("no row has a value for \"\(field)\""))
    }
  }

  @Test func theCardSaysWhatTheUserSays() throws {
    let workspace = try Workspace()
    _ = try Self.run(
      workspace,
      [
        "output.license=cc-by-4.0", "output.source_datasets=[org/one, 'a: b']",
        "output.language=[en, 'no']", "output.pretty_name=My pairs", "output.tags=[length]",
      ])
    let card = try workspace.text(of: "out/README.md")
    #expect(
      card.hasPrefix(
        "---\nlicense: \"cc-by-4.0\"\npretty_name: \"My pairs\"\nlanguage:\n- \"en\"\n- \"no\"\n"
          + "task_categories:\n- \"text-generation\"\nsize_categories:\n- n<1K\n"
          + "source_datasets:\n- \"org/one\"\n- \"a: b\"\ntags:\n- dpo\n- preference\n- dpo-prep\n"
          + "- \"length\"\n"))
  }
}
