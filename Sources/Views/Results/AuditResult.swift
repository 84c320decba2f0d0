package import Audit
internal import Emit
package import JSON
internal import Records
internal import Scan
internal import Terminal

/// What `audit` found, for every form of output.
package struct AuditResult {
  package let dataset: String
  package let audit: PairAudit
  package let groups: [(column: String, groups: [(name: String, audit: PairAudit)])]
  let rowsWithoutPair: Int
  /// Whether there were conditions to check.
  let isChecked: Bool
  /// The conditions of `--fail-if` that hold.
  package let failures: [AuditCondition]

  /// - Parameter conditions: Those of `--fail-if`.
  package init(dataset: String, table: PairTable, conditions: [AuditCondition]) {
    let audit = table.audit
    self.dataset = dataset
    self.audit = audit
    groups = table.auditsByGroup
    rowsWithoutPair = table.rowsWithoutPair
    isChecked = !conditions.isEmpty
    failures = conditions.filter { $0.holds(in: audit) }
  }

  // MARK: JSON

  /// What `--json` prints.
  package var document: JSONValue {
    var members: [JSONValue.Member] = [.init(name: "dataset", value: .string(dataset))]
    members += Self.members(of: audit)
    members.append(.init(name: "rows_without_pair", value: .integer(rowsWithoutPair)))
    members.append(
      .init(
        name: "margin_percentiles",
        value: .object(
          audit.margins.percentiles.map {
            .init(name: "p\($0.percent)", value: .number($0.value))
          })))
    members.append(
      .init(
        name: "groups",
        value: .object(
          groups.map { column, values in
            .init(
              name: column,
              value: .list(
                values.map { name, audit in
                  .object([.init(name: "value", value: .string(name))] + Self.members(of: audit))
                }))
          })))
    members.append(
      .init(name: "failed", value: .list(failures.map { .string($0.description) })))
    return .object(members)
  }

  private static func members(of audit: PairAudit) -> [JSONValue.Member] {
    AuditMetric.all(of: audit).map { .init(name: $0.name, value: $0.value(audit).document) }
  }

  // MARK: Text

  private static let shownGroups = 20

  /// What is printed for people.
  ///
  /// - Parameter width: the cells that a line may take; nil for any.
  package func text(width: Int?) -> String {
    var figures = TextTable([.label, .figure, .prose])
    for basis in AuditMetric.Basis.allCases {
      figures.add([basis.text(audit)])
      for metric in AuditMetric.all(of: audit) where metric.basis == basis {
        figures.add(["  " + metric.name, metric.value(audit).text, metric.meaning])
      }
    }
    var text = "\(dataset)\n" + figures.text(width: width)
    if rowsWithoutPair > 0 {
      let left = Quantity.count(
        rowsWithoutPair, "row without a pair is left out",
        plural: "rows without a pair are left out")
      text += "\n\(left)\n"
    }
    for (column, values) in groups {
      text += "\nBy \(column)" + (values.count > Self.shownGroups ? ", the most frequent" : "")
      var table = TextTable([.name, .figure], hasHeader: true)
      table.add(["", "pairs", "longer_chosen", "length_gap_mean", "margin_mean", "scored pairs"])
      for (name, audit) in values.prefix(Self.shownGroups) {
        table.add([
          name, Quantity.count(audit.rows), Quantity.percent(audit.length.moreChosen),
          Quantity.signed(audit.length.gapMean, places: 1),
          Quantity.signed(audit.margins.mean, places: 3), Quantity.count(audit.margins.count),
        ])
      }
      text += "\n" + table.text(width: width)
    }
    guard isChecked else { return text }
    text += failures.isEmpty ? "\nno condition of --fail-if holds\n" : "\n"
    for failure in failures {
      let value = failure.value(in: audit).map { "\($0)" } ?? "no value"
      text += "failed: \(failure) (\(value))\n"
    }
    return text
  }
}
