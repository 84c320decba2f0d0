internal import Hashing
internal import JSON
internal import Records

/// A row of a benchmark, for the reader of its form.
struct BenchmarkRow {
  let row: ScoreRow
  /// What the benchmark's own texts have under the row's key.
  let joined: [TextMeasures]?
  let wanted: [Characteristic]

  /// What the subset of examples is called that have none, as those of one's own data.
  private static let onlySubset = "all"

  init(_ row: ScoreRow, texts: BenchmarkTexts?, wanted: [Characteristic]) {
    self.row = row
    self.wanted = wanted
    joined = (row.text("id") ?? row.text("problem")).flatMap { texts?.measures[$0] }
  }

  /// What is measured of an example's answers: the benchmark's texts, else those of the row.
  ///
  /// - Parameter fields: Each with one text, or with a list of them.
  /// - Returns: As many as `count`.
  func measures(_ count: Int, of fields: [String]) throws(UnusableRow) -> [TextMeasures] {
    if let joined, joined.count == count { return joined }
    let texts = fields.map { row[$0]?.answerTexts }
    guard !texts.contains(where: { $0 == nil }) else {
      throw UnusableRow(zip(fields, texts).map { $1 == nil ? row.fault($0) : nil })
    }
    let found = texts.flatMap { $0 ?? [] }
    guard found.count == count else {
      throw UnusableRow(reason: "\(count) scores for \(found.count) texts")
    }
    return found.map { TextMeasures($0, wanted) }
  }

  /// An example of the row.
  ///
  /// - Parameters:
  ///   - scores: Of the right answers before the wrong ones; NaN for none.
  ///   - measures: As many.
  ///   - field: The value of a characteristic that is a field, for an answer's place.
  func example(
    _ scores: [Double], _ measures: [TextMeasures], id: String? = nil, subset: String? = nil,
    prompt: String = "prompt", field: (String, Int) -> Double
  ) -> ScoredExample {
    let id = id ?? row.text("id")
    let key = row[prompt].map(\.compact) ?? (id ?? "").utf8.map(\.self)
    return ScoredExample(
      id: id ?? "", subset: subset ?? row.text("subset") ?? Self.onlySubset,
      prompt: key.isEmpty ? 0 : Fingerprint.of(key.span.bytes),
      answers: zip(scores, measures).enumerated().map { place, answer in
        var measures = answer.1
        measures.takeFields(wanted) { field($0, place) }
        return ScoredAnswer(score: answer.0, measures)
      }, result: row.number("results"))
  }

  /// The element of a list in a field that is a characteristic of answers.
  func element(_ field: String, _ place: Int) -> Double {
    row.numbers(field).flatMap { place < $0.count ? $0[place] : nil } ?? .nan
  }

  func reading(
    _ example: ScoredExample, model: String? = nil, missing: String? = nil
  ) -> ExampleReading {
    ExampleReading(
      example: example, model: model ?? row.text("model"),
      hasTexts: joined?.count == example.answers.count, missing: missing)
  }
}
