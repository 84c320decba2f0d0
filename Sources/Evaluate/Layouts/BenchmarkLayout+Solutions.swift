internal import JSON

extension BenchmarkLayout {
  /// A right solution and nine wrong ones, without their texts.
  static let rewardMath = BenchmarkLayout(
    name: "RewardMATH",
    fields: "`problem`, `score` as a list, the first of the one right solution; the texts come "
      + "from `--texts` (`problem`, `eval_solution`, `solution_type`) or from `text`",
    rule: "the right solution scores highest, 1/k for one of k that share the best score",
    recognizes: { $0["problem"] != nil && $0.elements("score") != nil },
    read: { source throws(UnusableRow) in
      let row = source.row
      let elements = row.elements("score") ?? []
      let scores = row.numbers("score") ?? []
      guard scores.count > 1 else {
        throw UnusableRow(
          reason: "score is to be the right solution's and those of wrong ones, found "
            + "\(scores.count)")
      }
      guard source.joined == nil || source.joined?.count == scores.count || row["text"] != nil
      else {
        throw UnusableRow(
          reason: "\(scores.count) scores for \(source.joined?.count ?? 0) solutions in --texts")
      }
      guard source.joined != nil || row["text"] != nil else {
        throw UnusableRow(reason: "no \"text\", and --texts has no solutions of this problem")
      }
      var example = source.example(
        scores, try source.measures(scores.count, of: ["text"]),
        id: row.text("id") ?? row.text("problem"), prompt: "problem", field: source.element)
      example.rule = .best
      let areSteps = elements.contains { ($0.elements?.count ?? 0) > 1 }
      return source.reading(
        example,
        missing: !scores.contains(where: \.isNaN)
          ? nil
          : areSteps
            ? "a score is a list, one for each step; give one score for each solution"
            : "a score in \"score\" is not a finite number")
    })
}
