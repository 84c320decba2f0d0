internal import Ingest
internal import JSON
internal import Records

/// An output of a model as a row has it.
struct OutputReading: Sendable {
  /// What is the same for outputs for the same instruction.
  var key: [UInt8]
  /// nil where only the file tells.
  var model: String?
  var file: Int
  var location: SourceLocation
  var row: LeaderboardRows.Row
  /// Whether the row is one of AlpacaEval's annotations, with both outputs and a preference.
  var isAnnotation = false
  /// Whom the preference is over, where that is not the baseline.
  var otherBaseline: String?

  /// The outputs of a row: one, or both of an annotation.
  static func all(
    of row: ScoreRow, _ scoring: LeaderboardRows.Scoring, baseline: String,
    _ wanted: [Characteristic]
  ) throws(UnusableRow) -> [OutputReading] {
    guard let key = (row["prompt_id"] ?? row["instruction"] ?? row["prompt"])?.text else {
      throw UnusableRow(reason: "no \"instruction\", \"prompt\" or \"prompt_id\" that is a text")
    }
    if row["output_1"] != nil, row["output_2"] != nil {
      return try annotation(row, key, scoring, baseline: baseline, wanted)
    }
    let name = row["output"] == nil && row["response"] != nil ? "response" : "output"
    guard let text = row[name]?.answerText else { throw UnusableRow([row.fault(name)]) }
    var measures = TextMeasures(text, wanted)
    measures.takeFields(wanted) { row.number($0) }
    return [
      OutputReading(
        key: key, model: row.text("generator") ?? row.text("model"), file: row.file,
        location: row.location,
        row: LeaderboardRows.Row(
          instruction: 0, reward: row.number(scoring.field ?? defaultField(row, scoring)),
          index: index(row), characteristics: measures.characteristics,
          characters: measures.characters))
    ]
  }

  private static func index(_ row: ScoreRow) -> Int? {
    for field in ["instruction_index", "index"] {
      if case .integer(let index) = row[field] { return index }
    }
    return nil
  }

  private static func defaultField(
    _ row: ScoreRow, _ scoring: LeaderboardRows.Scoring
  ) -> String {
    if scoring.takesPreferences, row["preference"] != nil { return "preference" }
    return row["score"] != nil ? "score" : "reward"
  }

  /// Both outputs of an annotation, the baseline's without a score.
  ///
  /// The baseline's is `output_1`, but where the generators say otherwise the preference is turned
  /// around.
  private static func annotation(
    _ row: ScoreRow, _ key: [UInt8], _ scoring: LeaderboardRows.Scoring, baseline: String,
    _ wanted: [Characteristic]
  ) throws(UnusableRow) -> [OutputReading] {
    let texts = (row["output_1"]?.answerText, row["output_2"]?.answerText)
    guard let first = texts.0, let second = texts.1 else {
      throw UnusableRow([
        texts.0 == nil ? row.fault("output_1") : nil, texts.1 == nil ? row.fault("output_2") : nil,
      ])
    }
    let generators = (row.text("generator_1"), row.text("generator_2"))
    let isReversed = generators.1 == baseline && generators.0 != baseline
    let field = scoring.field.flatMap { row[$0] == nil ? nil : $0 } ?? "preference"
    func reading(_ text: [UInt8], _ side: String, of model: String?, score: Double) -> Self {
      var measures = TextMeasures(text, wanted)
      measures.takeFields(wanted) { row.number("\($0)_\(side)") }
      return Self(
        key: key, model: model, file: row.file, location: row.location,
        row: LeaderboardRows.Row(
          instruction: 0, reward: score, index: index(row), isReversed: isReversed,
          characteristics: measures.characteristics, characters: measures.characters),
        isAnnotation: true,
        otherBaseline: isReversed || generators.0 == baseline ? nil : generators.0)
    }
    let score = row.number(field)
    return isReversed
      ? [
        reading(second, "2", of: baseline, score: .nan),
        reading(first, "1", of: generators.0, score: score),
      ]
      : [
        reading(first, "1", of: baseline, score: .nan),
        reading(second, "2", of: generators.1, score: score),
      ]
  }
}
