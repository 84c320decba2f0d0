/// How many tokens the texts of a pair have, by a trainer's tokenizer.
struct PairTokens: Sendable {
  /// Those of the texts of the prompt's messages.
  var prompt: Int
  var chosen: Int
  var rejected: Int

  /// Prompt and chosen answer, as a trainer joins them.
  var withChosen: Int { prompt + chosen }
  /// Prompt and rejected answer.
  var withRejected: Int { prompt + rejected }
}
