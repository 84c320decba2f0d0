import Testing

/// Tables in folders whose names are values: `source=web/date=2026-01-01/part-0.parquet`.
@Suite(
  .enabled(
    if: Program.pythonHas("pyarrow"), "set DPO_PREP_PYTHON to a Python with pyarrow"))
struct PartitionedInputTests {
  /// Writes the rows of in.jsonl as pyarrow writes a dataset, and rows.jsonl as pyarrow reads it.
  private func partition(_ workspace: Workspace, as form: String) throws {
    let script = """
      import json, os, sys
      import pyarrow as pa, pyarrow.csv, pyarrow.dataset as ds, pyarrow.parquet as pq
      rows = [json.loads(line) for line in open("in.jsonl")]
      sources = ["web", "a b=c/d", None, "\\u2713%41"]
      for number, row in enumerate(rows):
          row |= {"source": sources[number // 40 % 4], "shard": number // 20 % 3,
                  "version": ["1", "007"][number // 20 % 2], "date": "2026-01-0%d" % (number % 2 + 1)}
      columns = ["source", "shard", "version", "date"]
      pq.write_to_dataset(pa.Table.from_pylist(rows), "parquet", partition_cols=columns)
      # Text, as the program leaves numbers with zeros in front as they are.
      partitioning = ds.partitioning(pa.schema([("source", pa.string()), ("shard", pa.int64()),
          ("version", pa.string()), ("date", pa.string())]), flavor="hive")
      table = ds.dataset("parquet", partitioning=partitioning)
      with open("rows.jsonl", "w") as output:
          for part in sorted(table.get_fragments(), key=lambda part: part.path.encode()):
              read = part.to_table(schema=table.schema).to_pylist()
              for row in read:
                  output.write(json.dumps(row) + "\\n")
              os.makedirs(os.path.dirname("\(form)/" + part.path[8:]), exist_ok=True)
              if "\(form)" == "parquet":
                  continue
              own = [{k: v for k, v in row.items() if k not in columns} for row in read]
              name = "\(form)/" + part.path[8:].replace(".parquet", ".\(form)")
              if "\(form)" == "csv":
                  pa.csv.write_csv(pa.Table.from_pylist(own), name)
              else:
                  open(name, "w").write("".join(json.dumps(row) + "\\n" for row in own))
      """
    let done = try workspace.python(["-c", script])
    guard done.status == 0 else { throw Unexpected(text: done.errors) }
  }

  @Test(arguments: ["parquet", "jsonl", "csv"])
  func namesOfFoldersAreColumnsAsForPyarrow(form: String) throws {
    let workspace = try Workspace()
    try workspace.write(Generations(prompts: 80).adjacent, to: "in.jsonl")
    try partition(workspace, as: form)
    for input in [form, "rows.jsonl"] {
      try workspace.succeed([
        "run", "-q", "prep.yaml", "input.paths=[\(input)]", "output.dir=out-\(input)",
        "input.fields.model=source", "output.keep=[source,shard,version,date]",
      ])
    }
    let expected = try workspace.contents(of: "out-rows.jsonl/data")
    #expect(try workspace.contents(of: "out-\(form)/data") == expected)
    // The same columns by the eye of a person.
    let inspected = try workspace.succeed(["inspect", form]).output
    let fields = inspected.split(separator: "\n").map { line in
      line.split(separator: " ").prefix(2).joined(separator: " ")
    }
    for field in ["source text", "shard integer", "version text", "date text"] {
      #expect(fields.contains(field), "\(inspected)")
    }
  }

  @Test func rowsKeepTheirOwnAndPlacesAreThoseOfTheFile() throws {
    let workspace = try Workspace()
    let row = { (more: String) in #"{"prompt": "p", "response": "r\#(more.count)", \#(more)}"# }
    try workspace.write(
      [row(#""reward": 1, "source": "own""#), row(#""reward": 2.5"#)].joined(separator: "\n"),
      to: "in/source=web/split=train/a.jsonl")
    try workspace.succeed([
      "run", "-q", "prep.yaml", "input.paths=[in]", "calibration.method=none",
      "output.keep=[source]", "split.field=split", "output.format=jsonl",
      "output.compression=none",
    ])
    let written = try workspace.shell("cat out/data/train*").output
    #expect(written.contains(#""source": "own""#), "\(written)")

    try workspace.write(row(#""reward": "x""#), to: "in/source=web/split=odd/b.jsonl")
    let wrong = try workspace.dpoPrep([
      "run", "-q", "prep.yaml", "input.paths=[in/source=web/split=odd]", "split.field=split",
      "output.dir=odd",
    ])
    #expect(wrong.errors.contains("b.jsonl:1:"), "\(wrong.errors)")
    try workspace.write(row(#""reward": 1"#), to: "in/source=web/split=odd/b.jsonl")
    let odd = try workspace.dpoPrep([
      "run", "-q", "prep.yaml", "input.paths=[in/source=web/split=odd]", "split.field=split",
      "output.dir=odd",
    ])
    #expect(odd.status == 65)
    #expect(odd.errors.contains("b.jsonl:1:1:"), "\(odd.errors)")
    #expect(odd.errors.contains(#"found "odd""#), "\(odd.errors)")
  }

  /// Where a dataset lies is no part of it.
  @Test func datasetsAreTheSameWhereverTheyLie() throws {
    let workspace = try Workspace()
    let row = #"{"prompt": "p", "chosen": "good", "rejected": "bad"}"# + "\n"
    for folder in ["alpha=1", "alpha=2"] {
      try workspace.write(row, to: "\(folder)/out/source=web/train.jsonl")
    }
    let same = try workspace.succeed(["diff", "alpha=1/out", "alpha=2/out"])
    #expect(!same.output.contains("alpha\""), "\(same.output)")
    let audited = try workspace.succeed(["audit", "alpha=1/out", "--by", "source"])
    #expect(audited.output.contains("web"), "\(audited.output)")
    // The loader that trainers use does not read them.
    let valid = try workspace.dpoPrep(["validate", "alpha=1/out", "--json"])
    #expect(!valid.output.contains("source="), "\(valid.output)")
    #expect(!valid.output.contains("\"source\""), "\(valid.output)")
  }
}
