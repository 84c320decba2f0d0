internal import Records

/// The characteristic `tokens` where no tokenizer can be named.
struct UncountedTokens: ReportableError {
  var category: FailureCategory { .badConfiguration }

  var diagnostic: Diagnostic {
    Diagnostic(
      .error, "an evaluation does not count tokens",
      hint: "take chars, or a count in the rows as field:NAME",
      code: "uncounted_tokens")
  }
}
