internal import Emit
internal import Records

extension Benchmarks {
  /// Rows of a dataset to a file in memory: encoded only, and compressed as by default.
  ///
  /// - Parameter folder: A folder of files in memory.
  static func writer(in folder: String) throws -> [Benchmark] {
    let rows = self.rows(count: 8000)
    return try [("encode", Compression.none), ("encode and compress", .zstd)].map {
      name, compression in
      let textByteCount = try write(rows, compression, to: "\(folder)/\(compression)")
      return Benchmark(name: name, amount: textByteCount, unit: .bytes) {
        let written = try write(rows, compression, to: "\(folder)/\(compression)")
        precondition(written == textByteCount)
      }
    }
  }

  /// - Returns: how many bytes of text were written.
  private static func write(
    _ rows: [DatasetRow], _ compression: Compression, to path: String
  ) throws -> Int {
    let folder = try DatasetFolder(target: path, overwrites: false)
    defer { folder.discard() }
    let layout = DatasetLayout(
      profiles: [.alignmentHandbook], compression: compression, shardRows: 100_000,
      rows: [.train: rows.count], lengthsAreWhole: true)
    var writer = try DatasetWriter(folder: folder, layout: layout, workers: 1)
    for row in rows { try writer.append(row, to: .train) }
    return try writer.finish().reduce(0) { $0 + $1.textByteCount }
  }

  private static func rows(count: Int) -> [DatasetRow] {
    var made = MadeText(seed: 4)
    func answer() -> DatasetRow.Answer {
      let length = made.responseLength()
      let reward = made.reward(length: length)
      return DatasetRow.Answer(
        text: Array(made.text(byteCount: length).utf8), score: reward - 1, rawScore: reward,
        length: Double(length))
    }
    return (0..<count).map { number in
      let turn = Turn(role: .user, content: Array(made.text(byteCount: 300).utf8))
      return DatasetRow(
        prompt: Prompt(id: Array("\(number)".utf8), turns: [turn]), chosen: answer(),
        rejected: answer())
    }
  }
}
