import Testing

/// The same generations as Arrow and as JSON Lines give the same dataset.
@Suite(
  .enabled(
    if: Program.pythonHas("pyarrow"), "set DPO_PREP_PYTHON to a Python with pyarrow"))
struct ArrowInputTests {
  private static let convert =
    "import json, pyarrow as pa, pyarrow.feather as feather, pyarrow.ipc as ipc; "
    + "table = pa.Table.from_pylist([json.loads(line) for line in open('in.jsonl')]); "
    + "feather.write_feather(table, 'in.feather', chunksize=37); "
    + "stream = ipc.new_stream('in.arrows', table.schema); stream.write_table(table); stream.close()"

  private static let settings = [
    "run", "-q", "prep.yaml", "output.overwrite=true", "pairs.strategy=all",
  ]

  @Test func arrowIsTheSameInput() throws {
    let workspace = try Workspace()
    for rows in [Generations(prompts: 150).nested, Generations(prompts: 150).adjacent] {
      try workspace.write(rows, to: "in.jsonl")
      #expect(try workspace.python(["-c", Self.convert]).status == 0)
      for name in ["in.jsonl", "in.feather"] {
        try workspace.succeed(
          Self.settings + ["input.paths=[\(name)]", "output.dir=\(name)-out"])
      }
      let piped = try workspace.shell(
        "cat in.arrows | '\(Program.path)' \(Self.settings.joined(separator: " ")) "
          + "'input.paths=[-]' output.dir=piped-out")
      #expect(piped.status == 0, "\(piped.errors)")
      let expected = try workspace.contents(of: "in.jsonl-out/data")
      #expect(try workspace.contents(of: "in.feather-out/data") == expected)
      #expect(try workspace.contents(of: "piped-out/data") == expected)
    }
  }

  @Test(.enabled(if: Program.pythonHas("datasets")))
  func savedDatasetsAreRead() throws {
    let workspace = try Workspace()
    try workspace.write(Generations(prompts: 60).nested, to: "in.jsonl")
    let saved = try workspace.python([
      "-c",
      "import datasets; d = datasets.Dataset.from_json('in.jsonl', cache_dir='cache'); "
        + "datasets.DatasetDict(train=d).save_to_disk('saved')",
    ])
    #expect(saved.status == 0, "\(saved.errors)")
    for name in ["in.jsonl", "saved"] {
      try workspace.succeed(Self.settings + ["input.paths=[\(name)]", "output.dir=\(name)-out"])
    }
    let expected = try workspace.contents(of: "in.jsonl-out/data")
    #expect(try workspace.contents(of: "saved-out/data") == expected)
  }
}
