import Testing

/// A stream whose size or digest is known is read to the end that it should have.
@Suite struct ExpectedStreamTests {
  private static let rows =
    (0..<30).map {
      #"{"prompt": "\#($0)", "response": "\#(String(repeating: "a", count: $0 + 1))", "reward": \#($0)}"#
        + "\n"
        + #"{"prompt": "\#($0)", "response": "\#(String(repeating: "b", count: $0 + 2))", "reward": 1.5}"#
        + "\n"
    }.joined()

  private static func run(_ input: String, _ settings: String) throws -> Outcome {
    let workspace = try Workspace()
    try workspace.write(input, to: "rows.jsonl")
    return try workspace.shell(
      "cat rows.jsonl | \"$DPO_PREP\" run -q prep.yaml 'input.paths=[\"-\"]' "
        + "calibration.method=none \(settings)")
  }

  @Test func aCutStreamIsAnError() throws {
    let size = "input.stream_bytes=\(Self.rows.utf8.count)"
    #expect(try Self.run(Self.rows, size).status == 0)
    // Whole rows are missing, which nothing else would show.
    let lines = Self.rows.split(separator: "\n").dropLast(2).joined(separator: "\n") + "\n"
    #expect(try Self.run(lines, "").status == 0)
    let cut = try Self.run(lines, size)
    #expect(cut.status == 65)
    #expect(cut.errors.contains("of input.stream_bytes"))
  }

  @Test func aChangedStreamIsAnError() throws {
    let workspace = try Workspace()
    try workspace.write(Self.rows, to: "rows.jsonl")
    // Of the bytes as sha256sum(1) digests them.
    let digest = try workspace.shell("sha256sum rows.jsonl").output.prefix(64)
    #expect(try Self.run(Self.rows, "input.stream_sha256=\(digest)").status == 0)
    let changed = Self.rows.replacing("1.5", with: "1.4")
    #expect(try Self.run(changed, "input.stream_sha256=\(digest)").status == 65)
  }
}
