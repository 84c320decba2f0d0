/// How the rows of an input are laid out.
package enum InputFormat: String, CaseIterable, Sendable {
  /// As the first row looks.
  case automatic = "auto"
  /// A prompt a row, with lists.
  case nested
  /// A candidate a row.
  case flat
  /// On-policy generations of SimPO: `all_generated_responses` and `all_rm_scores`.
  case simpo
  /// UltraFeedback: `completions` with an `overall_score`, or with ratings of several aspects.
  case ultrafeedback
  /// Distilabel: `generations` and `ratings`.
  case distilabel
  /// RLHFlow's online data, `responses` and `rewards`, and its preference sets.
  case rlhflow
  /// A file for each sampling seed: `generated_text` and `reward`.
  case seeds
  /// REBEL: `response_0`, `response_0_reward` and so on.
  case rebel
  /// Pairs with scores, as in the handbook's datasets, Argilla's, Tulu's and RLHFlow's.
  case h4
  /// Nectar: `answers` with ranks, of which 1 is best.
  case nectar
  /// NeMo-RL: `context` and `completions` with ranks.
  case nemo = "nemo-rl"
  /// TRL's KTO data with scores.
  case kto
  /// `messages` whose last turn is the answer, with a score.
  case conversation
  /// WebGPT comparisons: `answer_0`, `score_0` and so on.
  case webgpt
  /// Stanford Human Preferences: `human_ref_A`, `score_A` and so on.
  case shp
  /// Answers and scores in columns of other names.
  case columns
  /// OpenAI's preference fine-tuning: `preferred_output` and `non_preferred_output`.
  case openAI = "openai"
}

/// Which rewards are better.
package enum RewardOrder: String, CaseIterable, Sendable {
  /// The lower ones where the field is called a rank, else the higher ones.
  case automatic = "auto"
  case higher, lower
}

/// What the thinking of an answer counts for.
package enum ThinkingPolicy: String, CaseIterable, Sendable {
  /// It is measured and filtered with the rest.
  case include
  /// Only what follows it is.
  case exclude
}

/// What happens to ids that stand with different prompts.
package enum IDConflictPolicy: String, CaseIterable, Sendable {
  /// They are an error.
  case fail
  /// Their prompts are dropped, and their candidates stay out of the fit.
  case drop
  /// No id is read: prompts are identified by what they are.
  case ignore
}
