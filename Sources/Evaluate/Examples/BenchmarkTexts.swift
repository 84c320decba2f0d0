package import Ingest
internal import Records
package import Work

/// The texts of a benchmark by the ids of its examples: what scores are joined with, as the texts
/// in files of scores have a chat template around them.
package struct BenchmarkTexts: Sendable {
  /// What is measured of each example's answers, the chosen before the rejected.
  private(set) var measures: [String: [TextMeasures]] = [:]

  /// Reads rows with `id`, `chosen` and `rejected`, which are lists in RewardBench 2, or
  /// RewardMATH's, a solution each, with `problem`, `eval_solution` and `solution_type`.
  package init(
    _ files: [InputFile], settings: MethodSettings, threads: Int,
    progress: (any ProgressSink)? = nil, checkpoint: () throws -> Void
  ) throws {
    let wanted = settings.characteristics.map(\.measure)
    try ScoreRows(files, threads: threads, progress: progress).forEach(checkpoint: checkpoint) {
      row throws(UnusableRow) -> (key: String, measures: [TextMeasures], isSolution: Bool) in
      if row["eval_solution"] != nil || row["solution_type"] != nil {
        let (problem, measures) = try Self.solution(row, wanted)
        return (problem, [measures], true)
      }
      let (chosen, rejected) = (row["chosen"]?.answerTexts, row["rejected"]?.answerTexts)
      guard let id = row.text("id"), let chosen, let rejected else {
        throw UnusableRow([
          row.text("id") == nil ? row.fault("id") : nil,
          chosen == nil ? row.fault("chosen") : nil,
          rejected == nil ? row.fault("rejected") : nil,
        ])
      }
      return (id, (chosen + rejected).map { TextMeasures($0, wanted) }, false)
    } consume: { entry, _ in
      if entry.isSolution {
        measures[entry.key, default: []] += entry.measures
      } else {
        measures[entry.key] = entry.measures
      }
    }
  }

  /// One of the solutions of a problem, the right one of which comes first.
  private static func solution(
    _ row: ScoreRow, _ wanted: [Characteristic]
  ) throws(UnusableRow) -> (String, TextMeasures) {
    // A text, or the steps of one.
    let steps = row["eval_solution"]?.answerTexts
    guard let problem = row.text("problem"), let steps else {
      throw UnusableRow([
        row.text("problem") == nil ? row.fault("problem") : nil,
        steps == nil ? row.fault("eval_solution") : nil,
      ])
    }
    return (problem, TextMeasures(Array(steps.joined(separator: "\n".utf8)), wanted))
  }
}
