package import Ingest
internal import Records
package import Work

/// The texts of a benchmark by the ids of its examples: what scores are joined with, as the texts
/// in files of scores have a chat template around them.
package struct BenchmarkTexts: Sendable {
  /// What is measured of each example's answers, the chosen before the rejected.
  private(set) var measures: [String: [TextMeasures]] = [:]

  /// Reads rows with `id`, `chosen` and `rejected`, which are lists in RewardBench 2.
  package init(
    _ files: [InputFile], settings: MethodSettings, threads: Int,
    progress: (any ProgressSink)? = nil, checkpoint: () throws -> Void
  ) throws {
    let wanted = settings.characteristics.map(\.measure)
    try ScoreRows(files, threads: threads, progress: progress).forEach(checkpoint: checkpoint) {
      row throws(UnusableRow) -> (String, [TextMeasures]) in
      let (chosen, rejected) = (row["chosen"]?.answerTexts, row["rejected"]?.answerTexts)
      guard let id = row.text("id"), let chosen, let rejected else {
        throw UnusableRow([
          row.text("id") == nil ? row.fault("id") : nil,
          chosen == nil ? row.fault("chosen") : nil,
          rejected == nil ? row.fault("rejected") : nil,
        ])
      }
      return (id, (chosen + rejected).map { TextMeasures($0, wanted) })
    } consume: { entry, _ in
      measures[entry.0] = entry.1
    }
  }
}
