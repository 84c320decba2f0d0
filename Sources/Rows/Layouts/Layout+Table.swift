internal import Records

extension Layout {
  /// Every layout that has names of its own, the likeliest first.
  package static let all: [Layout] = nestedLists + singleAnswers + answersInColumns + pairs

  private static let nestedLists: [Layout] = [
    Layout(
      .simpo, .nested(responses: "all_generated_responses", rewards: "all_rm_scores"),
      origin: "SimPO's on-policy generations"),
    Layout(
      .ultrafeedback,
      .nested(responses: "completions.response", rewards: "completions.overall_score"),
      origin: "UltraFeedback", prompts: ["instruction", "prompt"]),
    Layout(
      .ultrafeedback,
      .rated(
        responses: "completions.response",
        ratings: ["instruction_following", "honesty", "truthfulness", "helpfulness"].map {
          "completions.annotations.\($0).Rating"
        }),
      origin: "UltraFeedback without overall scores", prompts: ["instruction", "prompt"]),
    Layout(
      .distilabel, .nested(responses: "generations", rewards: "ratings"), origin: "Distilabel",
      prompts: ["instruction", "prompt", "input"], systems: ["system_prompt", "system"],
      models: ["generation_models", "generation_model", "model_names"]),
    Layout(
      .distilabel, .nested(responses: "generations", rewards: "rating"), origin: "Distilabel",
      prompts: ["instruction", "prompt", "input"], systems: ["system_prompt", "system"],
      models: ["generation_models", "generation_model", "model_names"]),
    Layout(
      .distilabel, .nested(responses: "generations", rewards: "ranks"),
      origin: "Distilabel's PairRM, 1 is best", prompts: ["instruction", "prompt", "input"],
      systems: ["system_prompt", "system"],
      models: ["generation_models", "generation_model", "model_names"]),
    Layout(
      .rlhflow, .nested(responses: "responses", rewards: "rewards"), origin: "RLHFlow"),
    Layout(
      .nectar, .nested(responses: "answers.answer", rewards: "answers.rank"),
      origin: "Nectar, 1 is best"),
    Layout(
      .nemo, .nested(responses: "completions.completion", rewards: "completions.rank"),
      origin: "NeMo-RL's preference data, 0 or 1 is best", conversations: ["context", "messages"]),
  ]

  private static let singleAnswers: [Layout] = [
    Layout(
      .seeds, .flat(response: "generated_text", reward: "reward"),
      origin: "SimPO's sampling scripts, a file for each seed"),
    Layout(
      .kto, .flat(response: "completion", reward: "score"),
      origin: "TRL's KTO data with scores, such as the profile `kto`"),
    Layout(
      .conversation, .lastTurn(reward: "score"),
      origin: "open-instruct's and ms-swift's samplers: `messages` with the answer as last turn",
      conversations: ["messages", "conversations"]),
    Layout(
      .conversation, .lastTurn(reward: "reward"), origin: "the same with `reward`",
      conversations: ["messages", "conversations"]),
  ]

  private static let answersInColumns: [Layout] = [
    Layout(
      .rebel, .numbered(response: "response", rewards: ["reward"]),
      origin: "REBEL"),
    Layout(
      .webgpt, .numbered(response: "answer", rewards: ["score", "reward"]),
      origin: "WebGPT comparisons", prompts: ["question.full_text", "question", "prompt"]),
    Layout(
      .shp, .numbered(response: "human_ref", rewards: ["score"]),
      origin: "Stanford Human Preferences", prompts: ["history", "prompt"]),
    Layout(
      .columns, .numbered(response: "response", rewards: ["score"]),
      origin: "answers and scores numbered alike"),
    Layout(
      .columns,
      .pair([
        Pair(
          "pos_answer.answer", "neg_answer.answer", scores: ["@.{}"],
          sides: ("pos_answer", "neg_answer")),
        Pair("pos_answer", "neg_answer", scores: ["@_{}"], sides: ("pos_answer", "neg_answer")),
      ]), origin: "objects for a positive and a negative answer"),
  ]

  private static let pairs: [Layout] = [
    Layout(
      .h4,
      .pair([
        Pair("chosen", "rejected"), Pair("chosen_response", "rejected_response"),
        Pair("better", "worse", sides: ("better", "worse")),
      ]),
      origin: "alignment-handbook, TRL, Argilla, Tulu, hh-rlhf, LLaMA-Factory and Axolotl",
      conversations: ["conversations", "messages"]),
    Layout(
      .h4,
      .pair([
        Pair("messages", "rejected_response"), Pair("messages", "rejected_messages"),
        Pair("response", "rejected_response"),
      ]), origin: "ms-swift"),
    Layout(
      .h4, .pair([Pair("chosen_messages", "rejected_messages")]),
      origin: "LLaMA-Factory's v1 format"),
    Layout(
      .openAI,
      .pair([
        Pair(
          "preferred_output", "non_preferred_output", scores: ["@_{}", "{}_@"],
          sides: ("preferred", "non_preferred"))
      ]), origin: "OpenAI's and Azure's preference fine-tuning", prompts: ["prompt"],
      conversations: ["input.messages", "messages"]),
  ]
}
