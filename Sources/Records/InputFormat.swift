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
}
