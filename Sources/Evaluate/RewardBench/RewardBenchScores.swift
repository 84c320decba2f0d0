package import Ingest
package import Records

/// The scores of reward models on a benchmark of pairs.
package struct RewardBenchScores: Sendable {
  /// In the order in which they first came.
  package private(set) var models: [ScoredModel] = []
  /// Rows that are no example: without an id, a subset or texts.
  package private(set) var malformedRows = MalformedRows()

  private struct Reading: Sendable {
    var model: String?
    var file: Int
    var pair: ScoredPair
    var hasTexts: Bool
  }

  /// Reads files of scores.
  ///
  /// - Parameter texts: The benchmark's own texts; nil where those in the files are measured.
  package init(
    _ files: [InputFile], texts: BenchmarkTexts?, settings: MethodSettings, threads: Int,
    checkpoint: () throws -> Void
  ) throws {
    let wanted = settings.characteristics.map(\.measure)
    var numbers: [String: Int] = [:]
    malformedRows = try ScoreRows(files, threads: threads).forEach(checkpoint: checkpoint) {
      Self.reading(of: $0, texts, wanted)
    } consume: { reading in
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
      } else {
        models[number].pairs.append(reading.pair)
        if texts != nil, !reading.hasTexts { models[number].rowsWithoutTexts += 1 }
      }
    }
    guard models.contains(where: { !$0.pairs.isEmpty }) else {
      throw NoScores(location: malformedRows.first)
    }
  }

  private static func reading(
    of row: ScoreRow, _ texts: BenchmarkTexts?, _ wanted: [Characteristic]
  ) -> Reading? {
    guard let id = row.text("id"), let subset = row.text("subset") else { return nil }
    let joined = texts?.measures[id]
    func answer(_ side: String, _ measures: TextMeasures?) -> ScoredAnswer? {
      guard
        var measures = measures
          ?? (row["text_\(side)"] ?? row[side])?.text.map({ TextMeasures($0, wanted) })
      else { return nil }
      for (number, characteristic) in wanted.enumerated() {
        if case .field(let path) = characteristic {
          measures.characteristics[number] = row.number("\(path)_\(side)")
        }
      }
      return ScoredAnswer(
        score: row.number("scores_\(side)"), characteristics: measures.characteristics,
        characters: measures.characters)
    }
    guard let chosen = answer("chosen", joined?.chosen),
      let rejected = answer("rejected", joined?.rejected)
    else { return nil }
    return Reading(
      model: row.text("model"), file: row.file,
      pair: ScoredPair(
        id: id, subset: subset, chosen: chosen, rejected: rejected,
        result: row.number("results")),
      hasTexts: joined != nil)
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

  package var category: FailureCategory { .badData }

  package var diagnostic: Diagnostic {
    Diagnostic(
      .error, "no example with two scores", at: location,
      hint: "rows need id, subset, scores_chosen, scores_rejected, text_chosen and text_rejected")
  }
}
