internal import Foundation
internal import Ingest

/// The rows of files of scores: objects of columns, JSON Lines, JSON arrays and Parquet.
struct ScoreRows {
  private let files: [InputFile]
  private let threads: Int

  /// A row that is an object of columns is a whole file.
  private static let longestRow = 1 << 30

  init(_ files: [InputFile], threads: Int) {
    self.files = files
    self.threads = threads
  }

  /// Reads every row.
  ///
  /// - Parameters:
  ///   - columns: Fields that are lists only where an object holds columns.
  ///   - summarize: Makes something small of a row, on any thread; nil where it is of no use.
  ///   - consume: Takes what was made in the order of the input, on the caller's thread.
  /// - Returns: The rows that were of no use.
  @discardableResult
  func forEach<Summary: Sendable>(
    columns: [String] = ["id", "subset"], checkpoint: () throws -> Void,
    summarize: @escaping @Sendable (ScoreRow) -> Summary?, consume: (Summary) throws -> Void
  ) throws -> Int {
    var useless = 0
    func take(_ summaries: [Summary?]) throws {
      try checkpoint()
      for summary in summaries {
        if let summary { try consume(summary) } else { useless += 1 }
      }
    }
    let rows = { @Sendable (tree: JSONTree?, file: Int) -> [Summary?] in
      guard let tree else { return [nil] }
      return ScoreRow.rows(of: tree, file: file, columns: columns).map(summarize)
    }
    var next = 0
    while next < files.count {
      // As many files as there are threads are in memory at once.
      let group = Array(next..<min(next + max(1, threads), files.count))
      let documents = Concurrent.map(group, threads: threads) { file in
        document(file).map { trees in trees.flatMap { rows($0, file) } }
      }
      for (file, summaries) in zip(group, documents) {
        if let summaries { try take(summaries) } else { try stream(file, rows, take) }
      }
      next += group.count
    }
    return useless
  }

  /// The rows of a plain file that is one JSON document, however it is broken into lines; nil for
  /// any other file.
  private func document(_ file: Int) -> [JSONTree]? {
    let path = files[file].path
    guard path.hasSuffix(".json"),
      let data = try? Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped)
    else { return nil }
    let bytes = [UInt8](unsafeUninitializedCapacity: data.count + JSONTree.padding) {
      bytes, count in
      count = data.copyBytes(to: bytes)
      for _ in 0..<JSONTree.padding {
        bytes[count] = 0
        count += 1
      }
    }
    guard let tree = JSONTree(padded: bytes, count: data.count) else { return nil }
    return tree.elements ?? [tree]
  }

  /// Reads a file row by row.
  private func stream<Summary: Sendable>(
    _ file: Int, _ rows: @escaping @Sendable (JSONTree?, Int) -> [Summary?],
    _ take: ([Summary?]) throws -> Void
  ) throws {
    try TreePass(
      framing: FramingOptions(maximumRowByteCount: Self.longestRow), threads: threads
    ).run(
      [files[file]], summarize: { batch in batch.rows.flatMap { rows($0.tree, file) } },
      consume: take)
  }
}
