import Records

@testable import Emit

/// Rows that are made by their numbers in the split, whatever texts the pairs have.
struct MadeRows {
  let layout: DatasetLayout
  let row: @Sendable (Int) -> DatasetRow

  private var trainCount: Int { layout.pairs[.train] ?? 0 }

  /// The pairs of the train split, then those of the test split.
  private var source: PairEncoder.Source {
    let (row, trainCount) = (row, trainCount)
    @Sendable func place(_ plan: Int) -> PairPlace {
      plan < trainCount ? PairPlace(.train, plan) : PairPlace(.test, plan - trainCount)
    }
    return PairEncoder.Source(row: { row(place(Int($0.plan.prompt)).number) }, place: place)
  }

  private func pair(_ plan: Int) -> PairTexts {
    PairTexts(
      plan: PairPlan(prompt: UInt32(plan), chosen: 0, rejected: 1),
      prompt: Prompt(id: [], messages: []), chosen: .text([]), rejected: .text([]))
  }

  /// Writes all of them.
  ///
  /// - Parameter isEncoded: whether the rows come encoded, by an encoder of another thread.
  func write(
    into folder: DatasetFolder, workers: Int, isEncoded: (_ plan: Int) -> Bool = { _ in false }
  ) throws -> [DatasetWriter.Table] {
    let writer = DatasetWriter(folder: folder, DatasetTables(layout), source, workers: workers)
    let encoder = writer.encoders()
    for plan in 0..<trainCount + (layout.pairs[.test] ?? 0) {
      if isEncoded(plan) {
        try encoder.append(pair(plan), plan: plan)
        try writer.append(encoder.take())
      } else {
        try writer.append(pair(plan), plan: plan)
      }
    }
    return DatasetWriter.Table.tables(of: layout, try writer.finish())
  }

  /// Writes one data file alone.
  func write(
    _ output: DatasetLayout.Output, folder: String, name: String
  ) throws -> DatasetShard.Written {
    let writer = DatasetWriter(DatasetTables(layout, only: output), source, workers: 1) {
      [layout] in
      try DatasetShard($0, of: layout, folder: folder, name: name, workers: 1)
    }
    let first = output.split == .train ? 0 : trainCount
    for number in output.pairs { try writer.append(pair(first + number), plan: first + number) }
    return try writer.finish()[0]
  }
}
