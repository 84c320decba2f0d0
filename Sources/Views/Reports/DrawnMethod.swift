internal import Evaluate
internal import Report

/// Methods with the same figures and intervals throughout, which are drawn as one.
struct DrawnMethod {
  private(set) var methods: [EvaluationMethod]
  /// One a row of a chart.
  let values: [ForestChart.Value?]

  /// In the colour and with the mark of the first.
  var series: ForestChart.Series {
    ForestChart.Series(
      methods.map(\.title).joined(separator: " = "), methods[0].ink, methods[0].mark)
  }

  /// - Parameter values: of a method, one a row.
  static func all(
    of methods: [EvaluationMethod] = EvaluationMethod.allCases,
    by values: (EvaluationMethod) -> [ForestChart.Value?]
  ) -> [DrawnMethod] {
    methods.reduce(into: []) { drawn, method in
      let own = values(method)
      if let place = drawn.firstIndex(where: { isSame($0.values, own) }) {
        drawn[place].methods.append(method)
      } else {
        drawn.append(DrawnMethod(methods: [method], values: own))
      }
    }
  }

  private static func isSame(_ first: [ForestChart.Value?], _ second: [ForestChart.Value?]) -> Bool
  {
    zip(first, second).allSatisfy { first, second in
      guard let first, let second else { return first == nil && second == nil }
      return zip(first.ends, second.ends).allSatisfy(isSame)
    }
  }

  /// Whether numbers are the same but for rounding.
  private static func isSame(_ first: Double, _ second: Double) -> Bool {
    abs(first - second) <= 1e-9 * max(1, abs(first))
  }
}

extension [DrawnMethod] {
  /// The rows of a chart.
  ///
  /// - Parameter names: with what each row rests on.
  func rows(_ names: [(name: String, note: String)]) -> [ForestChart.Row] {
    names.enumerated().map { row, name in
      ForestChart.Row(name.name, note: name.note, values: map { $0.values[row] })
    }
  }
}

extension ForestChart.Value {
  /// Nil without a figure.
  init?(_ value: Double?, _ interval: ConfidenceInterval?, scale: Double = 1) {
    guard let value else { return nil }
    self.init(value * scale, interval.map { ($0.lower * scale, $0.upper * scale) })
  }

  /// The value and the ends of its interval.
  fileprivate var ends: [Double] {
    [value, interval?.lower ?? value, interval?.upper ?? value]
  }
}
