import Testing

@testable import Records

@Suite struct LedgerTests {
  @Test func anEmptyLedgerIsBalanced() {
    #expect(Ledger().isBalanced)
  }

  @Test func whatIsReadIsKeptOrDropped() {
    var ledger = Ledger()
    ledger.candidatesRead = 10
    ledger.candidatesKept = 7
    #expect(!ledger.isBalanced)
    ledger.drop(.tooShort)
    ledger.drop(.tooShort)
    #expect(!ledger.isBalanced)
    ledger.drop(.nonFiniteReward)
    #expect(ledger.isBalanced)
    #expect(ledger.candidatesDropped == [.tooShort: 2, .nonFiniteReward: 1])

    ledger.promptsRead = 3
    ledger.promptsPaired = 1
    #expect(!ledger.isBalanced)
    ledger.drop(.noMargin)
    ledger.drop(.duplicateID)
    #expect(ledger.isBalanced)
    ledger.promptsPaired = 2
    #expect(!ledger.isBalanced)
  }

  @Test func severalCandidatesCanBeDroppedAtOnce() {
    var ledger = Ledger()
    ledger.drop(.duplicateResponse, count: 5)
    ledger.drop(.duplicateResponse, count: 2)
    #expect(ledger.candidatesDropped == [.duplicateResponse: 7])
  }

  /// These words stand in manifests, which other programs read.
  @Test func reasonsKeepTheirNames() {
    #expect(
      CandidateDrop.allCases.map(\.rawValue) == [
        "excluded", "beyond_limit", "missing_response", "non_finite_reward", "incomplete_rewards",
        "non_finite_length",
        "too_short", "too_long", "too_many_tokens", "too_many_pair_tokens", "empty_response",
        "refusal", "empty_prompt", "conflicting_prompt_id", "in_both_splits", "contaminated",
        "repetitive_prompt", "other_script", "duplicate_response", "near_duplicate",
      ])
    #expect(
      PromptDrop.allCases.map(\.rawValue) == [
        "duplicate_prompt_id_with_other_prompt", "empty_prompt", "in_both_splits",
        "excluded", "contaminated", "repetitive_prompt", "other_script", "near_duplicate",
        "beyond_limit", "too_few_candidates", "no_margin", "below_min_margin",
        "below_fit_precision", "above_max_margin", "below_field_margin",
        "chosen_below_min_score", "rejected_above_max_score", "tied", "below_agreement",
        "no_matched_length", "no_pair_of_models", "beyond_source", "beyond_sample",
      ])
  }
}
