import Testing

/// The same input, configuration and seed give the same bytes, whatever the machine does.
@Suite struct SameBytesTests {
  private static let settings = [
    "split.test=0.3", "pairs.strategy=all", "pairs.per_prompt=3",
    "output.profiles=[alignment-handbook, trl]", "output.shard_rows=100",
    "calibration.characteristics=[chars, markdown]",
  ]

  /// The data files, the card and the curve of a run.
  private func build(
    _ workspace: Workspace, _ settings: [String], into folder: String
  ) throws -> [String: [UInt8]] {
    try workspace.succeed(
      ["run", "-q", "prep.yaml", "output.dir=\(folder)"] + Self.settings + settings)
    var contents = try workspace.contents(of: folder)
    // It tells the time and names the files that were read.
    contents["manifest.json"] = nil
    // So does the end of the report, and its title names the folder.
    let report = String(decoding: contents["report.html"] ?? [], as: UTF8.self)
    let figures = report.split(separator: "<main", maxSplits: 1).last ?? ""
    let end = figures.firstRange(of: "<h2>Configuration")?.lowerBound ?? figures.startIndex
    #expect(figures[..<end].contains("<svg"))
    contents["report.html"] = Array(figures[..<end].utf8)
    return contents
  }

  /// Holds two datasets against each other; the card tells the sizes of what was read.
  private func expectSame(
    _ found: [String: [UInt8]], _ expected: [String: [UInt8]], _ comment: String
  ) {
    #expect(found.keys.sorted() == expected.keys.sorted(), "\(comment)")
    for (name, bytes) in expected where name != "README.md" {
      let isSame = found[name] == bytes
      #expect(isSame, "\(name), \(comment)")
    }
  }

  @Test func anyNumberOfThreadsAndAnyTime() throws {
    let workspace = try Workspace()
    let scattered = Generations(prompts: 400).scattered
    for (index, text) in scattered.enumerated() {
      try workspace.write(text, to: "in/seed-\(index).jsonl")
    }
    let expected = try build(workspace, ["input.paths=[in]", "run.threads=1"], into: "first")
    #expect(expected.keys.filter { $0.hasPrefix("data/train") }.count > 2)
    for (index, threads) in [1, 2, 2, 4, 4].enumerated() {
      let folder = "again-\(index)"
      let found = try build(
        workspace, ["input.paths=[in]", "run.threads=\(threads)"], into: folder)
      expectSame(found, expected, "\(threads) threads")
    }
  }

  @Test func anyLayoutOfTheRows() throws {
    let workspace = try Workspace()
    let generations = Generations(prompts: 300, answers: 5, seed: 2)
    try workspace.write(generations.nested, to: "nested.jsonl")
    try workspace.write(generations.adjacent, to: "adjacent.jsonl")
    for (index, text) in generations.scattered.enumerated() {
      try workspace.write(text, to: "scattered/\(index).jsonl")
    }
    let nested = try build(workspace, ["input.paths=[nested.jsonl]"], into: "a")
    let adjacent = try build(workspace, ["input.paths=[adjacent.jsonl]"], into: "b")
    let scattered = try build(workspace, ["input.paths=[scattered]"], into: "c")
    #expect(nested.count > 8)
    expectSame(adjacent, nested, "flat and adjacent")
    expectSame(scattered, nested, "flat and scattered")
  }

  @Test func everyCompressionHoldsTheSameText() throws {
    let workspace = try Workspace()
    try workspace.write(Generations(prompts: 500, seed: 3).nested, to: "in.jsonl")
    var texts: [[String: [String]]] = []
    for compression in ["none", "gzip", "zstd"] {
      _ = try build(
        workspace, ["input.paths=[in.jsonl]", "output.compression=\(compression)"],
        into: compression)
      let ending =
        ["none": ".jsonl", "gzip": ".jsonl.gz", "zstd": ".jsonl.zst"][compression] ?? "?"
      #expect(try workspace.names(in: compression + "/data").allSatisfy { $0.hasSuffix(ending) })
      texts.append(try workspace.rows(of: compression))
    }
    #expect(texts[0].keys.sorted() == ["test", "train"])
    #expect(texts[1] == texts[0])
    #expect(texts[2] == texts[0])
  }

  @Test func compressedInputIsTheSameInput() throws {
    let workspace = try Workspace()
    try workspace.write(Generations(prompts: 200, seed: 4).nested, to: "in.jsonl")
    let made = try workspace.shell(
      """
      gzip -k in.jsonl && zstd -q in.jsonl && tar -cf in.tar in.jsonl
      head -n 77 in.jsonl | gzip > parts.jsonl.gz && tail -n +78 in.jsonl | gzip >> parts.jsonl.gz
      head -n 99 in.jsonl | zstd -q > parts.jsonl.zst
      tail -n +100 in.jsonl | zstd -q >> parts.jsonl.zst
      """)
    #expect(made.status == 0, "\(made.errors)")
    let expected = try build(workspace, ["input.paths=[in.jsonl]"], into: "plain")
    let names = ["in.jsonl.gz", "in.jsonl.zst", "in.tar", "parts.jsonl.gz", "parts.jsonl.zst"]
    for (index, name) in names.enumerated() {
      let found = try build(workspace, ["input.paths=[\(name)]"], into: "compressed-\(index)")
      expectSame(found, expected, "from \(name)")
    }
  }

  /// Under the smallest budget there is, half of the texts of these rows must wait on disk.
  @Test func littleMemory() throws {
    let workspace = try Workspace()
    let generations = Generations(prompts: 300, answers: 2, words: 30_000, seed: 5)
    for (index, text) in generations.scattered.enumerated() {
      try workspace.write(text, to: "in/\(index).jsonl")
    }
    let settings = [
      "input.paths=[in]", "calibration.method=none", "calibration.characteristics=[chars]",
    ]
    let roomy = try build(workspace, settings, into: "roomy")
    let tight = try build(workspace, settings + ["run.memory=64MiB"], into: "tight")
    expectSame(tight, roomy, "little memory")
    #expect(try workspace.litter().isEmpty)
  }
}
