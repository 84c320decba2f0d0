import Testing

/// Paths that name no files to read, as the program answers to them.
@Suite struct InputPathTests {
  @Test(arguments: [
    ("hf://datasets/org/name", "hf download --repo-type dataset org/name"),
    ("s3://bucket/rows.jsonl", "aws s3 cp"), ("gs://bucket/rows.jsonl", "gs://bucket/rows.jsonl"),
    ("https://host/rows.jsonl.zst", "curl -LO https://host/rows.jsonl.zst"),
  ])
  func remotePathsAreAnsweredWithTheCommandThatHelps(path: String, command: String) throws {
    let workspace = try Workspace()
    for arguments in [["run", "-q", "prep.yaml", "input.paths=[\"\(path)\"]"], ["inspect", path]] {
      let outcome = try workspace.dpoPrep(arguments)
      #expect(outcome.status == 66, "\(arguments)")
      #expect(outcome.errors.hasPrefix("\(path): error: "), "\(outcome.errors)")
      #expect(outcome.errors.contains(command), "\(outcome.errors)")
    }
    #expect(try workspace.names() == [])
  }
}
