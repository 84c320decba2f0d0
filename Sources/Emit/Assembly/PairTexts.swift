package import Records

/// The texts of one pair, brought together.
package struct PairTexts: Sendable {
  package var plan: PairPlan
  package var prompt: Prompt
  package var chosen: Answer
  package var rejected: Answer
  /// The answers that go with the prompt's pairs, in the order of the candidates.
  package var otherAnswers: [Answer]

  package init(
    plan: PairPlan, prompt: Prompt, chosen: Answer, rejected: Answer,
    otherAnswers: [Answer] = []
  ) {
    self.plan = plan
    self.prompt = prompt
    self.chosen = chosen
    self.rejected = rejected
    self.otherAnswers = otherAnswers
  }

  /// Roughly the memory that the texts take.
  var cost: Int {
    ([chosen, rejected] + otherAnswers).reduce(TextPiece.prompt(prompt).cost) {
      $0 + TextPiece.answer(candidate: 0, $1).cost
    }
  }
}
