internal import JSON
internal import Rows

extension BenchmarkLayout {
  /// Two answers, which a judge saw once or, the other way round, twice.
  static let judgeBench = BenchmarkLayout(
    name: "JudgeBench",
    fields: "`response_A`, `response_B`, `label` (`A>B` or `B>A`), `judgments[].judgment.scores`, "
      + "with `pair_id`, `source`; the second judgment has the answers the other way round",
    rule: "the right answer has the higher mean score; sections Knowledge, Reasoning, Math, Coding",
    recognizes: { $0["judgments"] != nil || $0["response_A"] != nil && $0["label"] != nil },
    read: { source throws(UnusableRow) in
      let row = source.row
      let label = row.text("label")
      guard let label, ["A>B", "B>A"].contains(label) else {
        throw UnusableRow(
          reason: label.map { "label is to be A>B or B>A, found \($0)" } ?? row.fault("label"))
      }
      guard let judgments = row.elements("judgments") else {
        throw UnusableRow(reason: row.fault("judgments"))
      }
      let sides = label == "A>B" ? ["A", "B"] : ["B", "A"]
      let names = sides.map { "response_\($0)" }
      let measures = try source.measures(2, of: names)
      let found = meanScores(judgments)
      let scores = found.scores.map { label == "A>B" ? $0 : $0.reversed() }
      var example = source.example(
        scores ?? [.nan, .nan], measures, id: row.text("pair_id"), subset: row.text("source"),
        prompt: "question"
      ) { field, place in
        row.number("\(field)_\(sides[place])")
      }
      let subset = example.subset
      example.section = sections.first { subset.hasPrefix($0.source) }?.section
      return source.reading(
        example,
        model: judgments.lazy.compactMap { $0["judgment"]?.text("judge_model") }.first
          ?? row.text("judge_name"),
        missing: found.missing)
    })

  private static let sections: [(source: String, section: String)] = [
    ("mmlu-pro", "Knowledge"), ("livebench-reasoning", "Reasoning"),
    ("livebench-math", "Math"), ("livecodebench", "Coding"),
  ]

  /// The mean scores of A and B over the judgments, or why there are none.
  private static func meanScores(
    _ judgments: [JSONValue]
  ) -> (scores: [Double]?, missing: String?) {
    guard (1...2).contains(judgments.count) else {
      return (nil, "judgments are to be one or two, found \(judgments.count)")
    }
    var sums = [0.0, 0.0]
    for (number, judgment) in judgments.enumerated() {
      let field = "judgments[\(number)].judgment.scores"
      guard case .object = judgment else { return (nil, "no \"\(field)\"") }
      let values = judgment["judgment"]?["scores"]?.elements?.map { $0.score ?? .nan }
      guard let values else { return (nil, "no \"\(field)\", as the judge gives none") }
      guard values.count == 2, values.allSatisfy(\.isFinite) else {
        return (nil, "\(field) is not two finite numbers")
      }
      // The second time the judge sees B first.
      sums[0] += values[number]
      sums[1] += values[1 - number]
    }
    return (sums.map { $0 / Double(judgments.count) }, nil)
  }
}
