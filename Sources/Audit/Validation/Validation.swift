internal import Hashing
internal import Ingest
internal import Parquet
package import Records
internal import Rows

/// Looks for what a trainer would stumble over in a preference dataset.
package struct Validation: Sendable {
  /// What was found.
  package struct Result: Sendable {
    /// The profile whose trainer was asked about.
    package var profile: Profile
    /// The splits in the order of their files, and their rows.
    package var splits: [(name: String, rows: Int)] = []
    package var findings: [Finding] = []

    package var rows: Int { splits.reduce(0) { $0 + $1.rows } }
    package var isAccepted: Bool { findings.allSatisfy { $0.severity != .error } }
  }

  private let threads: Int

  package init(threads: Int) { self.threads = threads }

  /// Reads a dataset.
  ///
  /// - Parameter profile: The trainer's profile; nil for the one that the first row looks like.
  package func run(
    _ dataset: DatasetFiles, as profile: Profile?,
    progress: (@Sendable (Int) -> Void)? = nil, checkpoint: () throws -> Void = {}
  ) throws -> Result {
    let first =
      try FirstRow(of: dataset, checkpoint: checkpoint) {
        Profile(of: $0) == .kto || FirstRow.holdsPair($0)
      } ?? FirstRow(of: dataset)
    let profile = profile ?? first.flatMap { Profile(of: $0.row) } ?? .trl
    let reader = profile == .kto ? nil : first.flatMap { PairRowReader(like: $0.row) }
    let names = dataset.files.map(\.displayName)
    let schemas = try dataset.files.map { try $0.typedColumns()?.map(LoadedType.Field.init) }
    // Where types are not all the same, the loader casts values, which rows tell.
    let areTyped = schemas.allSatisfy { columns in
      guard let columns, let first = schemas[0] else { return false }
      return LoadedType.areSame(columns, dataset.declaredColumns ?? first)
    }
    var totals = Totals(dataset, schemas)
    var isRead = false
    if areTyped, let reader {
      let pass = ColumnPass(dataset.files) { file in
        ValidatedColumns(file, reader, profile: profile).map { ($0, $0.choice) }
      }
      isRead =
        try pass?.run(
          threads: threads, progress: progress,
          makeWorker: {
            {
              try BatchSummary(
                $2, ofFile: $0, names[$0], profile: profile, reader: reader, columns: $1)
            }
          },
          consume: { summary in
            try checkpoint()
            totals.add(summary)
          }) ?? false
    }
    if !isRead {
      totals = Totals(dataset, schemas)
      try TreePass(threads: threads).run(
        dataset.files, progress: progress,
        summarize: { BatchSummary($0, file: names[$0.file], profile: profile, reader: reader) },
        consume: { summary in
          try checkpoint()
          totals.add(summary)
        })
    }

    var result = Result(profile: profile)
    for (split, count) in zip(dataset.splits, totals.rows) {
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
    result.findings += totals.findings(for: profile)
    result.findings.sort { $0.severity == .error && $1.severity != .error }
    return result
  }
}

/// What all rows tell.
private struct Totals {
  private let splits: [String]
  /// For each file how many rows it has.
  private(set) var rows: [Int]
  private var tallies = Tallies()
  private var loader: LoaderCheck
  private var overlap = PromptOverlap()

  init(_ dataset: DatasetFiles, _ schemas: [[LoadedType.Field]?]) {
    splits = dataset.splits
    rows = [Int](repeating: 0, count: dataset.files.count)
    loader = LoaderCheck(
      names: dataset.files.map(\.displayName), splits: dataset.loadedSplits, schemas: schemas,
      declared: dataset.declaredColumns)
  }

  mutating func add(_ summary: BatchSummary) {
    rows[summary.file] += summary.rowCount
    for (fault, rows) in summary.faults { tallies.add(fault, rows, file: summary.file) }
    for block in summary.blocks { loader.add(block) }
    for (prompt, place) in summary.prompts {
      overlap.add(prompt, split: splits[summary.file], at: place)
    }
  }

  mutating func findings(for profile: Profile) -> [Finding] {
    tallies.findings(for: profile) + loader.findings() + overlap.findings(for: profile)
  }
}

/// The rows of each fault.
private struct Tallies {
  private struct Entry {
    /// The place of the first row's file among the dataset's.
    var file: Int
    var rows = FoundRows()
  }

  private var entries: [RowChecker.Fault: Entry] = [:]

  mutating func add(_ fault: RowChecker.Fault, _ more: FoundRows, file: Int) {
    entries[fault, default: Entry(file: file)].rows.merge(more)
  }

  /// The findings in the order of their first rows.
  func findings(for profile: Profile) -> [Finding] {
    func rank(_ entry: (key: RowChecker.Fault, value: Entry)) -> (Int, Int, String, String) {
      let (fault, found) = entry
      return (
        found.file, found.rows.places.first?.line ?? 0, fault.code.rawValue, fault.subject ?? ""
      )
    }
    return entries.sorted { rank($0) < rank($1) }.map { fault, found in
      Finding(fault.code, of: fault.subject, in: found.rows, for: profile)
    }
  }
}

/// Which prompts are in more than one split.
private struct PromptOverlap {
  private var splits: [UInt64: String] = [:]
  private var overlapping: Set<UInt64> = []
  private var prompts = FoundRows()

  mutating func add(_ prompt: UInt64, split: String, at place: Finding.Place) {
    guard let first = splits[prompt] else {
      splits[prompt] = split
      return
    }
    if first != split, overlapping.insert(prompt).inserted { prompts.add(place) }
  }

  func findings(for profile: Profile) -> [Finding] {
    prompts.count == 0 ? [] : [Finding(.promptOverlap, of: nil, in: prompts, for: profile)]
  }
}

extension Finding {
  fileprivate init(_ code: Code, of subject: String?, in rows: FoundRows, for profile: Profile) {
    self.init(
      code: code, severity: code.severity(for: profile), subject: subject, count: rows.count,
      places: rows.places)
  }
}
