import Testing

/// The same generations as Parquet and as JSON Lines give the same dataset.
@Suite(
  .enabled(
    if: Program.pythonHas("pyarrow"), "set DPO_PREP_PYTHON to a Python with pyarrow"))
struct ParquetInputTests {
  /// Makes in.parquet of in.jsonl.
  private func convert(_ workspace: Workspace, _ settings: String) throws {
    let script =
      "import json, pyarrow as pa, pyarrow.parquet as pq; "
      + "rows = [json.loads(line) for line in open('in.jsonl')]; "
      + "pq.write_table(pa.Table.from_pylist(rows), 'in.parquet', \(settings))"
    let done = try workspace.python(["-c", script])
    guard done.status == 0 else { throw Unexpected(text: done.errors) }
  }

  @Test(arguments: [
    "compression='snappy'", "compression='zstd', data_page_version='2.0'",
    "compression='none', row_group_size=17, use_dictionary=False",
  ])
  func parquetIsTheSameInput(settings: String) throws {
    let workspace = try Workspace()
    for rows in [Generations(prompts: 150).nested, Generations(prompts: 150).adjacent] {
      try workspace.write(rows, to: "in.jsonl")
      try convert(workspace, settings)
      for (name, threads) in [("in.jsonl", "2"), ("in.parquet", "1"), ("in.parquet", "3")] {
        try workspace.succeed([
          "run", "-q", "prep.yaml", "input.paths=[\(name)]", "output.dir=\(name)-\(threads)",
          "output.overwrite=true", "run.threads=\(threads)",
        ])
      }
      let expected = try workspace.contents(of: "in.jsonl-2/data")
      for folder in ["in.parquet-1", "in.parquet-3"] {
        let found = try workspace.contents(of: folder + "/data")
        #expect(found == expected, "\(folder)")
        let read = try workspace.read(folder + "/curve.json")
        #expect(try read == workspace.read("in.jsonl-2/curve.json"))
      }
      let manifest = try workspace.object(in: "in.parquet-1/manifest.json")
      let digest = try workspace.shell("sha256sum in.parquet").output.prefix(64)
      let inputs = try #require(manifest["inputs"] as? [[String: Any]])
      #expect(inputs.first?["sha256"] as? String == String(digest))
    }
  }

  /// Places are rows, and damage is that of the file.
  @Test func errorsHaveTheirPlace() throws {
    let workspace = try Workspace()
    let rows = (0..<40).map { number in
      let reward = number == 21 ? "high" : "1"
      return #"{"prompt": "p\#(number / 2)", "response": "r\#(number)", "reward": "\#(reward)"}"#
    }
    try workspace.write(rows.joined(separator: "\n"), to: "in.jsonl")
    try convert(workspace, "row_group_size=10")
    let wrong = try workspace.dpoPrep(["run", "-q", "prep.yaml", "input.paths=[in.parquet]"])
    #expect(wrong.status == 65)
    #expect(wrong.errors.contains("in.parquet:22:"), "\(wrong.errors)")
    #expect(wrong.errors.contains(#"expected a number for "reward", found "high""#))

    #expect(try workspace.shell("head -c 700 in.parquet > cut.parquet").status == 0)
    let cut = try workspace.dpoPrep(["run", "-q", "prep.yaml", "input.paths=[cut.parquet]"])
    #expect(cut.status == 65)
    #expect(cut.errors.contains("cut.parquet: error: the file does not end as Parquet does"))

    #expect(try workspace.shell("gzip -k in.parquet").status == 0)
    let packed = try workspace.dpoPrep(["run", "-q", "prep.yaml", "input.paths=[in.parquet.gz]"])
    #expect(packed.status == 65)
    #expect(packed.errors.contains("inside a compressed file or archive"), "\(packed.errors)")
  }

  /// What is wanted has to be text or numbers; what is not wanted may be anything.
  @Test func typesMatterOnlyWhereTheyAreRead() throws {
    let workspace = try Workspace()
    let script =
      "import pyarrow as pa, pyarrow.parquet as pq, datetime, decimal; "
      + "n = 30; t = pa.table({'prompt': [str(i // 3) for i in range(n)], "
      + "'response': ['r' * (i + 1) for i in range(n)], 'reward': [i * 7 % 30 / 2 for i in range(n)], "
      + "'when': [datetime.datetime(2026, 1, 1)] * n, 'cost': [decimal.Decimal('1.50')] * n, "
      + "'image': [b'\\x89PNG\\xff\\x00'] * n, 'wait': pa.array([1] * n, pa.duration('s')), "
      + "'img': [{'bytes': b'\\x89PNG\\xff', 'path': 'a.png'}] * n, "
      + "'tags': pa.array([[('a', 1)]] * n, pa.map_(pa.string(), pa.int64())), "
      + "'code': pa.array([b'\\xff\\xfe'] * n, pa.binary(2))}); "
      + "pq.write_table(t, 'in.parquet')"
    #expect(try workspace.python(["-c", script]).status == 0)
    try workspace.succeed(["run", "-q", "prep.yaml", "input.paths=[in.parquet]"])
    try workspace.succeed([
      "run", "-q", "prep.yaml", "input.paths=[in.parquet]", "output.keep=[when,cost,img]",
      "output.overwrite=true", "output.format=jsonl", "output.compression=none",
    ])
    let rows = try workspace.shell("cat out/data/train*").output
    let kept = "\"when\": \"2026-01-01T00:00:00\", \"cost\": 1.5, "
    #expect(rows.contains(kept + #""img": "{\"bytes\": null, \"path\": \"a.png\"}""#), "\(rows)")
    for (column, type) in [("tags", "MAP"), ("code", "FIXED_LEN_BYTE_ARRAY")] {
      let wrong = try workspace.dpoPrep([
        "run", "-q", "prep.yaml", "input.paths=[in.parquet]", "input.fields.reward=\(column)",
        "output.overwrite=true",
      ])
      #expect(wrong.status == 65)
      #expect(
        wrong.errors.contains("column \"\(column)\": the type \(type)"), "\(wrong.errors)")
    }
  }

  /// Old writers say of texts that they are bytes.
  @Test func toolsInBytesAreWritten() throws {
    let workspace = try Workspace()
    let script =
      "import pyarrow as pa, pyarrow.parquet as pq; "
      + "pq.write_table(pa.table({'prompt': ['q'] * 2, 'response': ['a', 'bb'], 'reward': [1.0, 2.0], "
      + "'tools': [b'[{\"name\": \"f\"}]'] * 2}), 'in.parquet')"
    #expect(try workspace.python(["-c", script]).status == 0)
    try workspace.succeed([
      "run", "-q", "prep.yaml", "input.paths=[in.parquet]", "calibration.method=none",
    ])
    let rows = try workspace.rows(of: "out")["train"] ?? []
    #expect(rows.count == 1 && rows.allSatisfy { $0.contains(#"\"name\": \"f\""#) }, "\(rows)")
  }

  /// Bytes of images are not copied, but prompts with different images are not one prompt.
  @Test func bytesOfImagesTellPromptsApart() throws {
    let workspace = try Workspace()
    let script =
      "import pyarrow as pa, pyarrow.parquet as pq; images = [b'\\x89PNG\\xff', b'\\x89PNG\\xfe']; "
      + "pq.write_table(pa.table({'prompt': ['What is it?'] * 4, 'response': ['a', 'bb', 'c', 'dd'], "
      + "'reward': [1.0, 2.0, 4.0, 3.0], "
      + "'image': [{'bytes': images[i // 2], 'path': None} for i in range(4)]}), 'in.parquet')"
    #expect(try workspace.python(["-c", script]).status == 0)
    let outcome = try workspace.succeed([
      "run", "prep.yaml", "input.paths=[in.parquet]", "calibration.method=none",
      "output.profiles=[trl]", "output.format=jsonl", "output.compression=none",
    ])
    #expect(outcome.errors.contains("image holds bytes"), "\(outcome.errors)")
    let rows = try workspace.shell("cat out/data/train*").output.split(separator: "\n")
    // Trainers would take a column of images for images.
    #expect(rows.count == 2 && rows.allSatisfy { !$0.contains("image") })
  }
}
