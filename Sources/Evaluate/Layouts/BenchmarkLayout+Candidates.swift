internal import JSON
internal import Records

extension BenchmarkLayout {
  /// As many answers as there are scores, the right ones first.
  static let rewardBench2 = BenchmarkLayout(
    name: "RewardBench 2",
    fields: "`scores`, `text` (or `chosen`, `rejected`) as lists, the first `num_correct` answers "
      + "right, with `id`, `subset`, `model`",
    rule: "a right answer scores highest, 1/k for one of k that share the best score; `Ties` with "
      + "`ref:` and `tied:` ids by its published formula",
    recognizes: { $0["scores_chosen"] == nil && $0.numbers("scores") != nil },
    read: { source throws(UnusableRow) in
      let row = source.row
      let scores = row.numbers("scores") ?? []
      let names = row["text"] == nil && row["chosen"] != nil ? ["chosen", "rejected"] : ["text"]
      let measures = try source.measures(scores.count, of: names)
      // The published code has the one right answer first where nothing says how many there are.
      let rightCount =
        row["num_correct"] == nil
        ? Double(names.count == 2 ? row["chosen"]?.answerTexts?.count ?? 1 : 1)
        : row.number("num_correct")
      guard rightCount >= 1, rightCount < Double(scores.count), rightCount.rounded() == rightCount
      else {
        throw UnusableRow(
          reason:
            "num_correct is to be from 1 to \(scores.count - 1) for \(scores.count) scores, found "
            + (rightCount.isNaN ? "no number" : "\(rightCount)"))
      }
      var example = source.example(scores, measures, field: source.element)
      example.rightCount = Int(clamped: rightCount)
      example.rule = .best
      if let (isReference, prompt) = tiesSample(row.text("id")) {
        example.rule = .ties(isReference: isReference)
        example.prompt = prompt
      }
      return source.reading(
        example,
        missing: scores.contains(where: \.isNaN)
          ? "a score in \"scores\" is not a finite number" : nil)
    })

  /// What `ref:12` and `tied:12` say; nil for any other id.
  private static func tiesSample(_ id: String?) -> (isReference: Bool, prompt: UInt64)? {
    let parts = (id ?? "").split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, ["ref", "tied"].contains(parts[0]), let prompt = UInt64(parts[1])
    else { return nil }
    return (parts[0] == "ref", prompt)
  }
}
