internal import Audit
internal import Emit
internal import Foundation
internal import Ingest
internal import Records

/// `audit`: the length bias and the flaws of a dataset.
struct AuditCommand {
  let options: AuditOptions

  /// - Returns: whether no condition of `--fail-if` holds.
  func run() throws -> Bool {
    if options.listsMetrics {
      try StandardStream.output.write(Self.metricList)
      return true
    }
    let table = try read()
    let audit = table.audit
    let failures = options.failureConditions.filter { $0.holds(in: audit) }
    let groups = table.auditsByGroup
    if options.printsJSON {
      try StandardStream.output.write(
        document(audit, groups, failures, rowsWithoutPair: table.rowsWithoutPair).text)
    } else {
      try StandardStream.output.write(
        text(audit, groups, failures, rowsWithoutPair: table.rowsWithoutPair))
    }
    return failures.isEmpty
  }

  private func read() throws -> PairTable {
    let dataset = try DatasetFiles(options.dataset, config: options.profile?.rawValue)
    let progress = ProgressMeter(isEnabled: options.showsProgress && !options.isQuiet)
    progress.begin("reading", total: dataset.files.reduce(0) { $0 + ($1.byteCount ?? 0) })
    defer { progress.end() }
    return try PairTable(
      dataset, as: options.profile,
      groupedBy: options.groupColumns.isEmpty
        ? PairTable.usualGroupColumns : options.groupColumns,
      threads: ProcessInfo.processInfo.activeProcessorCount,
      progress: { progress.update($0) }, checkpoint: { try Interruption.checkpoint() })
  }

  private typealias Groups = [(column: String, groups: [(name: String, audit: PairAudit)])]

  // MARK: JSON

  private func document(
    _ audit: PairAudit, _ groups: Groups, _ failures: [AuditCondition], rowsWithoutPair: Int
  ) -> JSONDocument {
    var members: [JSONDocument.Member] = [.init(name: "dataset", value: .string(options.dataset))]
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

  private static func members(of audit: PairAudit) -> [JSONDocument.Member] {
    AuditMetric.all.map { metric in
      let value: JSONDocument =
        switch metric.value(audit) {
        case .count(let count): .integer(count)
        case .number(let number): number.map(JSONDocument.number) ?? .null
        }
      return .init(name: metric.name, value: value)
    }
  }

  // MARK: Text

  private static var metricList: String {
    let width = AuditMetric.all.map(\.name.count).max() ?? 0
    return AuditMetric.all.map {
      $0.name.padding(toLength: width, withPad: " ", startingAt: 0) + "  \($0.meaning)\n"
    }.joined()
  }

  private func text(
    _ audit: PairAudit, _ groups: Groups, _ failures: [AuditCondition], rowsWithoutPair: Int
  ) -> String {
    var figures = TextTable()
    for metric in AuditMetric.all {
      figures.add(metric.name, Self.text(metric.value(audit)), metric.meaning)
    }
    var text = "\(options.dataset)\n" + figures.text(leftAligned: [0, 2])
    if rowsWithoutPair > 0 {
      text += "\n\(Quantity.count(rowsWithoutPair)) rows hold no pair and are left out\n"
    }
    for (column, values) in groups {
      text += "\nBy \(column)" + (values.count > Self.shownGroups ? ", the most frequent" : "")
      var table = TextTable()
      table.add("", "rows", "longer_chosen", "length_gap_mean", "margin_mean")
      for (name, audit) in values.prefix(Self.shownGroups) {
        table.add(
          name, Quantity.count(audit.rows), Quantity.percent(audit.length.moreChosen),
          Quantity.signed(audit.length.gapMean, places: 1),
          Quantity.signed(audit.margins.mean, places: 3))
      }
      text += "\n" + table.text()
    }
    if !options.failureConditions.isEmpty {
      text += failures.isEmpty ? "\nno condition of --fail-if holds\n" : "\n"
      for failure in failures {
        let value = failure.value(in: audit).map { "\($0)" } ?? "no value"
        text += "failed: \(failure) (\(value))\n"
      }
    }
    return text
  }

  private static let shownGroups = 20

  private static func text(_ value: AuditMetric.Value) -> String {
    switch value {
    case .count(let count): Quantity.count(count)
    case .number(let number?): Quantity.decimal(number, places: abs(number) >= 100 ? 1 : 3)
    case .number(nil): "–"
    }
  }
}
