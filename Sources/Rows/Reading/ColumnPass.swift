package import Ingest
package import Parquet
internal import Work

/// Reads the columns of Parquet files that are asked for, of all rows.
///
/// Several row groups are read at the same time, and what comes of them is consumed in their order.
package struct ColumnPass<Columns: Sendable>: Sendable {
  /// A file and the columns that are read of it.
  private struct File: Sendable {
    var input: InputFile
    var rows: ColumnRows
    var columns: Columns
    var choice: ColumnChoice
  }

  private let files: [File]

  /// Opens the files.
  ///
  /// - Parameter choose: The columns of a file; nil for one that is not read by columns.
  /// - Returns: nil where a file is not read by columns.
  package init?(_ files: [InputFile], _ choose: (ColumnRows) -> (Columns, ColumnChoice)?) {
    var opened: [File] = []
    for input in files {
      guard let access = try? input.parquet(), let rows = try? ColumnRows(access),
        let (columns, choice) = choose(rows)
      else { return nil }
      opened.append(File(input: input, rows: rows, columns: columns, choice: choice))
    }
    self.files = opened
  }

  /// Reads the files.
  ///
  /// - Parameters:
  ///   - isWanted: whether some rows of a file, by their places, are to be read; a row group in which
  ///     none are is left out.
  ///   - makeWorker: gives a function that makes something small of a batch; called once for each
  ///     thread. It gets the file's place, its columns and the batch.
  ///   - consume: takes the results in the order of the input, on the caller's thread.
  /// - Returns: false where something is not as it should be, so that ``TreePass`` tells what.
  package func run<Summary: Sendable>(
    threads: Int, where isWanted: (_ file: Int, _ rows: Range<Int>) -> Bool = { _, _ in true },
    progress: (@Sendable (Int) -> Void)? = nil,
    makeWorker: @escaping @Sendable () -> (Int, Columns, ColumnBatch) throws -> Summary,
    consume: (Summary) throws -> Void
  ) throws -> Bool {
    var lanes: [@Sendable () throws -> Piece?] = []
    for (number, file) in files.enumerated() {
      for group in 0..<file.rows.groupCount where isWanted(number, file.rows.rows(ofGroup: group)) {
        let lane = Lane(file, group)
        lanes.append {
          try lane.next().map { Piece(file: number, columns: file.columns, batch: $0) }
        }
      }
    }
    let meter = progress.map { ReadingProgress($0) }
    let sizes = files.map { file in
      Double(file.input.byteCount ?? 0) / Double(max(file.rows.rowCount, 1))
    }
    do {
      try OrderedPipeline(threads: threads).run(
        lanes: lanes,
        makeWorker: {
          let work = makeWorker()
          return { piece in
            let summary = try work(piece.file, piece.columns, piece.batch)
            meter?.advance(by: Int(Double(piece.batch.rowCount) * sizes[piece.file]))
            return summary
          }
        }, consume: consume)
    } catch is ParquetError {
      return false
    } catch is IngestError {
      return false
    }
    return true
  }

  /// A batch on its way to the thread that looks at it.
  private struct Piece: Sendable {
    var file: Int
    var columns: Columns
    var batch: ColumnBatch
  }

  /// The batches of a row group.
  ///
  /// `@unchecked Sendable`: one thread at a time uses it.
  private final class Lane: @unchecked Sendable {
    private let file: File
    private let group: Int
    private var batches: ColumnBatches?
    private var isEnded = false

    init(_ file: File, _ group: Int) {
      self.file = file
      self.group = group
    }

    func next() throws -> ColumnBatch? {
      guard !isEnded else { return nil }
      if batches == nil {
        guard let input = try file.input.parquet() else {
          throw ParquetError.damaged("the file has changed")
        }
        batches = try file.rows.batches(ofGroup: group, file.choice.leaves, in: input)
      }
      if let batch = try batches?.next() { return batch }
      isEnded = true
      batches = nil
      return nil
    }
  }
}
