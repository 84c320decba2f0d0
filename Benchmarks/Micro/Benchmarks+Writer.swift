internal import Emit
internal import Parquet
internal import Records

extension Benchmarks {
  /// Rows of a dataset to a file in memory: as JSON Lines and as Parquet, encoded only and compressed.
  ///
  /// - Parameter folder: A folder of files in memory.
  static func writer(in folder: String) throws -> [Benchmark] {
    let rows = self.rows(count: 8000)
    return try [
      ("encode rows", DataFormat.jsonl(.none)), ("encode and compress rows", .jsonl(.zstd)),
      ("encode columns", .parquet(.none)), ("encode and compress columns", .parquet(.zstd)),
    ].map { name, format in
      let textByteCount = try write(rows, format, to: "\(folder)/dataset")
      return Benchmark(name: name, amount: textByteCount, unit: .bytes) {
        let written = try write(rows, format, to: "\(folder)/dataset")
        precondition(written == textByteCount)
      }
    }
  }

  /// - Returns: how many bytes of text were written.
  private static func write(
    _ rows: [DatasetRow], _ format: DataFormat, to path: String
  ) throws -> Int {
    let folder = try DatasetFolder(target: path, overwrites: false)
    defer { folder.discard() }
    let layout = DatasetLayout(
      profiles: [.alignmentHandbook], format: format, shardRows: 100_000,
      pairs: [.train: rows.count], lengthsAreWhole: true)
    let writer = DatasetWriter(
      folder: folder, DatasetTables(layout),
      PairEncoder.Source(
        row: { rows[Int($0.plan.prompt)] }, place: { PairPlace(.train, $0) }), workers: 1)
    for (number, row) in rows.enumerated() {
      let plan = PairPlan(prompt: UInt32(number), chosen: 0, rejected: 1)
      try writer.append(
        PairTexts(
          plan: plan, prompt: row.prompt, chosen: row.chosen.content,
          rejected: row.rejected.content), plan: number)
    }
    return try writer.finish().reduce(0) { $0 + $1.loadedByteCount }
  }

  private static func rows(count: Int) -> [DatasetRow] {
    var made = MadeText(seed: 4)
    func answer() -> DatasetRow.Answer {
      let length = made.responseLength()
      let reward = made.reward(length: length)
      return DatasetRow.Answer(
        .text(Array(made.text(byteCount: length).utf8)), score: reward - 1, rawScore: reward,
        length: Double(length))
    }
    return (0..<count).map { number in
      let turn = Message(.user, text: Array(made.text(byteCount: 300).utf8))
      return DatasetRow(
        prompt: Prompt(id: Array("\(number)".utf8), messages: [turn]), chosen: answer(),
        rejected: answer())
    }
  }
}
