import Foundation
import Testing

/// What the manifest says can be counted and computed again.
@Suite struct ManifestTests {
  private func digest(of path: String, in workspace: Workspace) throws -> String {
    String(try workspace.shell("sha256sum '\(path)'").output.prefix(64))
  }

  /// What goes out with a dataset does not tell where on a machine the input was.
  @Test func absolutePathsAreNotPublished() throws {
    let workspace = try Workspace()
    try workspace.write(Generations(prompts: 20).nested, to: "in/a.jsonl")
    try workspace.succeed([
      "run", "-q", "prep.yaml", "input.paths=['\(workspace.path)/in']",
      "output.dir='\(workspace.path)/out'", "run.tmp_dir='\(workspace.path)'",
    ])
    let manifest = try workspace.object(in: "out/manifest.json")
    let inputs = try #require(manifest["inputs"] as? [[String: Any]])
    #expect(inputs.map { $0["path"] as? String } == ["in/a.jsonl"])
    #expect(JSON.value(manifest, "config.output.dir") as? String == "out")
    for name in ["manifest.json", "README.md", "report.html", "curve.json"] {
      let text = try workspace.text(of: "out/" + name)
      #expect(!text.contains("dpo-prep-tests-"), "\(name)")
    }
  }

  @Test func digestsSizesAndCountsAreTrue() throws {
    let workspace = try Workspace()
    let scattered = Generations(prompts: 150).scattered
    for (index, text) in scattered.enumerated() {
      try workspace.write(text + "{\n", to: "in/\(index).jsonl")
    }
    #expect(try workspace.shell("gzip in/0.jsonl; zstd -q --rm in/1.jsonl").status == 0)
    try workspace.succeed([
      "run", "-q", "prep.yaml", "input.paths=[in]", "input.on_error=skip", "split.test=0.3",
      "output.profiles=[trl, alignment-handbook]", "output.shard_rows=40",
      "output.compression=gzip",
    ])
    let manifest = try workspace.object(in: "out/manifest.json")

    let inputs = try #require(manifest["inputs"] as? [[String: Any]])
    #expect(inputs.count == scattered.count)
    for input in inputs {
      let path = try #require(input["path"] as? String)
      #expect(input["bytes"] as? Int == (try workspace.read(path).count))
      #expect(input["sha256"] as? String == (try digest(of: path, in: workspace)))
      #expect(input["rows"] as? Int == 151)
    }

    let outputs = try #require(manifest["outputs"] as? [[String: Any]])
    let listed = Set(outputs.compactMap { $0["path"] as? String })
    let there = try workspace.contents(of: "out").keys
    #expect(
      listed == Set(there).subtracting(["README.md", "manifest.json", "curve.json", "report.html"]))
    #expect(listed.count > 8)
    for output in outputs {
      let path = "out/" + (try #require(output["path"] as? String))
      #expect(output["bytes"] as? Int == (try workspace.read(path).count))
      #expect(output["sha256"] as? String == (try digest(of: path, in: workspace)))
      let lines = try workspace.decompressed(path).split(separator: "\n").count
      #expect(output["rows"] as? Int == lines)
      #expect(lines <= 40)
    }
    #expect(
      JSON.value(manifest, "curve.sha256") as? String
        == (try digest(of: "out/curve.json", in: workspace)))

    #expect(JSON.count(manifest, "ledger.rows.read") == 151 * scattered.count)
    #expect(JSON.count(manifest, "ledger.rows.rejected") == scattered.count)
    #expect(JSON.count(manifest, "ledger.candidates.read") == 600)
    #expect(JSON.count(manifest, "ledger.prompts.read") == 150)
    #expect(JSON.value(manifest, "ledger.balanced") as? Bool == true)
    let pairs = try workspace.rows(of: "out").values.reduce(0) { $0 + $1.count }
    #expect(JSON.count(manifest, "ledger.pairs") == pairs)
  }

  @Test func theConfigurationInTheManifestGivesTheSameDataset() throws {
    let workspace = try Workspace()
    try workspace.write(Generations(prompts: 80).nested, to: "in.jsonl")
    try workspace.succeed([
      "run", "-q", "prep.yaml", "input.paths=[in.jsonl]", "pairs.strategy=quantile",
      "calibration.frac=0.7", "filters.min_chars=20", "split.test=0.5",
    ])
    let manifest = try workspace.object(in: "out/manifest.json")
    let configuration = try #require(manifest["config"] as? [String: Any])
    // JSON is YAML.
    let text = try JSONSerialization.data(withJSONObject: configuration)
    try workspace.write(Array(text), to: "again.yaml")
    try workspace.succeed(["run", "-q", "again.yaml", "output.dir=again"])
    let isSame = try workspace.contents(of: "again/data") == workspace.contents(of: "out/data")
    #expect(isSame)
  }

  @Test func diagnosticsFollowFromTheRows() throws {
    let workspace = try Workspace()
    try workspace.write(Generations(prompts: 200).nested, to: "in.jsonl")
    try workspace.succeed(["run", "-q", "prep.yaml", "input.paths=[in.jsonl]"])
    let rows = try #require(try workspace.rows(of: "out")["train"]).map(JSON.object)
    let gaps = rows.compactMap { row -> Int? in
      guard let chosen = row["length_chosen"] as? Int, let other = row["length_rejected"] as? Int
      else { return nil }
      return chosen - other
    }
    try #require(gaps.count == rows.count)
    let manifest = try workspace.object(in: "out/manifest.json")
    let mean = Double(gaps.reduce(0, +)) / Double(gaps.count)
    let told = try #require(JSON.value(manifest, "diagnostics.after.length_gap_mean") as? Double)
    #expect(abs(told - mean) < 1e-9)
    #expect(JSON.count(manifest, "diagnostics.after.pairs") == gaps.count)
    #expect(JSON.count(manifest, "diagnostics.after.equal_length") == gaps.count { $0 == 0 })
    let share = try #require(JSON.value(manifest, "diagnostics.after.longer_chosen") as? Double)
    let longer = Double(gaps.count { $0 > 0 })
    // Pairs of equal length say nothing either way.
    let candidates = [longer / Double(gaps.count), longer / Double(gaps.count { $0 != 0 })]
    #expect(candidates.contains { abs($0 - share) < 1e-12 })
    let kinds = ["unchanged", "swapped", "changed", "gained"]
    let effect = kinds.compactMap { JSON.count(manifest, "diagnostics.calibration_effect.\($0)") }
    #expect(effect.count == kinds.count && effect.reduce(0, +) == gaps.count)
  }

  /// A number that the row carries may be larger than any whole number of the loaders.
  @Test func lengthsBeyondWholeNumbersAreWrittenAsNumbers() throws {
    let workspace = try Workspace()
    let rows = [("a", "1e300"), ("b", "3"), ("c", "-12345678901234567890")].map {
      #"{"prompt": "Why?", "response": "\#($0)", "reward": \#($0 == "a" ? 2 : 1), "tokens": \#($1)}"#
    }
    try workspace.write(rows.joined(separator: "\n"), to: "in.jsonl")
    try workspace.succeed([
      "run", "-q", "prep.yaml", "input.paths=[in.jsonl]", "calibration.method=none",
      "calibration.characteristics=['field:tokens']", "output.compression=none",
    ])
    let row = try #require(try workspace.rows(of: "out")["train"]?.first)
    #expect(row.contains(#""length_chosen": 1e+300, "length_rejected": 3.0"#), "\(row)")
    #expect(try workspace.text(of: "out/README.md").contains("length_chosen\n    dtype: float64"))
  }
}
