internal import Calibrate
internal import Columns
internal import Ingest
internal import Job
internal import PairBuilder
internal import Records
internal import Report
internal import Scan

extension RunReport {
  /// A prompt's pair before and after.
  func example(number: Int, example: ExamplePairs.Example) -> Node {
    let prompt = (example.after ?? example.before)?.prompt
    let turns = prompt.flatMap { examples.prompts[$0]?.messages } ?? []
    let text = turns.map { String(decoding: $0.text, as: UTF8.self) }
    func version(_ name: String, _ plan: PairPlan?) -> PairComparison.Version? {
      plan.map {
        PairComparison.Version(
          name: name, chosen: answer($0.chosen), rejected: answer($0.rejected))
      }
    }
    let kind =
      switch (example.before, example.after) {
      case (nil, _): "gained"
      case (_, nil): "lost"
      case (let before?, let after?):
        before.chosen == after.rejected && before.rejected == after.chosen
          ? "turned round" : "other answers"
      }
    return PairComparison(
      title: "\(number + 1). \(kind.prefix(1).uppercased() + kind.dropFirst())",
      prompt: text.joined(separator: "\n\n"), old: version("Before", example.before),
      new: version("After", example.after)
    ).node
  }

  private func answer(_ candidate: UInt32) -> PairComparison.Answer {
    let number = Int(candidate)
    let figures = [
      "reward \(Quantity.signed(table.rawRewards[number], places: 3))",
      "score \(Quantity.signed(scores[number], places: 3))",
      "\(Quantity.decimal(table.lengths[0][number], places: 0)) \(unit)",
    ]
    return PairComparison.Answer(
      text: String(decoding: examples.responses[candidate] ?? [], as: UTF8.self),
      figures: figures.joined(separator: ", "))
  }
}
