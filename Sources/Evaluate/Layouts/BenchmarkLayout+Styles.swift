extension BenchmarkLayout {
  /// Right and wrong answers, each in the same styles, from plain to elaborate.
  static let rmBench = BenchmarkLayout(
    name: "RM-Bench",
    fields: "`score_chosen`, `score_rejected`, `chosen`, `rejected` as lists of as many styles, "
      + "with `id`, `domain`",
    rule: "the mean over every right answer against every wrong one; `easy`, `normal`, `hard` by "
      + "whether the right answer is the more elaborate; sections Chat, Code, Math, Safety",
    recognizes: { $0.numbers("score_chosen") != nil || $0.numbers("score_rejected") != nil },
    read: { source throws(UnusableRow) in
      let row = source.row
      let sides = ["chosen", "rejected"]
      let lists = sides.map { row.numbers("score_\($0)") }
      guard let right = lists[0], let wrong = lists[1] else {
        throw UnusableRow(zip(sides, lists).map { $1 == nil ? row.fault("score_\($0)") : nil })
      }
      guard right.count == wrong.count, !right.isEmpty else {
        throw UnusableRow(
          reason: "score_chosen and score_rejected are to be of one length, found "
            + "\(right.count) and \(wrong.count)")
      }
      var example = source.example(
        right + wrong, try source.measures(right.count * 2, of: sides),
        subset: row.text("domain")
      ) { field, place in
        source.element("\(field)_\(sides[place / right.count])", place % right.count)
      }
      example.rightCount = right.count
      example.rule = .everyStyle
      // `safety-refuse` and `safety-response` are one domain.
      example.section = ["chat", "code", "math", "safety"]
        .first { example.subset.hasPrefix($0) }.map { $0.prefix(1).uppercased() + $0.dropFirst() }
      let isMissing = (right + wrong).contains(where: \.isNaN)
      return source.reading(
        example,
        missing: isMissing
          ? "a score in \"score_chosen\" or \"score_rejected\" is not a finite number" : nil)
    })
}
