package import Ingest
package import Records

/// The scores of reward models on a benchmark of pairs.
package struct RewardBenchScores: Sendable {
  /// In the order in which they first came.
  package private(set) var models: [ScoredModel] = []
  /// Rows that are no example: without texts or fields for scores.
  package private(set) var malformedRows = MalformedRows()

  private struct Reading: Sendable {
    var model: String?
    var file: Int
    var location: SourceLocation
    /// Without an id where the row has none.
    var pair: ScoredPair
    var hasTexts: Bool
    /// Why the scores are none; nil where there are two.
    var missing: String?
  }

  /// What the subset of examples is called that have none, as those of one's own data.
  private static let onlySubset = "all"

  /// Reads files of scores.
  ///
  /// - Parameter texts: The benchmark's own texts; nil where those in the files are measured.
  package init(
    _ files: [InputFile], texts: BenchmarkTexts?, settings: MethodSettings, threads: Int,
    checkpoint: () throws -> Void
  ) throws {
    let wanted = settings.characteristics.map(\.measure)
    var numbers: [String: Int] = [:]
    var missing: (reason: String, location: SourceLocation)?
    malformedRows = try ScoreRows(files, threads: threads).forEach(checkpoint: checkpoint) {
      row throws(UnusableRow) -> Reading in
      try Self.reading(of: row, texts, wanted)
    } consume: { reading, row in
      let name = reading.model ?? Self.model(ofFile: files[reading.file].displayName)
      let number = numbers[name] ?? models.count
      if number == models.count {
        models.append(ScoredModel(name: name))
        numbers[name] = number
      }
      if reading.pair.chosen.score.isNaN || reading.pair.rejected.score.isNaN
        || (reading.pair.chosen.characteristics + reading.pair.rejected.characteristics)
          .contains(where: \.isNaN)
      {
        models[number].missingScores += 1
        missing = missing ?? (reading.missing ?? "no characteristic", reading.location)
      } else {
        var pair = reading.pair
        if pair.id.isEmpty { pair.id = "\(row)" }
        models[number].pairs.append(pair)
        if texts != nil, !reading.hasTexts { models[number].rowsWithoutTexts += 1 }
      }
    }
    guard models.contains(where: { !$0.pairs.isEmpty }) else {
      throw NoScores(
        location: malformedRows.first ?? missing?.location,
        reason: malformedRows.reason ?? missing?.reason)
    }
  }

  private static func reading(
    of row: ScoreRow, _ texts: BenchmarkTexts?, _ wanted: [Characteristic]
  ) throws(UnusableRow) -> Reading {
    let sides = ["chosen", "rejected"]
    guard row["num_correct"] == nil || row["scores_chosen"] != nil else {
      throw UnusableRow(reason: "this is RewardBench 2, which is not read yet")
    }
    let joined = row.text("id").flatMap { texts?.measures[$0] }
    let names = sides.map { row["text_\($0)"] == nil && row[$0] != nil ? $0 : "text_\($0)" }
    let measured =
      joined.map { [$0.chosen, $0.rejected] }
      ?? names.map { row[$0]?.answerText.map { TextMeasures($0, wanted) } }
    guard sides.allSatisfy({ row["scores_\($0)"] != nil }), let chosen = measured[0],
      let rejected = measured[1]
    else {
      throw UnusableRow(
        ["id", "subset"].map { row[$0] == nil ? row.fault($0) : nil }
          + sides.map { row["scores_\($0)"] == nil ? row.fault("scores_\($0)") : nil }
          + zip(names, measured).map { $1 == nil ? row.fault($0) : nil })
    }
    func answer(_ side: String, _ measures: TextMeasures) -> ScoredAnswer {
      var measures = measures
      measures.takeFields(wanted) { row.number("\($0)_\(side)") }
      return ScoredAnswer(
        score: row.number("scores_\(side)"), characteristics: measures.characteristics,
        characters: measures.characters)
    }
    let missing = sides.map { "scores_\($0)" }.filter { row.number($0).isNaN }.map(row.fault)
    return Reading(
      model: row.text("model"), file: row.file, location: row.location,
      pair: ScoredPair(
        id: row.text("id") ?? "", subset: row.text("subset") ?? onlySubset,
        chosen: answer("chosen", chosen), rejected: answer("rejected", rejected),
        result: row.number("results")),
      hasTexts: joined != nil, missing: missing.isEmpty ? nil : missing.joined(separator: ", "))
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
  /// The first row that is no example.
  let location: SourceLocation?
  /// What it lacks.
  let reason: String?

  package var category: FailureCategory { .badData }

  package var diagnostic: Diagnostic {
    Diagnostic(
      .error, "no example with two scores" + (reason.map { "; the first row: \($0)" } ?? ""),
      at: location,
      hint: "rows need scores_chosen, scores_rejected, text_chosen and text_rejected, and can have "
        + "id, subset, model and results")
  }
}
