internal import Audit
internal import Emit
internal import JSON
internal import Records
internal import Scan

extension AuditMetric {
  /// What `--metrics` prints.
  static var list: String {
    var table = TextTable()
    for metric in all { table.add([metric.name, metric.meaning]) }
    return table.text(indent: 0, leftAligned: [0, 1])
  }
}

extension AuditMetric.Value {
  /// As people read it.
  var text: String {
    switch self {
    case .count(let count): Quantity.count(count)
    case .number(let number?): Quantity.decimal(number, places: abs(number) >= 100 ? 1 : 3)
    case .number(nil): "–"
    }
  }

  var document: JSONValue {
    switch self {
    case .count(let count): .integer(count)
    case .number(let number?): .number(number)
    case .number(nil): .null
    }
  }
}
