internal import Calibrate
package import Ingest
package import Records
package import Work

/// The scores of reward models on a benchmark of pairs.
package struct RewardBenchScores: Sendable {
  /// In the order in which they first came.
  package private(set) var models: [ScoredModel] = []
  /// Rows that are not an example: without texts.
  package private(set) var malformedRows = MalformedRows()

  /// A row, whether it is an example or not.
  private struct Reading: Sendable {
    var model: String?
    var file: Int
    var location: SourceLocation
    var example: Result<ExampleReading, UnusableRow>
  }

  /// Reads files of scores.
  ///
  /// - Parameter texts: The benchmark's own texts; nil where those in the files are measured.
  package init(
    _ files: [InputFile], texts: BenchmarkTexts?, settings: MethodSettings, threads: Int,
    progress: (any ProgressSink)? = nil, checkpoint: () throws -> Void
  ) throws {
    let wanted = settings.characteristics.map(\.measure)
    var numbers: [String: Int] = [:]
    var owners = RowOwners()
    func nameOfFile(_ file: Int) -> String { Self.model(ofOutputs: files[file].displayName) }
    func place(of name: String) -> Int {
      if let number = numbers[name] { return number }
      numbers[name] = models.count
      models.append(ScoredModel(name: name))
      return models.count - 1
    }
    var missing: (reason: String, location: SourceLocation)?
    try ScoreRows(files, threads: threads, progress: progress).forEach(checkpoint: checkpoint) {
      row throws(UnusableRow) -> Reading in
      let example = Result { () throws(UnusableRow) in
        try BenchmarkLayout.of(row).read(BenchmarkRow(row, texts: texts, wanted: wanted))
      }
      return Reading(
        model: (try? example.get())?.model ?? row.text("model"), file: row.file,
        location: row.location, example: example)
    } consume: { reading, row in
      guard case .success(let found) = reading.example else {
        if case .failure(let fault) = reading.example {
          owners.addFault(of: reading.model, file: reading.file)
          malformedRows.add(reading.location, number: row, fault)
        }
        return
      }
      let name = reading.model ?? nameOfFile(reading.file)
      owners.own(name, file: reading.file)
      let number = place(of: name)
      guard found.example.answers.allSatisfy(\.isComplete) else {
        models[number].missingScores += 1
        missing = missing ?? (found.missing ?? "no value of a characteristic", reading.location)
        return
      }
      var example = found.example
      if example.id.isEmpty {
        example.id = "\(row)"
        if example.prompt == 0 { example.prompt = UInt64(row) }
      }
      models[number].examples.append(example)
      if texts != nil, !found.hasTexts { models[number].rowsWithoutTexts += 1 }
    }
    for (name, count) in owners.faults(nameOfFile: nameOfFile) {
      models[place(of: name)].malformedRows += count
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

  /// The scores with what the settings want in their place, by the answers of each example.
  func transformed(by transform: RewardTransform?) -> RewardBenchScores {
    guard let transform else { return self }
    var result = self
    for model in result.models.indices {
      for example in result.models[model].examples.indices {
        var rewards = result.models[model].examples[example].answers.map(\.score)
        transform.apply(to: &rewards)
        for (place, reward) in rewards.enumerated() {
          result.models[model].examples[example].answers[place].score = reward
        }
      }
    }
    return result
  }

  /// The same, `MODEL` of `MODEL_outputs.jsonl`, as the command `rewardbench` names its files.
  private static func model(ofOutputs path: String) -> String {
    let name = model(ofFile: path)
    let ending = "_outputs"
    return name.hasSuffix(ending) ? String(name.dropLast(ending.count)) : name
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
        "rows need scores_chosen, scores_rejected, text_chosen and text_rejected, or the fields of "
        + BenchmarkLayout.all.map(\.name).filter { $0 != BenchmarkLayout.pairs.name }
        .joined(separator: ", "))
  }
}
