/// A condition on a metric, such as `longer_chosen > 0.6`.
package struct AuditCondition: Equatable, Sendable {
  package enum Comparison: String, CaseIterable, Sendable {
    case atLeast = ">="
    case atMost = "<="
    case notEqual = "!="
    case equal = "=="
    case above = ">"
    case below = "<"

    func holds(_ value: Double, _ limit: Double) -> Bool {
      switch self {
      case .atLeast: value >= limit
      case .atMost: value <= limit
      case .notEqual: value != limit
      case .equal: value == limit
      case .above: value > limit
      case .below: value < limit
      }
    }
  }

  package var metric: String
  package var comparison: Comparison
  package var limit: Double

  /// Reads `METRIC OPERATOR NUMBER`; nil where the text is none.
  package init?(_ text: String) {
    for comparison in Comparison.allCases {
      guard let place = text.firstRange(of: comparison.rawValue) else { continue }
      let number = text[place.upperBound...].filter { $0 != " " }
      guard let limit = Double(String(number)), limit.isFinite else { return nil }
      metric = String(text[..<place.lowerBound].filter { $0 != " " })
      self.comparison = comparison
      self.limit = limit
      return
    }
    return nil
  }

  /// Whether the condition holds; true as well where the metric has no value, as nothing is known
  /// then to be all right.
  package func holds(in audit: PairAudit) -> Bool {
    guard let value = value(in: audit) else { return true }
    return comparison.holds(value, limit)
  }

  /// The metric's value; nil where it has none.
  package func value(in audit: PairAudit) -> Double? {
    AuditMetric.all.first { $0.name == metric }?.value(audit).number
  }
}

extension AuditCondition: CustomStringConvertible {
  package var description: String { "\(metric) \(comparison.rawValue) \(limit)" }
}
