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
      row -> (String, Measures)? in
      guard let id = row.text("id"), let chosen = row["chosen"]?.text,
        let rejected = row["rejected"]?.text
      else { return nil }
      return (
        id,
        Measures(
          chosen: TextMeasures(chosen, wanted), rejected: TextMeasures(rejected, wanted))
      )
    } consume: { entry in
      measures[entry.0] = entry.1
    }
  }
}
