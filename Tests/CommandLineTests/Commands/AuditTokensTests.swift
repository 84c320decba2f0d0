import Testing

/// `audit --tokenizer`: what a trainer would cut, against counts by `tokenizers` itself.
@Suite struct AuditTokensTests {
  private static func hasTokenizers() -> Bool { Program.pythonHas("tokenizers", "pyarrow") }

  @Test(.enabled(if: hasTokenizers(), "set DPO_PREP_PYTHON to a Python with tokenizers"))
  func cutsAreThoseOfTokenizers() throws {
    let workspace = try Workspace()
    #expect(try workspace.oracle("audit_tokens.py", ["make", "."]).status == 0)
    for file in ["texts.jsonl", "turns.jsonl", "standard.parquet"] {
      for length in ["200", "300"] {
        let outcome = try workspace.succeed([
          "audit", "-q", "--json", file, "--tokenizer", "tokenizer.json", "--max-length", length,
        ])
        try workspace.write(outcome.output, to: "audit.json")
        let judged = try workspace.oracle(
          "audit_tokens.py", ["check", ".", file, length, "audit.json"])
        #expect(judged.status == 0, "\(file): \(judged.errors)")
      }
    }
    let text = try workspace.dpoPrep([
      "audit", "-q", "texts.jsonl", "--tokenizer", "tokenizer.json", "--max-length", "300",
      "--fail-if", "cut_pairs > 0",
    ])
    #expect(text.status == 1)
    #expect(text.output.contains("cut_chosen_only"))
    // Without a limit nothing is cut, and without a tokenizer nothing is counted.
    let counted = try workspace.succeed(["audit", "texts.jsonl", "--tokenizer", "tokenizer.json"])
    #expect(counted.output.contains("tokens_pair_max"))
    #expect(!counted.output.contains("cut_pairs"))
    #expect(
      !(try workspace.succeed(["audit", "texts.jsonl", "--json"])).output.contains("tokens_"))
  }

  @Test func whatCannotBeCountedIsSaidBeforehand() throws {
    let workspace = try Workspace()
    try workspace.write(#"{"prompt": "p", "chosen": "a", "rejected": "b"}"# + "\n", to: "d.jsonl")
    try workspace.write(#"{"model": {"type": "Unigram", "vocab": []}}"#, to: "unigram.json")
    for (arguments, status, words) in [
      (["--max-length", "5"], 64, "\"--max-length\" needs a --tokenizer"),
      (["--tokenizer", "none.json"], 66, "No such file"),
      (["--tokenizer", "unigram.json"], 65, "Unigram"),
      (["--tokenizer", "unigram.json", "--max-length", "0"], 64, "needs a number from 1 on"),
      (["--tokenizer", "unigram.json", "--html", "unigram.json"], 73, "this is an input"),
    ] {
      let outcome = try workspace.dpoPrep(["audit", "d.jsonl"] + arguments)
      #expect(outcome.status == Int32(status), "\(outcome.errors)")
      #expect(outcome.errors.contains(words), "\(outcome.errors)")
    }
  }
}
