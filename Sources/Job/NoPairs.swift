package import Records

/// Not one prompt gave a pair, so there is no dataset to write.
package struct NoPairs: ReportableError {
  package let ledger: Ledger

  package var category: FailureCategory { .badData }

  package var diagnostic: Diagnostic {
    let reasons = PromptDrop.allCases.compactMap { reason in
      ledger.promptsDropped[reason].map { "\(reason.rawValue) \($0)" }
    }
    return Diagnostic(
      .error,
      "no pair came out of \(ledger.promptsRead) prompts with \(ledger.candidatesKept) usable candidates (dropped: \(reasons.joined(separator: ", ")))",
      hint: "a pair takes two usable answers to one prompt with different scores; check "
        + "input.fields.prompt_id, input.fields.reward, filters and pairs.min_margin",
      code: "no_pairs")
  }
}
