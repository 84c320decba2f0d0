internal import Columns
internal import Ingest
internal import JSON
internal import Parquet
package import Records
internal import Rows
internal import Tokenizer

/// Everything that is kept of a dataset's pairs.
package struct PairTable: Sendable {
  package private(set) var records: [PairRecord] = []
  /// Reads the pairs of rows again.
  private(set) var rows: PairRowReader
  /// Rows that hold no pair.
  package private(set) var rowsWithoutPair = 0
  /// The tokens that a trainer takes of a prompt and an answer; nil for any.
  private(set) var maxTokens: Int?
  /// The splits of the dataset, and for each file which is its own.
  package private(set) var splits: [String] = []
  private var splitOfFile: [Int] = []
  /// The columns that pairs are grouped by, those that some row has.
  private(set) var groupColumns: [GroupColumn] = []
  /// The columns that pairs were to be grouped by, and that no row has.
  private(set) var absentGroupColumns: [String] = []
  /// The columns of the first row.
  private(set) var columnNames: [String] = []
  /// The dataset's columns in the order they came, and what they hold.
  private(set) var columns = ColumnUses()

  /// The names in a column that pairs are grouped by.
  struct GroupColumn: Sendable {
    let column: String
    /// In the order they came.
    fileprivate(set) var names: [String] = []
    /// For each record its name's place; `UInt32.max` where it has none.
    fileprivate(set) var codes: [UInt32] = []
    private var numbers: [[UInt8]: UInt32] = [:]

    init(_ column: String) { self.column = column }

    mutating func append(_ name: [UInt8]?) {
      guard let name else { return codes.append(.max) }
      let number = numbers[name] ?? UInt32(names.count)
      if number == names.count {
        names.append(String(decoding: name, as: UTF8.self))
        numbers[name] = number
      }
      codes.append(number)
    }
  }

  /// The data files' names.
  private(set) var files: [String] = []

  /// Where a pair's row is.
  func place(of record: PairRecord) -> Finding.Place {
    Finding.Place(file: files[Int(record.file)], line: Int(record.line))
  }

  /// The split of a pair by its place among ``splits``.
  func split(of record: PairRecord) -> Int { splitOfFile[Int(record.file)] }

  /// Columns that pairs are grouped by where a dataset has them.
  package static let usualGroupColumns = [
    "source", "dataset", "chosen_model", "rejected_model", "chosen-model", "rejected-model",
  ]

  private struct Batch: Sendable {
    var readings: [PairReader.Reading] = []
    var rowsWithoutPair = 0
    var columns = ColumnUses()

    mutating func add(_ reading: PairReader.Reading?) {
      if let reading { readings.append(reading) } else { rowsWithoutPair += 1 }
    }
  }

  /// Reads a dataset.
  ///
  /// - Parameters:
  ///   - profile: How rows are written; nil for what the first row looks like.
  ///   - groupColumns: The columns that pairs are grouped by, if there.
  ///   - isCompared: Whether the table will be compared with another, which takes the columns and
  ///     fingerprints of texts that look alike.
  ///   - counting: How tokens are counted; nil for no tokens.
  /// - Throws: ``NoPairsInDataset`` where no row holds a pair.
  package init(
    _ dataset: DatasetFiles, as profile: Profile?, groupedBy groupColumns: [String],
    isCompared: Bool, counting: TokenCounting? = nil, threads: Int,
    progress: (@Sendable (Int) -> Void)? = nil,
    checkpoint: () throws -> Void
  ) throws {
    maxTokens = counting?.maxLength
    let first = try FirstRow(of: dataset)
    let profile = profile ?? first.flatMap { Profile(of: $0.row) } ?? .trl
    guard profile != .kto else { throw NoPairsInDataset(reason: .rowsAreAnswers) }
    guard let first else { throw NoPairsInDataset(reason: .noRows) }
    let sample =
      FirstRow.holdsPair(first.row)
      ? first : try FirstRow(of: dataset, checkpoint: checkpoint, where: FirstRow.holdsPair)
    guard let rows = sample.flatMap({ PairRowReader(like: $0.row) }) else {
      throw NoPairsInDataset(reason: .noPairs)
    }
    self.rows = rows
    columnNames = (first.row.members ?? []).map { String(decoding: $0.name, as: UTF8.self) }
    for split in dataset.splits where !splits.contains(split) { splits.append(split) }
    splitOfFile = dataset.splits.map { splits.firstIndex(of: $0) ?? 0 }
    files = dataset.files.map(\.displayName)

    let reading = Reading(
      rows: rows, groupColumns: groupColumns, isCompared: isCompared,
      tokenizer: counting?.tokenizer, files: dataset.files, names: files, threads: threads,
      progress: progress)
    self.groupColumns = groupColumns.map(GroupColumn.init)
    let empty = self
    let isRead =
      try reading.byColumns { batch in
        try checkpoint()
        append(batch)
      }
    if !isRead {
      // Rows tell what columns cannot, and what is wrong.
      self = empty
      try reading.byRows { batch in
        try checkpoint()
        append(batch)
      }
    }
    guard !records.isEmpty else {
      throw NoPairsInDataset(reason: rowsWithoutPair == 0 ? .noRows : .noPairs)
    }
    absentGroupColumns = self.groupColumns.filter(\.names.isEmpty).map(\.column)
    self.groupColumns.removeAll { $0.names.isEmpty }
  }

  private mutating func append(_ batch: Batch) {
    rowsWithoutPair += batch.rowsWithoutPair
    for reading in batch.readings {
      records.append(reading.record)
      for index in groupColumns.indices { groupColumns[index].append(reading.groups[index]) }
    }
    columns.merge(batch.columns)
  }

  /// The two ways to read the pairs of a dataset, which find the same.
  private struct Reading: Sendable {
    var rows: PairRowReader
    var groupColumns: [String]
    var isCompared: Bool
    var tokenizer: TokenizerFile?
    var files: [InputFile]
    var names: [String]
    var threads: Int
    var progress: (@Sendable (Int) -> Void)?

    private var reader: PairReader {
      PairReader(
        rows, groupColumns: groupColumns, isCompared: isCompared, tokenizer: tokenizer)
    }

    /// Reads only the columns that pairs are in.
    ///
    /// - Returns: false where the rows have to be read instead.
    func byColumns(_ consume: (Batch) throws -> Void) throws -> Bool {
      // Counting takes many times what making values takes, and messages are counted one by one.
      guard tokenizer == nil else { return false }
      let pass = ColumnPass(files) { file in
        PairColumns(
          rows, file, beside: groupColumns, alternatives: isCompared ? RowShape.columns : []
        )
        .map { pairs in
          var choice = pairs.choice
          let survey = isCompared ? ColumnSurvey(file, adding: &choice) : nil
          return ((pairs: pairs, survey: survey), choice)
        }
      }
      return try pass?.run(
        threads: threads, progress: progress,
        makeWorker: {
          var reader = reader
          return { file, columns, rows in
            var batch = Batch()
            for row in 0..<rows.rowCount {
              batch.add(try reader.read(RowView(rows, columns.pairs, row: row), file: file))
            }
            if let survey = columns.survey {
              batch.columns = survey.uses(in: rows, file: names[file])
            }
            return batch
          }
        }, consume: consume) ?? false
    }

    /// Reads rows as they are.
    func byRows(_ consume: (Batch) throws -> Void) throws {
      try TreePass(threads: threads).run(
        files, progress: progress,
        summarize: { rows in
          Result {
            var reader = reader
            var batch = Batch()
            for row in rows.rows {
              if isCompared, let members = row.tree?.members {
                batch.columns.add(
                  members, at: Finding.Place(file: names[rows.file], line: row.line))
              }
              batch.add(
                try row.tree.flatMap { try reader.read($0, file: rows.file, line: row.line) })
            }
            return batch
          }
        }, consume: { try consume($0.get()) })
    }
  }
}

/// A dataset in which no pair was found.
package struct NoPairsInDataset: ReportableError {
  enum Reason {
    case noRows, noPairs, rowsAreAnswers
  }

  let reason: Reason

  package var category: FailureCategory { .badData }

  package var diagnostic: Diagnostic {
    switch reason {
    case .noRows:
      Diagnostic(.error, "the dataset has no rows", hint: "name a folder or file with data")
    case .noPairs:
      Diagnostic(
        .error, "no row holds a chosen and a rejected answer",
        hint: "`dpo-prep validate` says what is missing")
    case .rowsAreAnswers:
      Diagnostic(
        .error, "rows are single answers with a label (kto), not pairs",
        hint: "name the folder of a config with pairs")
    }
  }
}
