package import Audit
internal import Columns

/// What `diff` found, for every form of output.
package struct DiffResult {
  package let names: (old: String, new: String)
  package let difference: DatasetDifference
  package let examples: [ChangedPair]
  /// nil where one of the datasets has no manifest.
  package let manifestChanges: [ManifestChange]?

  package init(
    names: (old: String, new: String), difference: DatasetDifference, examples: [ChangedPair],
    manifestChanges: [ManifestChange]?
  ) {
    self.names = names
    self.difference = difference
    self.examples = examples
    self.manifestChanges = manifestChanges
  }

  /// Metrics whose drift is shown.
  private static let driftMetrics = [
    "rows", "longer_chosen", "length_chosen_mean", "length_rejected_mean", "length_gap_mean",
    "length_gap_median", "cohens_d", "margin_mean", "margin_sd", "score_chosen_mean",
    "score_rejected_mean",
  ]

  /// A metric before and after.
  struct Drift {
    var metric: String
    var meaning: String
    var old: AuditMetric.Value?
    var new: AuditMetric.Value?
    /// How many pairs each rests on.
    var oldCount: Int?
    var newCount: Int?
  }

  /// How the figures of all pairs, or of a group of them, moved.
  static func drift(_ old: PairAudit?, _ new: PairAudit?) -> [Drift] {
    AuditMetric.all.filter { driftMetrics.contains($0.name) }.map { metric in
      Drift(
        metric: metric.name, meaning: metric.meaning, old: old.map(metric.value),
        new: new.map(metric.value), oldCount: old.map(metric.basis.count),
        newCount: new.map(metric.basis.count))
    }
  }

  /// The groups that either dataset has, with their figures, by column.
  package var groups: [(column: String, groups: [(name: String, old: PairAudit?, new: PairAudit?)])]
  {
    let (old, new) = (difference.old.auditsByGroup, difference.new.auditsByGroup)
    var columns = old.map(\.column)
    columns += new.map(\.column).filter { !columns.contains($0) }
    return columns.map { column in
      let before = old.first { $0.column == column }?.groups ?? []
      let after = new.first { $0.column == column }?.groups ?? []
      let (beforeByName, afterByName) = (
        Dictionary(before, uniquingKeysWith: { first, _ in first }),
        Dictionary(after, uniquingKeysWith: { first, _ in first })
      )
      var names = before.map(\.name)
      names += after.map(\.name).filter { beforeByName[$0] == nil }
      return (column, names.map { ($0, beforeByName[$0], afterByName[$0]) })
    }
  }
}
