package import Ingest
internal import Records

/// The texts of a benchmark by the ids of its examples: what scores are joined with, as the texts
/// in files of scores have a chat template around them.
package struct BenchmarkTexts: Sendable {
  /// What is measured of an example's two answers.
  struct Measures: Sendable {
    var chosen: TextMeasures
    var rejected: TextMeasures
  }

  private(set) var measures: [String: Measures] = [:]

  /// Reads rows with `id`, `chosen` and `rejected`.
  package init(
    _ files: [InputFile], settings: MethodSettings, threads: Int, checkpoint: () throws -> Void
  ) throws {
    let wanted = settings.characteristics.map(\.measure)
    try ScoreRows(files, threads: threads).forEach(checkpoint: checkpoint) {
      row throws(UnusableRow) -> (String, Measures) in
      let (chosen, rejected) = (row["chosen"]?.answerText, row["rejected"]?.answerText)
      guard let id = row.text("id"), let chosen, let rejected else {
        throw UnusableRow([
          row.text("id") == nil ? row.fault("id") : nil,
          chosen == nil ? row.fault("chosen") : nil,
          rejected == nil ? row.fault("rejected") : nil,
        ])
      }
      return (
        id,
        Measures(
          chosen: TextMeasures(chosen, wanted), rejected: TextMeasures(rejected, wanted))
      )
    } consume: { entry, _ in
      measures[entry.0] = entry.1
    }
  }
}
