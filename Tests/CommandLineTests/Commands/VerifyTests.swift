import Foundation
import Testing

/// A dataset that is not as it was written is found out, file by file.
@Suite struct VerifyTests {
  private static let formats = [
    ["output.format=parquet", "output.profiles=[trl, kto, llama-factory]"],
    ["output.format=jsonl", "output.profiles=[h4]", "output.compression=gzip"],
  ]

  private func dataset(_ settings: [String]) throws -> Workspace {
    let workspace = try Workspace()
    try workspace.write(Generations(prompts: 40).nested + "{bad\n", to: "in.jsonl")
    try workspace.succeed(
      [
        "run", "-q", "prep.yaml", "input.paths=[in.jsonl]", "input.on_error=skip", "split.test=0.3",
      ] + settings)
    return workspace
  }

  /// What `verify` finds: the files and what is wrong with them.
  private func problems(_ workspace: Workspace) throws -> [String] {
    let outcome = try workspace.dpoPrep(["verify", "-q", "--json", "out"])
    let document = try JSON.object(outcome.output)
    let problems = try #require(document["problems"] as? [[String: Any]])
    #expect(outcome.status == (problems.isEmpty ? 0 : 65))
    #expect(document["intact"] as? Bool == problems.isEmpty)
    return problems.map { "\($0["file"] ?? ""): \($0["code"] ?? "")" }
  }

  @Test(arguments: formats)
  func anyByteThatChangesIsFound(settings: [String]) throws {
    let workspace = try dataset(settings)
    #expect(try problems(workspace) == [])
    let whole = try workspace.contents(of: "out")
    #expect(whole.count >= 7)
    var random = SystemRandomNumberGenerator()
    for (name, bytes) in whole {
      let path = "out/" + name
      for place in [0, bytes.count - 1]
        + (0..<3).map({ _ in
          Int.random(in: 0..<bytes.count, using: &random)
        })
      {
        var flipped = bytes
        flipped[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        try workspace.write(flipped, to: path)
        if name == "manifest.json" {
          // It may not be one any more.
          #expect(try workspace.dpoPrep(["verify", "-q", "out"]).status == 65, "\(place)")
        } else {
          #expect(try problems(workspace).contains("\(name): changed"), "\(name) at \(place)")
        }
      }
      try workspace.write(bytes, to: path)
    }
    #expect(try problems(workspace) == [])
  }

  /// Without its digest of itself a manifest is not one of a version that had none.
  @Test func aManifestThatLostItsDigestIsFound() throws {
    let workspace = try dataset(Self.formats[0])
    let manifest = String(decoding: try workspace.read("out/manifest.json"), as: UTF8.self)
    let damaged = manifest.replacing("\"manifest_sha256\"", with: "\"manifest_sha257\"")
    #expect(damaged != manifest)
    try workspace.write(damaged, to: "out/manifest.json")
    #expect(try problems(workspace) == ["manifest.json: changed"])
  }

  @Test(arguments: formats)
  func filesThatAreCutGoneOrNewAreFound(settings: [String]) throws {
    let workspace = try dataset(settings)
    let name = try #require(try workspace.names(in: "out/data").first)
    try workspace.write(
      Array(try workspace.read("out/data/" + name).dropLast()), to: "out/data/" + name)
    try FileManager.default.removeItem(atPath: workspace.path + "/out/curve.json")
    try workspace.write("notes", to: "out/data/notes.txt")
    // What version control and the like keep is no part of a dataset.
    try workspace.write("cache", to: "out/.cache/x")
    #expect(
      try Set(problems(workspace))
        == ["data/\(name): truncated", "curve.json: missing", "data/notes.txt: extra"])
    let text = try workspace.dpoPrep(["verify", "-q", "out"])
    #expect(text.status == 65)
    #expect(text.output.contains("\ncurve.json: missing: the file is not there\n"))
  }

  /// Changed counts with a new digest are found out by the sums.
  @Test(arguments: [
    ("\"paired\": 40", "\"paired\": 41", "manifest.json: ledger"),
    ("\"read\": 41", "\"read\": 42", "manifest.json: ledger"),
    ("\"rejected\": 1", "\"rejected\": 0", "manifest.json: ledger"),
    ("\"pairs\": 40,\n    \"balanced\"", "\"pairs\": 39,\n    \"balanced\"", "data: rows"),
    ("\"balanced\": true", "\"balanced\": false", "manifest.json: ledger"),
  ])
  func countsHaveToAgree(old: String, new: String, problem: String) throws {
    let workspace = try dataset(Self.formats[1])
    let manifest = try workspace.text(of: "out/manifest.json")
    #expect(manifest.contains(old), "\(manifest)")
    let changed = manifest.replacingOccurrences(of: old, with: new)
    // The digest is of the bytes with zeros in its place.
    let script = """
      import hashlib, re
      text = open("out/manifest.json", "rb").read()
      old = re.search(rb'"manifest_sha256": "([0-9a-f]{64})"', text)[1]
      blank = text.replace(old, b"0" * 64)
      open("out/manifest.json", "wb").write(
          text.replace(old, hashlib.sha256(blank).hexdigest().encode()))
      """
    try workspace.write(script, to: "seal.py")
    // Resealing what was not changed changes nothing.
    #expect(try workspace.shell("python3 seal.py").status == 0)
    #expect(try workspace.text(of: "out/manifest.json") == manifest)
    try workspace.write(changed, to: "out/manifest.json")
    #expect(try problems(workspace).contains("manifest.json: changed"))
    #expect(try workspace.shell("python3 seal.py").status == 0)
    let found = try problems(workspace)
    #expect(found.contains(problem) && !found.contains("manifest.json: changed"), "\(found)")
  }

  @Test func aManifestNamesNothingOutside() throws {
    let workspace = try dataset(Self.formats[1])
    let manifest = try workspace.text(of: "out/manifest.json")
    for path in ["../in.jsonl", "/etc/passwd"] {
      try workspace.write(
        manifest.replacingOccurrences(of: "\"report.html\"", with: "\"\(path)\""),
        to: "out/manifest.json")
      #expect(try problems(workspace).contains("\(path): unreadable"))
    }
  }

  @Test func whoReadsAChangedDatasetIsTold() throws {
    let workspace = try dataset(Self.formats[1])
    let commands = [
      ["validate", "-q", "out"], ["audit", "-q", "out"], ["diff", "-q", "out", "out"],
    ]
    for command in commands { #expect(try workspace.dpoPrep(command).errors.isEmpty) }
    try workspace.write("{}", to: "out/curve.json")
    for command in commands {
      let outcome = try workspace.dpoPrep(command)
      #expect(outcome.status == 0)
      #expect(
        outcome.errors == """
          out: warning: the dataset was changed after it was made: curve.json is truncated
            `dpo-prep verify` says what is wrong, file by file

          """)
    }
  }

  @Test func aManifestOfAnEarlierVersionCoversItsData() throws {
    let workspace = try dataset(Self.formats[1])
    var manifest = try workspace.object(in: "out/manifest.json")
    manifest["files"] = nil
    manifest["manifest_sha256"] = nil
    let bytes = try JSONSerialization.data(withJSONObject: manifest)
    try workspace.write(Array(bytes), to: "out/manifest.json")
    let outcome = try workspace.dpoPrep(["verify", "-q", "out"])
    #expect(outcome.status == 0)
    #expect(
      outcome.output.hasSuffix(
        "\nwithout a digest, as an earlier version wrote the dataset: manifest.json, README.md, "
          + "report.html\n"))
  }
}
