package import Ingest
package import Records
package import Work

/// The scores of reward models on a benchmark of pairs.
package struct RewardBenchScores: Sendable {
  /// In the order in which they first came.
  package private(set) var models: [ScoredModel] = []
  /// Rows that are not an example: without texts.
  package private(set) var malformedRows = MalformedRows()

  private struct Reading: Sendable {
    var model: String?
    var file: Int
    var location: SourceLocation
    /// Without an id where the row has none.
    var example: ScoredExample
    var hasTexts: Bool
    /// Why a score is missing; nil where none is.
    var missing: String?
  }

  /// What the subset of examples is called that have none, as those of one's own data.
  private static let onlySubset = "all"

  /// Reads files of scores.
  ///
  /// - Parameter texts: The benchmark's own texts; nil where those in the files are measured.
  package init(
    _ files: [InputFile], texts: BenchmarkTexts?, settings: MethodSettings, threads: Int,
    progress: (any ProgressSink)? = nil, checkpoint: () throws -> Void
  ) throws {
    let wanted = settings.characteristics.map(\.measure)
    var numbers: [String: Int] = [:]
    var missing: (reason: String, location: SourceLocation)?
    malformedRows = try ScoreRows(files, threads: threads, progress: progress).forEach(
      checkpoint: checkpoint
    ) {
      row throws(UnusableRow) -> Reading in
      try Self.reading(of: row, texts, wanted)
    } consume: { reading, row in
      let name = reading.model ?? Self.model(ofFile: files[reading.file].displayName)
      let number = numbers[name] ?? models.count
      if number == models.count {
        models.append(ScoredModel(name: name))
        numbers[name] = number
      }
      if !reading.example.answers.allSatisfy(\.isComplete) {
        models[number].missingScores += 1
        missing = missing ?? (reading.missing ?? "no value of a characteristic", reading.location)
      } else {
        var example = reading.example
        if example.id.isEmpty { example.id = "\(row)" }
        models[number].examples.append(example)
        if texts != nil, !reading.hasTexts { models[number].rowsWithoutTexts += 1 }
      }
    }
    guard models.contains(where: { !$0.examples.isEmpty }) else {
      throw NoScores(
        location: malformedRows.first ?? missing?.location,
        reason: malformedRows.reason ?? missing?.reason)
    }
    if texts != nil, models.allSatisfy({ $0.rowsWithoutTexts == $0.examples.count }) {
      throw NoMatchingTexts()
    }
  }

  private static func reading(
    of row: ScoreRow, _ texts: BenchmarkTexts?, _ wanted: [Characteristic]
  ) throws(UnusableRow) -> Reading {
    let joined = row.text("id").flatMap { texts?.measures[$0] }
    let found =
      row["scores_chosen"] == nil && row.numbers("scores") != nil
      ? try candidates(row, joined, wanted) : try pair(row, joined, wanted)
    return Reading(
      model: row.text("model"), file: row.file, location: row.location, example: found.example,
      hasTexts: joined != nil, missing: found.missing)
  }

  /// A chosen and a rejected answer.
  private static func pair(
    _ row: ScoreRow, _ joined: [TextMeasures]?, _ wanted: [Characteristic]
  ) throws(UnusableRow) -> (example: ScoredExample, missing: String?) {
    let sides = ["chosen", "rejected"]
    let names = sides.map { row["text_\($0)"] == nil && row[$0] != nil ? $0 : "text_\($0)" }
    let measured =
      joined.flatMap { $0.count == 2 ? $0 : nil }
      ?? names.map { row[$0]?.answerText.map { TextMeasures($0, wanted) } }
    let faults =
      ["id", "subset"].map { row[$0] == nil ? row.fault($0) : nil }
      + sides.map { row.number("scores_\($0)").isNaN ? row.fault("scores_\($0)") : nil }
      + zip(names, measured).map { $1 == nil ? row.fault($0) : nil }
    guard !measured.contains(where: { $0 == nil }) else { throw UnusableRow(faults) }
    let answers = zip(sides, measured.compactMap(\.self)).map { side, measures in
      var measures = measures
      measures.takeFields(wanted) { row.number("\($0)_\(side)") }
      return ScoredAnswer(score: row.number("scores_\(side)"), measures)
    }
    return (
      example(row, answers),
      answers.contains(where: \.score.isNaN) ? UnusableRow(faults).reason : nil
    )
  }

  /// The answers of an example of RewardBench 2: as many as there are scores, the right ones first.
  private static func candidates(
    _ row: ScoreRow, _ joined: [TextMeasures]?, _ wanted: [Characteristic]
  ) throws(UnusableRow) -> (example: ScoredExample, missing: String?) {
    let scores = row.numbers("scores") ?? []
    let names = row["text"] == nil && row["chosen"] != nil ? ["chosen", "rejected"] : ["text"]
    let texts = names.map { row[$0]?.answerTexts }
    let fitting = joined.flatMap { $0.count == scores.count ? $0 : nil }
    guard fitting != nil || !texts.contains(where: { $0 == nil }) else {
      throw UnusableRow(zip(names, texts).map { $1 == nil ? row.fault($0) : nil })
    }
    let measured =
      fitting ?? texts.flatMap { ($0 ?? []).map { TextMeasures($0, wanted) } }
    guard measured.count == scores.count else {
      throw UnusableRow(
        reason:
          "\(Quantity.count(scores.count, "score")) for \(Quantity.count(measured.count, "text"))")
    }
    // The published code has the one right answer first where nothing says how many there are.
    let rightCount = row["num_correct"] == nil ? 1 : row.number("num_correct")
    guard rightCount >= 1, rightCount < Double(scores.count) else {
      throw UnusableRow(
        reason:
          "num_correct is to be from 1 to \(scores.count - 1) for \(Quantity.count(scores.count, "score")), found "
          + (rightCount.isNaN ? "no number" : "\(rightCount)"))
    }
    let answers = measured.enumerated().map { number, measures in
      var measures = measures
      measures.takeFields(wanted) { field in
        row.numbers(field).flatMap { number < $0.count ? $0[number] : nil } ?? .nan
      }
      return ScoredAnswer(score: scores[number], measures)
    }
    var example = example(row, answers)
    example.rightCount = Int(clamped: rightCount)
    example.sharesTies = true
    let isMissing = scores.contains(where: \.isNaN)
    return (example, isMissing ? "a score in \"scores\" is not a finite number" : nil)
  }

  private static func example(_ row: ScoreRow, _ answers: [ScoredAnswer]) -> ScoredExample {
    ScoredExample(
      id: row.text("id") ?? "", subset: row.text("subset") ?? onlySubset, answers: answers,
      result: row.number("results"))
  }

  /// `ORG/MODEL` of `eval-set-scores/ORG/MODEL.json`, else the file's name without its endings.
  static func model(ofFile path: String) -> String {
    let parts = path.split(separator: "/").map(String.init)
    let name = parts.last.map { file in
      ["zst", "gz", "xz", "bz2", "lz4", "json", "jsonl", "parquet"].reduce(file) {
        $0.hasSuffix(".\($1)") ? String($0.dropLast($1.count + 1)) : $0
      }
    }
    guard let name else { return path }
    let isPublished = parts.count > 2 && parts[parts.count - 3] == "eval-set-scores"
    return isPublished ? "\(parts[parts.count - 2])/\(name)" : name
  }
}

/// No row of the files is a scored example.
package struct NoScores: ReportableError {
  /// The first row that is not an example.
  let location: SourceLocation?
  /// What it lacks.
  let reason: String?

  package var category: FailureCategory { .badData }

  package var diagnostic: Diagnostic {
    Diagnostic(
      .error,
      "no example with scores for its answers" + (reason.map { "; the first row: \($0)" } ?? ""),
      at: location,
      hint:
        "rows need scores_chosen, scores_rejected, text_chosen and text_rejected, or scores, text "
        + "and num_correct; they can have id, subset, model and results")
  }
}
