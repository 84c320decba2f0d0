internal import JSON

/// Where the values of a population lie, with quantiles interpolated linearly.
package struct QuantileSummary: Equatable, Sendable {
  package var minimum: Double
  /// The first percentile, and the last.
  package var low: Double
  package var high: Double
  /// The quartiles.
  package var lowerQuartile: Double
  package var median: Double
  package var upperQuartile: Double
  package var maximum: Double

  /// - Parameter quantile: The quantile of a fraction, from 0 to 1.
  package init(quantile: (Double) -> Double) {
    minimum = quantile(0)
    low = quantile(0.01)
    lowerQuartile = quantile(0.25)
    median = quantile(0.5)
    upperQuartile = quantile(0.75)
    high = quantile(0.99)
    maximum = quantile(1)
  }

  /// How far the middle 98 % spread.
  var span: Double { high - low }

  /// The names in JSON, in ascending order of what they stand for.
  private static var members: [(name: String, value: WritableKeyPath<Self, Double>)] {
    [
      ("min", \.minimum), ("q01", \.low), ("q25", \.lowerQuartile), ("median", \.median),
      ("q75", \.upperQuartile), ("q99", \.high), ("max", \.maximum),
    ]
  }

  var document: JSONValue {
    .object(Self.members.map { .init(name: $0.name, value: .number(self[keyPath: $0.value])) })
  }

  /// What a document says; nil where it is not one of ascending finite numbers.
  init?(_ document: JSONValue?) {
    self.init { _ in 0 }
    var last = -Double.infinity
    for (name, path) in Self.members {
      guard let value = document?[name]?.number, value.isFinite, value >= last else { return nil }
      self[keyPath: path] = value
      last = value
    }
  }
}
