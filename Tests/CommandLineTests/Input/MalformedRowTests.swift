import Testing

/// Rows that are wrong stop a run, or are left out and kept where they can be looked at.
@Suite struct MalformedRowTests {
  private static let flat = #"{"prompt": "Why?", "response": "Because it is.", "reward": 1.5}"#
  private static let otherFlat = #"{"prompt": "Why?", "response": "No.", "reward": 0.5}"#
  private static let nested =
    #"{"prompt": "How?", "all_generated_responses": ["Well.", "So."], "all_rm_scores": [1, 0]}"#

  /// A workspace with a good row, the bad one, a blank line and another good row.
  private func workspace(with row: MalformedRow) throws -> Workspace {
    let workspace = try Workspace()
    var bytes = Array((row.isNested ? Self.nested : Self.flat).utf8)
    bytes += [0x0A] + row.bytes + [0x0A, 0x0A]
    bytes += Array((row.isNested ? "" : Self.otherFlat + "\n").utf8)
    try workspace.write(bytes, to: "rows.jsonl")
    try workspace.write("{input: {paths: [rows.jsonl]}, output: {dir: out}}", to: "prep.yaml")
    return workspace
  }

  @Test(arguments: MalformedRow.all)
  func stopsTheRun(row: MalformedRow) throws {
    let workspace = try workspace(with: row)
    let outcome = try workspace.dpoPrep(["run", "--quiet", "prep.yaml"])
    #expect(outcome.status == 65)
    #expect(outcome.output.isEmpty)
    #expect(
      outcome.errors == "rows.jsonl:2:\(row.column): error: \(row.message)\n  \(row.hint)\n")
    #expect(try workspace.names() == ["rows.jsonl"])
  }

  @Test(arguments: MalformedRow.all)
  func isLeftOut(row: MalformedRow) throws {
    let workspace = try workspace(with: row)
    let outcome = try workspace.dpoPrep(
      ["run", "--quiet", "--json", "prep.yaml", "input.on_error=skip", "calibration.method=none"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(
      outcome.errors == """
        rows.jsonl:2:\(row.column): warning: \(row.message)
          the row is left out (input.on_error: skip)

        """)
    let summary = try JSON.object(outcome.output)
    #expect(JSON.count(summary, "ledger.rows.read") == (row.isNested ? 2 : 3))
    #expect(JSON.count(summary, "ledger.rows.rejected") == 1)
    #expect(JSON.count(summary, "ledger.candidates.read") == 2)
    #expect(JSON.count(summary, "ledger.candidates.kept") == 2)
    #expect(JSON.count(summary, "ledger.pairs") == 1)
    #expect(JSON.value(summary, "ledger.balanced") as? Bool == true)

    let rejects = try workspace.decompressed("out/rejects.jsonl.zst")
    #expect(rejects.hasSuffix("}\n"))
    let reject = try JSON.object(rejects)
    #expect(reject["file"] as? String == "rows.jsonl")
    #expect(reject["line"] as? Int == 2)
    #expect(reject["column"] as? Int == row.column)
    #expect(reject["code"] as? String == row.code)
    #expect(reject["error"] as? String == row.message)
    #expect(reject["bytes"] as? Int == row.bytes.count)
    #expect(reject["row"] as? String == String(decoding: row.bytes, as: UTF8.self))
    #expect(try workspace.names() == ["out", "rows.jsonl"])
  }

  @Test func tooManyAreAnError() throws {
    let workspace = try Workspace()
    let lines = [Self.flat, "{", "[", Self.otherFlat, "}"]
    try workspace.write(lines.joined(separator: "\n"), to: "rows.jsonl")
    let arguments = [
      "run", "-q", "prep.yaml", "input.paths=[rows.jsonl]", "input.on_error=skip",
      "calibration.method=none",
    ]
    let outcome = try workspace.dpoPrep(arguments + ["input.max_errors=2"])
    #expect(outcome.status == 65)
    #expect(outcome.errors.contains("rows.jsonl:5:1: error: more than 2 malformed rows"))
    #expect(outcome.errors.contains("raise input.max_errors"))
    #expect(try workspace.names() == ["rows.jsonl"])
    #expect(try workspace.dpoPrep(arguments + ["input.max_errors=3"]).status == 0)
  }

  @Test func aRowBeyondTheLimitIsNamedByItsStart() throws {
    let workspace = try Workspace()
    // 64 MB in one line, made by the shell as that is quick.
    let made = try workspace.shell(
      """
      {
        printf '%s\\n{"prompt": "Why?", "reward": 3, "response": "' '\(Self.flat)'
        head -c 64000000 /dev/zero | tr '\\0' x
        printf '"}\\n%s\\n' '\(Self.otherFlat)'
      } > rows.jsonl
      """)
    #expect(made.status == 0)
    let arguments = [
      "run", "-q", "--json", "prep.yaml", "input.paths=[rows.jsonl]", "calibration.method=none",
    ]
    let failed = try workspace.dpoPrep(arguments)
    #expect(failed.status == 65)
    #expect(
      failed.errors == """
        rows.jsonl:2:1: error: this row has 64000047 bytes, more than the limit of 33554432
          is a line feed missing between two rows? If not, raise input.max_row

        """)
    #expect(try workspace.names() == ["rows.jsonl"])

    let skipped = try workspace.succeed(arguments + ["input.on_error=skip"])
    let summary = try JSON.object(skipped.output)
    #expect(JSON.count(summary, "ledger.rows.read") == 3)
    #expect(JSON.count(summary, "ledger.rows.rejected") == 1)
    #expect(JSON.count(summary, "ledger.pairs") == 1)
    let reject = try JSON.object(try workspace.decompressed("out/rejects.jsonl.zst"))
    #expect(reject["code"] as? String == "row_too_long")
    #expect(reject["bytes"] as? Int == 64_000_047)
  }

  @Test func aLongRowWithinTheLimitIsRead() throws {
    let workspace = try Workspace()
    let long = String(repeating: "word ", count: 1_000_000)
    try workspace.write(
      Self.flat + "\n{\"prompt\": \"Why?\", \"response\": \"\(long)\", \"reward\": 2}\n",
      to: "rows.jsonl")
    try workspace.succeed([
      "run", "-q", "prep.yaml", "input.paths=[rows.jsonl]", "calibration.method=none",
      "output.dir=out",
      "output.compression=none",
    ])
    let row = try JSON.object(try workspace.rows(of: "out")["train"]?.first ?? "")
    #expect(row["length_chosen"] as? Int == long.utf8.count)
  }
}
