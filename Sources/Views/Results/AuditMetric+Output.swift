package import Audit
internal import Emit
package import JSON
internal import Records
internal import Scan
internal import Terminal

extension AuditMetric {
  /// What `--metrics` prints.
  package static func list(width: Int?) -> String {
    var table = TextTable([.label, .prose])
    for metric in all { table.add([metric.name, metric.meaning]) }
    return table.text(width: width, indent: 0)
  }
}

extension AuditMetric.Basis {
  /// How many there are.
  package func count(_ audit: PairAudit) -> Int {
    switch self {
    case .pairs: audit.rows
    case .scoredPairs: audit.margins.count
    case .prompts: audit.prompts
    }
  }

  /// How many of what there are.
  package func text(_ audit: PairAudit) -> String {
    let count = count(audit)
    return switch self {
    case .pairs: Quantity.count(count, "pair")
    case .scoredPairs: Quantity.count(count, "pair with scores", plural: "pairs with scores")
    case .prompts: Quantity.count(count, "prompt")
    }
  }
}

extension AuditMetric.Value {
  /// As people read it.
  package var text: String {
    switch self {
    case .count(let count): Quantity.count(count)
    case .number(let number?): Quantity.decimal(number, places: abs(number) >= 100 ? 1 : 3)
    case .number(nil): "–"
    }
  }

  package var document: JSONValue {
    switch self {
    case .count(let count): .integer(count)
    case .number(let number?): .number(number)
    case .number(nil): .null
    }
  }
}
