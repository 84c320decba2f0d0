/// Why a well-formed candidate is not used.
///
/// Candidates meet the reasons in this order.
package enum CandidateDrop: String, CaseIterable, Sendable {
  /// The response is null.
  case missingResponse = "missing_response"
  /// The reward is null, NaN or infinite, or too large for a double.
  case nonFiniteReward = "non_finite_reward"
  /// The characteristic that the row should carry is null, NaN or infinite.
  case nonFiniteLength = "non_finite_length"
  /// Fewer code points than `filters.min_chars`.
  case tooShort = "too_short"
  /// More code points than `filters.max_chars`.
  case tooLong = "too_long"
  /// The same text as an earlier candidate of the prompt.
  case duplicateResponse = "duplicate_response"
}

/// Why a prompt gives no pair.
package enum PromptDrop: String, CaseIterable, Sendable {
  /// Its id stands with another prompt elsewhere, so its candidates answer different questions.
  case duplicateID = "duplicate_prompt_id_with_other_prompt"
  /// Fewer usable candidates than `filters.min_candidates`.
  case tooFewCandidates = "too_few_candidates"
  /// The chosen answer would not score higher than the rejected one.
  case noMargin = "no_margin"
  /// The margin is below `pairs.min_margin`.
  case belowMinMargin = "below_min_margin"
  /// The margin is above `pairs.max_margin`.
  case aboveMaxMargin = "above_max_margin"
  /// No two candidates are within `pairs.length_ratio`.
  case noMatchedLength = "no_matched_length"
}
