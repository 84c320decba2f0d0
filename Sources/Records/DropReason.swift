/// Why a well-formed candidate is not used.
///
/// Candidates meet the reasons in this order.
package enum CandidateDrop: String, CaseIterable, Sendable {
  /// An earlier round used the prompt that it answers (`input.exclude`), whatever else is wrong.
  case excluded
  /// The prompt that it answers is not in the sample (`input.limit`), whatever else is wrong.
  case beyondLimit = "beyond_limit"
  /// The response is null.
  case missingResponse = "missing_response"
  /// The reward is null, NaN or infinite, or too large for a double.
  case nonFiniteReward = "non_finite_reward"
  /// Some of several reward models gave no finite reward, others did.
  case incompleteRewards = "incomplete_rewards"
  /// The characteristic that the row should carry is null, NaN or infinite.
  case nonFiniteLength = "non_finite_length"
  /// Fewer code points than `filters.min_chars`.
  case tooShort = "too_short"
  /// More code points than `filters.max_chars`.
  case tooLong = "too_long"
  /// More tokens than `filters.max_tokens`.
  case tooManyTokens = "too_many_tokens"
  /// More tokens, with those of the prompt, than `filters.max_pair_tokens`.
  case tooManyPairTokens = "too_many_pair_tokens"
  /// Nothing but white space, no call of a tool and no image either.
  case emptyResponse = "empty_response"
  /// A phrase of `filters.refusals` stands in it.
  case refusal
  /// The prompt that it answers has a turn without text.
  case emptyPrompt = "empty_prompt"
  /// The prompt's id stands with another prompt elsewhere (`input.id_conflicts: drop`).
  case conflictingID = "conflicting_prompt_id"
  /// The prompt stands in both splits.
  case inBothSplits = "in_both_splits"
  /// The prompt has a benchmark's text (`filters.contaminated`).
  case contaminated
  /// The prompt repeats itself (`filters.repetition`).
  case repetitivePrompt = "repetitive_prompt"
  /// The prompt is written in other scripts (`filters.scripts`).
  case otherScript = "other_script"
  /// The same text as an earlier candidate of the prompt.
  case duplicateResponse = "duplicate_response"
  /// The prompt nearly repeats another (`filters.near_duplicates`).
  case nearDuplicate = "near_duplicate"
}

/// Why a prompt gives no pair.
package enum PromptDrop: String, CaseIterable, Sendable {
  /// Its id stands with another prompt elsewhere (`input.id_conflicts: drop`).
  case duplicateID = "duplicate_prompt_id_with_other_prompt"
  /// A turn of the prompt has no text.
  case emptyPrompt = "empty_prompt"
  /// The input has the prompt in the train split and in the test split (`split.field`).
  case inBothSplits = "in_both_splits"
  /// An earlier round used it (`input.exclude`).
  case excluded
  /// It has a benchmark's text (`filters.contaminated`).
  case contaminated
  /// Too many of its words stand in n-grams that it had before (`filters.repetition`).
  case repetitivePrompt = "repetitive_prompt"
  /// Too few of its letters are of the wanted scripts (`filters.scripts`).
  case otherScript = "other_script"
  /// It nearly repeats another that is used (`filters.near_duplicates`).
  case nearDuplicate = "near_duplicate"
  /// It is not in the sample (`input.limit`).
  case beyondLimit = "beyond_limit"
  /// Fewer usable candidates than `filters.min_candidates`.
  case tooFewCandidates = "too_few_candidates"
  /// The chosen answer would not score higher than the rejected one.
  case noMargin = "no_margin"
  /// The margin is below `pairs.min_margin`.
  case belowMinMargin = "below_min_margin"
  /// The margin is smaller than what the fit of the curves may be off by.
  case belowPrecision = "below_fit_precision"
  /// The margin is above `pairs.max_margin`.
  case aboveMaxMargin = "above_max_margin"
  /// Another number of the chosen answer is not ahead enough (`pairs.field_margins`).
  case belowFieldMargin = "below_field_margin"
  /// The chosen answer scores below `pairs.chosen.min_score`.
  case chosenBelowMinScore = "chosen_below_min_score"
  /// The rejected answer scores above `pairs.rejected.max_score`.
  case rejectedAboveMaxScore = "rejected_above_max_score"
  /// Which answer is chosen or rejected depends on a tie (`pairs.ties: drop`).
  case tied
  /// Fewer of the reward models than `pairs.agreement` would choose the same answer.
  case disagreement = "below_agreement"
  /// No two candidates are within `pairs.length_ratio`.
  case noMatchedLength = "no_matched_length"
  /// No two answers are of models that may be chosen and rejected (`pairs.chosen.models`,
  /// `pairs.rejected.models`), or of two models (`model_pairs`).
  case noPairOfModels = "no_pair_of_models"
  /// It would give a pair, but its source has enough (`pairs.per_source`).
  case beyondSource = "beyond_source"
  /// It would give a pair, but is not in the sample (`pairs.sample`).
  case beyondSample = "beyond_sample"
}
