internal import Hashing
internal import Ingest
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
    let first = try FirstRow(of: dataset)
    let profile = profile ?? first.flatMap { Profile(of: $0.row) } ?? .trl
    let reader = profile == .kto ? nil : first.flatMap { PairRowReader(like: $0.row) }
    let names = dataset.files.map(\.displayName)
    var tallies = Tallies()
    var overlap = PromptOverlap()
    var loader = LoaderCheck(
      names: names, splits: dataset.loadedSplits,
      schemas: try dataset.files.map { try $0.typedColumns()?.map(LoadedType.Field.init) },
      declared: dataset.declaredColumns)
    var rows = [Int](repeating: 0, count: dataset.files.count)
    try TreePass(threads: threads).run(
      dataset.files, progress: progress,
      summarize: { BatchSummary($0, file: names[$0.file], profile: profile, reader: reader) },
      consume: { summary in
        try checkpoint()
        rows[summary.file] += summary.rowCount
        for (fault, rows) in summary.faults { tallies.add(fault, rows) }
        for block in summary.blocks { loader.add(block) }
        for (prompt, place) in summary.prompts {
          overlap.add(prompt, split: dataset.splits[summary.file], at: place)
        }
      })

    var result = Result(profile: profile)
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
    result.findings += tallies.findings(for: profile)
    result.findings += loader.findings()
    result.findings += overlap.findings(for: profile)
    result.findings.sort { $0.severity == .error && $1.severity != .error }
    return result
  }
}

/// The rows of each fault.
private struct Tallies {
  private var rows: [RowChecker.Fault: Tally] = [:]
  private var order: [RowChecker.Fault] = []

  mutating func add(_ fault: RowChecker.Fault, _ more: Tally) {
    if rows[fault] == nil { order.append(fault) }
    rows[fault, default: Tally()].merge(more)
  }

  func findings(for profile: Profile) -> [Finding] {
    order.compactMap { fault in
      rows[fault].map { Finding(fault.code, of: fault.subject, in: $0, for: profile) }
    }
  }
}

/// Which prompts are in more than one split.
private struct PromptOverlap {
  private var splits: [UInt64: String] = [:]
  private var overlapping: Set<UInt64> = []
  private var prompts = Tally()

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
  fileprivate init(_ code: Code, of subject: String?, in rows: Tally, for profile: Profile) {
    self.init(
      code: code, severity: code.severity(for: profile), subject: subject, count: rows.count,
      places: rows.places)
  }
}
