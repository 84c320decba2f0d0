internal import Ingest
internal import JSON
internal import Records
internal import Rows
internal import Work

/// The rows of files of scores: objects of columns, JSON Lines, JSON arrays and Parquet.
struct ScoreRows {
  private let files: [InputFile]
  private let threads: Int
  private let progress: (any ProgressSink)?

  /// A row that is an object of columns is a whole file.
  private static let longestRow = 1 << 30

  private typealias Row<Summary> = (
    summary: Result<Summary, UnusableRow>, location: SourceLocation
  )

  /// What was made of some rows, in their order, until one could not be read.
  private struct Batch<Summary: Sendable>: Sendable {
    var rows: [Row<Summary>] = []
    var fault: IngestError?
  }

  /// - Parameter progress: receives how much of the files has been read.
  init(_ files: [InputFile], threads: Int, progress: (any ProgressSink)? = nil) {
    self.files = files
    self.threads = threads
    self.progress = progress
  }

  /// Reads every row.
  ///
  /// - Parameters:
  ///   - columns: Fields that are lists only where an object holds columns.
  ///   - summarize: Makes something small of a row, on any thread.
  ///   - consume: Takes what was made and the row's number in its file, in the order of the input,
  ///     on the caller's thread.
  /// - Returns: The rows that were of no use.
  @discardableResult
  func forEach<Summary: Sendable>(
    columns: [String] = ["id", "subset"], checkpoint: () throws -> Void,
    summarize: @escaping @Sendable (ScoreRow) throws(UnusableRow) -> Summary,
    consume: (Summary, _ number: Int) throws -> Void
  ) throws -> MalformedRows {
    var malformed = MalformedRows()
    var rowCount = 0
    func take(_ batch: Batch<Summary>) throws {
      try checkpoint()
      for row in batch.rows {
        rowCount += 1
        switch row.summary {
        case .success(let summary): try consume(summary, rowCount)
        case .failure(let fault): malformed.add(row.location, number: rowCount, fault)
        }
      }
      if let fault = batch.fault { throw fault }
    }
    let rows = { @Sendable (tree: JSONValue, file: Int, location: SourceLocation) in
      ScoreRow.rows(of: tree, file: file, at: location, columns: columns).map { row in
        let summary = Result { () throws(UnusableRow) in try summarize(row) }
        return (summary: summary, location: row.location)
      }
    }
    let sizes = files.map { $0.byteCount ?? 0 }
    progress?.begin("reading", total: sizes.reduce(0, +))
    defer { progress?.end() }
    var done = 0
    var next = 0
    while next < files.count {
      // As many files as there are threads are in memory at once.
      let group = Array(next..<min(next + max(1, threads), files.count))
      let documents = Concurrent.map(group, threads: threads) { file in
        document(file).map { trees in
          let location = SourceLocation(file: files[file].displayName)
          return trees.map { Batch(rows: $0.flatMap { rows($0, file, location) }) }
        }
      }
      for (file, document) in zip(group, documents) {
        rowCount = 0
        switch document {
        case .success(let batch?): try take(batch)
        case .success(nil): try stream(file, after: done, rows, take)
        case .failure(let fault): try stream(file, after: done, orElse: fault, rows, take)
        }
        done += sizes[file]
        progress?.update(done)
        guard rowCount > 0 else {
          throw IngestError(
            .empty, "this file holds no rows", at: SourceLocation(file: files[file].displayName),
            hint: "leave it out, or find out why nothing was written to it")
        }
      }
      next += group.count
    }
    return malformed
  }

  /// The elements of a plain file that is one JSON document, however it is broken into lines; nil
  /// for any other file.
  private func document(_ file: Int) -> Result<[JSONValue]?, IngestError> {
    guard files[file].path.hasSuffix(".json") else { return .success(nil) }
    return Result { () throws(IngestError) in
      let tree = try JSONValue(contentsOf: files[file])
      return tree.elements ?? [tree]
    }
  }

  /// Reads a file row by row.
  ///
  /// - Parameters:
  ///   - done: How many bytes the files before it have.
  ///   - fault: Why it is not one document, which is reported where that went further.
  private func stream<Summary: Sendable>(
    _ file: Int, after done: Int, orElse fault: IngestError? = nil,
    _ rows: @escaping @Sendable (JSONValue, Int, SourceLocation) -> [Row<Summary>],
    _ take: (Batch<Summary>) throws -> Void
  ) throws {
    do {
      try TreePass(
        framing: FramingOptions(maximumRowByteCount: Self.longestRow), threads: threads
      ).run(
        [files[file]], progress: { [progress] in progress?.update(done + $0) },
        summarize: { batch in
          var result = Batch<Summary>()
          for row in batch.rows where result.fault == nil {
            result.fault = row.fault
            if let tree = row.tree { result.rows += rows(tree, file, row.location) }
          }
          return result
        }, consume: take)
    } catch let error as IngestError {
      guard let fault, error.code == .malformedRow,
        let line = fault.location?.line, line > error.location?.line ?? 0
      else { throw error }
      throw fault
    }
  }
}
