internal import Records

/// The ways in which published datasets and the scripts that sample them lay out rows.
extension InputFormat {
  /// What rows can look like, the likeliest first; nothing where the names of fields are the user's.
  var shapes: [RowShape] {
    switch self {
    case .automatic, .nested, .flat: []
    case .simpo:
      [RowShape(.nested(responses: "all_generated_responses", rewards: "all_rm_scores"))]
    case .ultrafeedback:
      [
        RowShape(
          .nested(responses: "completions.response", rewards: "completions.overall_score"),
          prompts: ["instruction", "prompt"], models: ["completions.model"]),
        RowShape(
          .rated(
            responses: "completions.response",
            ratings: ["instruction_following", "honesty", "truthfulness", "helpfulness"].map {
              "completions.annotations.\($0).Rating"
            }),
          prompts: ["instruction", "prompt"], models: ["completions.model"]),
      ]
    case .distilabel:
      ["ratings", "rating"].map {
        RowShape(
          .nested(responses: "generations", rewards: $0),
          prompts: ["instruction", "prompt", "input"], systems: ["system_prompt", "system"],
          models: ["generation_models", "generation_model", "model_names"])
      }
    case .rlhflow:
      [RowShape(.nested(responses: "responses", rewards: "rewards"))] + Self.h4.shapes
    case .seeds:
      [RowShape(.flat(response: "generated_text", reward: "reward"))]
    case .rebel:
      [RowShape(.numbered(response: "response", reward: "reward"))]
    case .h4:
      ["score", "rating", "avg_rating", "reward"].map {
        RowShape(.pair(score: $0), prompts: ["prompt", "instruction", "question", "input"])
      }
    }
  }
}
