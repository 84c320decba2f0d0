internal import Audit
internal import Ingest
internal import Records
internal import Terminal
internal import Work

/// Reads the pairs of a dataset for commands that look at all of them.
struct LoadPairsStage {
  let progress: ProgressMeter
  /// Columns that pairs are grouped by; empty for the usual ones.
  let groupColumns: [String]
  /// Whether the tables are compared.
  let isComparing: Bool
  /// How tokens are counted; nil for no tokens.
  var counting: TokenCounting?

  /// The threads that commands on datasets use: one a processor.
  static let threads = Processors.count

  /// - Parameters:
  ///   - profile: How rows are written; nil for what the first row looks like.
  ///   - label: What the progress says.
  func run(
    _ dataset: DatasetFiles, as profile: Profile? = nil, label: String = "reading"
  ) throws -> PairTable {
    progress.begin(label, total: dataset.files.reduce(0) { $0 + ($1.byteCount ?? 0) })
    defer { progress.end() }
    return try PairTable(
      dataset, as: profile,
      groupedBy: groupColumns.isEmpty ? PairTable.usualGroupColumns : groupColumns,
      isCompared: isComparing, counting: counting, threads: Self.threads,
      progress: { progress.update($0) },
      checkpoint: { try Interruption.checkpoint() })
  }
}
