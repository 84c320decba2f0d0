internal import Hashing
internal import Ingest
internal import Records

/// Looks for what a trainer would stumble over in a preference dataset.
package struct Validation: Sendable {
  /// What was found.
  package struct Result: Sendable {
    /// The format whose trainer was asked about.
    package var format: TrainerFormat
    /// The splits in the order of their files, and their rows.
    package var splits: [(name: String, rows: Int)] = []
    package var findings: [Finding] = []

    package var rows: Int { splits.reduce(0) { $0 + $1.rows } }
    package var isAccepted: Bool { findings.allSatisfy { $0.severity != .error } }
  }

  private let threads: Int

  /// Rows that are shown of each finding.
  private static let shownPlaces = 5

  package init(threads: Int) { self.threads = threads }

  /// Reads a dataset.
  ///
  /// - Parameter format: The trainer's format; nil for the one that the first row looks like.
  package func run(
    _ dataset: DatasetFiles, as format: TrainerFormat?,
    progress: (@Sendable (Int) -> Void)? = nil, checkpoint: () throws -> Void = {}
  ) throws -> Result {
    let format = try format ?? guess(dataset)
    let names = dataset.files.map(\.displayName)
    var tallies = Tallies()
    var overlap = PromptOverlap()
    var columns: [String: (use: ColumnUse, order: Int)] = [:]
    var firstRow: [String]?
    var rows = [Int](repeating: 0, count: dataset.files.count)
    try TreePass(threads: threads).run(
      dataset.files, progress: progress,
      summarize: { BatchSummary($0, file: names[$0.file], format: format) },
      consume: { summary in
        try checkpoint()
        rows[summary.file] += summary.rowCount
        for (fault, places) in summary.faults { tallies.add(fault, places) }
        for (name, use) in summary.columns {
          let order = columns.count
          columns[name, default: (ColumnUse(), order)].use.merge(use)
        }
        for (names, places) in summary.columnSets {
          if firstRow == nil { firstRow = names }
          if names != firstRow { tallies.add(.init(code: .lateColumns), places) }
        }
        for (prompt, place) in summary.prompts {
          overlap.add(prompt, split: dataset.splits[summary.file], at: place)
        }
      })

    var result = Result(format: format)
    for (split, count) in zip(dataset.splits, rows) {
      if let index = result.splits.firstIndex(where: { $0.name == split }) {
        result.splits[index].rows += count
      } else {
        result.splits.append((split, count))
      }
    }
    for split in result.splits where split.rows == 0 {
      result.findings.append(
        Finding(
          code: .emptySplit, severity: .error, subject: split.name, count: 1, places: []))
    }
    result.findings += tallies.findings(in: format, showing: Self.shownPlaces)
    for (name, column) in columns.sorted(by: { ($0.value.order, $0.key) < ($1.value.order, $1.key) }
    ) {
      result.findings += column.use.findings(named: name, in: format)
    }
    result.findings += overlap.findings(in: format, showing: Self.shownPlaces)
    result.findings.sort { $0.severity == .error && $1.severity != .error }
    return result
  }

  /// The format of the first row that looks like one.
  private func guess(_ dataset: DatasetFiles) throws -> TrainerFormat {
    struct Found: Error { var format: TrainerFormat }
    do {
      try TreePass(threads: 1).run(
        dataset.files,
        summarize: { batch in
          batch.rows.lazy.compactMap(\.tree).first.map { TrainerFormat(of: $0) ?? .trl }
        },
        consume: { if let format = $0 { throw Found(format: format) } })
    } catch let found as Found {
      return found.format
    }
    return .trl
  }
}

/// How many rows have each fault, and where the first are.
private struct Tallies {
  private var places: [RowChecker.Fault: (count: Int, first: [Finding.Place])] = [:]
  private var order: [RowChecker.Fault] = []

  mutating func add(_ fault: RowChecker.Fault, _ more: [Finding.Place]) {
    if places[fault] == nil {
      places[fault] = (0, [])
      order.append(fault)
    }
    places[fault]?.count += more.count
    places[fault]?.first += more
  }

  func findings(in format: TrainerFormat, showing limit: Int) -> [Finding] {
    order.compactMap { fault in
      places[fault].map {
        Finding(
          code: fault.code, severity: fault.code.severity(in: format), subject: fault.subject,
          count: $0.count, places: Array($0.first.prefix(limit)))
      }
    }
  }
}

/// Which prompts are in more than one split.
private struct PromptOverlap {
  private var splits: [UInt64: String] = [:]
  private var overlapping: Set<UInt64> = []
  private var places: [Finding.Place] = []

  mutating func add(_ prompt: UInt64, split: String, at place: Finding.Place) {
    guard let first = splits[prompt] else {
      splits[prompt] = split
      return
    }
    if first != split, overlapping.insert(prompt).inserted { places.append(place) }
  }

  func findings(in format: TrainerFormat, showing limit: Int) -> [Finding] {
    guard !overlapping.isEmpty else { return [] }
    return [
      Finding(
        code: .promptOverlap, severity: Finding.Code.promptOverlap.severity(in: format),
        subject: nil,
        count: overlapping.count, places: Array(places.prefix(limit)))
    ]
  }
}
