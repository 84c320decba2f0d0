internal import Ingest
package import Records

/// Everything that is kept of a dataset's pairs.
package struct PairTable: Sendable {
  package private(set) var records: [PairRecord] = []
  /// Rows that hold no pair.
  package private(set) var rowsWithoutPair = 0
  /// The splits of the dataset, and for each file which is its own.
  package private(set) var splits: [String] = []
  private var splitOfFile: [Int] = []
  /// The columns that pairs are grouped by, and the names in each in the order they came.
  package private(set) var groupColumns: [(column: String, names: [String])] = []

  /// The split of a pair by its place among ``splits``.
  func split(of record: PairRecord) -> Int { splitOfFile[Int(record.file)] }

  /// Columns that pairs are grouped by where a dataset has them.
  package static let usualGroupColumns = [
    "source", "dataset", "chosen_model", "rejected_model", "chosen-model", "rejected-model",
  ]

  private struct Batch: Sendable {
    var readings: [PairReader.Reading] = []
    var rowsWithoutPair = 0
  }

  /// Reads a dataset.
  ///
  /// - Parameters:
  ///   - profile: How rows are written; nil for what the first row looks like.
  ///   - groupColumns: The columns that pairs are grouped by, if there.
  /// - Throws: ``NoPairsInDataset`` where no row holds a pair.
  package init(
    _ dataset: DatasetFiles, as profile: Profile?, groupedBy groupColumns: [String],
    threads: Int, progress: (@Sendable (Int) -> Void)? = nil, checkpoint: () throws -> Void
  ) throws {
    let profile = try profile ?? Profile(guessedFrom: dataset)
    guard profile != .kto else { throw NoPairsInDataset(reason: .rowsAreAnswers) }
    for split in dataset.splits where !splits.contains(split) { splits.append(split) }
    splitOfFile = dataset.splits.map { splits.firstIndex(of: $0) ?? 0 }

    let reader = PairReader(profile: profile, groupColumns: groupColumns)
    var names = groupColumns.map { _ in NameList() }
    try TreePass(threads: threads).run(
      dataset.files, progress: progress,
      summarize: { rows in
        var batch = Batch()
        for row in rows.rows {
          if let reading = row.tree.flatMap({ reader.read($0, file: rows.file) }) {
            batch.readings.append(reading)
          } else {
            batch.rowsWithoutPair += 1
          }
        }
        return batch
      },
      consume: { batch in
        try checkpoint()
        rowsWithoutPair += batch.rowsWithoutPair
        for reading in batch.readings {
          var record = reading.record
          record.groups = names.indices.map { names[$0].number(of: reading.groups[$0]) }
          records.append(record)
        }
      })
    guard !records.isEmpty else {
      throw NoPairsInDataset(reason: rowsWithoutPair == 0 ? .noRows : .noPairs)
    }
    self.groupColumns = zip(groupColumns, names).map { ($0, $1.names) }
  }

  /// Numbers names in the order they come.
  private struct NameList {
    private(set) var names: [String] = []
    private var numbers: [[UInt8]: UInt32] = [:]

    /// The number of a name; the largest there is where there is no name.
    mutating func number(of name: [UInt8]?) -> UInt32 {
      guard let name else { return .max }
      if let number = numbers[name] { return number }
      let number = UInt32(names.count)
      names.append(String(decoding: name, as: UTF8.self))
      numbers[name] = number
      return number
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
        hint: "name the layout with --profile; `dpo-prep validate` says what is missing")
    case .rowsAreAnswers:
      Diagnostic(
        .error, "rows are single answers with a label (kto), not pairs",
        hint: "name the folder of a config with pairs")
    }
  }
}
