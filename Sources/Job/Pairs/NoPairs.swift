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
      hint: isBelowPrecision
        ? "beside the bias that was removed these rewards say nothing, as if they were computed from "
          + "it; set calibration.method: none to pair by them as they came, or an alpha below 1 to "
          + "keep a part of it; where prompts are few, more of them may tell more"
        : "a pair takes two usable answers to one prompt with different scores; check "
          + "input.fields.prompt_id, input.fields.reward, filters and pairs.min_margin",
      code: "no_pairs")
  }

  /// Whether most prompts with answers to pair have scores that the fit cannot tell apart.
  private var isBelowPrecision: Bool {
    func count(_ reasons: [PromptDrop]) -> Int {
      reasons.reduce(0) { $0 + ledger.promptsDropped[$1, default: 0] }
    }
    let equal = count([.belowPrecision, .noMargin])
    return count([.belowPrecision]) > 0
      && 2 * equal > count(PromptDrop.allCases) - count([.tooFewCandidates])
  }
}
