internal import JSON

extension BenchmarkLayout {
  /// A chosen and a rejected answer.
  static let pairs = BenchmarkLayout(
    name: "RewardBench",
    fields: "`scores_chosen`, `scores_rejected`, `text_chosen`, `text_rejected` (or `chosen`, "
      + "`rejected`), with `id`, `subset`, `model`, `results`; as `MODEL.json` of columns or as "
      + "`MODEL_outputs.jsonl` of the command `rewardbench`",
    rule: "the chosen answer scores higher; sections as on the leaderboard",
    recognizes: { $0["scores_chosen"] != nil || $0["scores_rejected"] != nil },
    read: { source throws(UnusableRow) in
      let row = source.row
      if let summary = summary(row) { throw UnusableRow(reason: summary) }
      let sides = ["chosen", "rejected"]
      let names = sides.map { row["text_\($0)"] == nil && row[$0] != nil ? $0 : "text_\($0)" }
      let scores = sides.map { row.number("scores_\($0)") }
      let joined = source.joined.flatMap { $0.count == 2 ? $0.map(Optional.some) : nil }
      let measured =
        joined ?? names.map { row[$0]?.answerText.map { TextMeasures($0, source.wanted) } }
      let faults =
        ["id", "subset"].map { row[$0] == nil ? row.fault($0) : nil }
        + zip(sides, scores).map { $1.isNaN ? row.fault("scores_\($0)") : nil }
        + zip(names, measured).map { $1 == nil ? row.fault($0) : nil }
      guard !measured.contains(where: { $0 == nil }) else { throw UnusableRow(faults) }
      let example = source.example(scores, measured.compactMap(\.self)) { field, place in
        row.number("\(field)_\(sides[place])")
      }
      return source.reading(
        example, missing: scores.contains(where: \.isNaN) ? UnusableRow(faults).reason : nil)
    })

  /// What the other files of the command `rewardbench` hold; nil for any other row.
  private static func summary(_ row: ScoreRow) -> String? {
    if row["accuracy"]?.number != nil, row["num_prompts"]?.number != nil {
      return "a summary with an accuracy, not scores, which are in MODEL_outputs.jsonl"
    }
    if row["scores_chosen"] == nil, row["chosen"]?.number != nil, row["rejected"]?.number != nil {
      return "chosen and rejected are scores without texts, which MODEL_outputs.jsonl has"
    }
    return nil
  }
}
