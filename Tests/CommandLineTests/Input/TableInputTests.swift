import Testing

/// The same generations as a table, in an envelope and as JSON Lines give the same dataset.
@Suite(.enabled(if: Program.pythonHas("json"), "set DPO_PREP_PYTHON to a Python"))
struct TableInputTests {
  @Test func formsOfOneInputGiveOneDataset() throws {
    let workspace = try Workspace()
    try workspace.write(Generations(prompts: 60).adjacent, to: "in.jsonl")
    let script =
      "import csv, json, os; rows = [json.loads(line) for line in open('in.jsonl')]; "
      + "[(w := csv.DictWriter(open(n, 'w', newline=''), list(rows[0]), delimiter=d), "
      + "w.writeheader(), w.writerows(rows)) for n, d in [('a.csv', ','), ('a.tsv', chr(9))]]; "
      + "json.dump({'n': len(rows), 'data': rows}, open('one-line.json', 'w')); "
      + "json.dump({'data': rows, 'n': 1}, open('lines.json', 'w'), indent=1); "
      + "os.mkdir('spark'); open('spark/part-0.csv', 'w'); open('spark/_SUCCESS', 'w'); "
      + "open('spark/part-1.csv', 'w', newline='').write(open('a.csv', newline='').read())"
    let made = try workspace.python(["-c", script])
    guard made.status == 0 else { throw Unexpected(text: made.errors) }
    let names = ["in.jsonl", "a.csv", "a.tsv", "one-line.json", "lines.json", "spark"]
    for name in names {
      try workspace.succeed([
        "run", "-q", "prep.yaml", "input.paths=[\(name)]", "output.dir=out-\(name)",
        "run.threads=2",
      ])
    }
    let expected = try workspace.contents(of: "out-in.jsonl/data")
    for name in names.dropFirst() {
      #expect(try workspace.contents(of: "out-\(name)/data") == expected, "\(name)")
    }
  }

  @Test func recordsUnlikeTheHeaderAreRejected() throws {
    let workspace = try Workspace()
    let good = (0..<20).map { "p\($0 / 4),\"r\n\($0)\",\($0)\n" }.joined()
    try workspace.write("prompt,response,reward\n\(good)p,r\n", to: "in.csv")
    let failed = try workspace.dpoPrep(["run", "-q", "prep.yaml", "input.paths=[in.csv]"])
    #expect(failed.status == 65)
    #expect(
      failed.errors.hasPrefix(
        "in.csv:42:1: error: this record has 2 cells, but the header has 3\n"), "\(failed.errors)")
    try workspace.succeed([
      "run", "-q", "prep.yaml", "input.paths=[in.csv]", "input.on_error=skip",
    ])
  }
}
