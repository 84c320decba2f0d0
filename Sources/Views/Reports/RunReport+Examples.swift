internal import Calibrate
internal import Columns
internal import Job
internal import PairBuilder
internal import Records
internal import Scan

extension RunReport {
  /// The pairs that are shown in full, but for their texts.
  package var examples: [ReportDraft.Example] {
    plan.examples.examples.enumerated().compactMap { number, example in
      (example.after ?? example.before).map { shown in
        let kind = Self.kind(of: example)
        return ReportDraft.Example(
          title: "\(number + 1). \(kind.prefix(1).uppercased() + kind.dropFirst())",
          prompt: shown.prompt, before: example.before.map(version),
          after: example.after.map(version))
      }
    }
  }

  private static func kind(of example: ExamplePairs.Example) -> String {
    switch (example.before, example.after) {
    case (nil, _): "gained"
    case (_, nil): "lost"
    case (let before?, let after?):
      before.chosen == after.rejected && before.rejected == after.chosen
        ? "turned round" : "other answers"
    }
  }

  private func version(_ pair: PairPlan) -> ReportDraft.Example.Version {
    ReportDraft.Example.Version(chosen: answer(pair.chosen), rejected: answer(pair.rejected))
  }

  private func answer(_ candidate: UInt32) -> ReportDraft.Example.Answer {
    let number = Int(candidate)
    let figures = [
      "reward \(Quantity.signed(table.rawRewards[number], places: 3))",
      "score \(Quantity.signed(scores[number], places: 3))",
      "\(Quantity.decimal(table.primary[number], places: 0)) \(unit)",
    ]
    return ReportDraft.Example.Answer(
      candidate: candidate, figures: figures.joined(separator: ", "))
  }
}
