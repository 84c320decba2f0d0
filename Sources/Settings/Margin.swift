/// A bound of the margins of pairs, as it is written: a difference of scores, or what depends on
/// the margins of all pairs.
package enum Margin: Equatable, Sendable {
  /// A difference of scores; at least 0.
  case score(Double)
  /// So many standard deviations of the margins; at least 0.
  case deviations(Double)
  /// The margin that so many percent of the pairs have at most, by nearest rank; from 0 to 100.
  case percentile(Double)

  /// Whether it depends on the margins of all pairs.
  package var isRelative: Bool {
    if case .score = self { false } else { true }
  }
}

extension Margin: ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
  package init(floatLiteral value: Double) { self = .score(value) }
  package init(integerLiteral value: Int) { self = .score(Double(value)) }
}

extension Margin {
  /// Reads `0.5sd` and `q10`; nil for anything else.
  init?(words text: String) {
    func number(_ text: Substring, _ bounds: NumberRange<Double>) -> Double? {
      let value: Double? =
        switch PlainScalar(String(text)) {
        case .int(let number): Double(number)
        case .double(let number): number
        default: nil
        }
      return value.flatMap { bounds.contains($0) ? $0 : nil }
    }
    if text.hasSuffix("sd"), let value = number(text.dropLast(2), .from(0)) {
      self = .deviations(value)
    } else if text.hasPrefix("q"), let value = number(text.dropFirst(), .from(0, through: 100)) {
      self = .percentile(value)
    } else {
      return nil
    }
  }

  /// As a configuration has it.
  package var value: ConfigValue {
    switch self {
    case .score(let number): .double(number)
    case .deviations(let number): .string(ConfigValue.shortText(of: number) + "sd")
    case .percentile(let number): .string("q" + ConfigValue.shortText(of: number))
    }
  }

  /// The two numbers where both are of one kind, so that they can be compared.
  static func comparable(_ first: Margin, _ second: Margin) -> (Double, Double)? {
    switch (first, second) {
    case (.score(let first), .score(let second)), (.deviations(let first), .deviations(let second)),
      (.percentile(let first), .percentile(let second)):
      (first, second)
    default: nil
    }
  }
}

extension ValueKind<Margin> {
  /// A number of at least 0, `0.5sd`, or `q10`.
  static var margin: ValueKind {
    let number = ValueKind<Double>.number(.from(0))
    let expectation = "\(number.expectation), or such as 0.5sd or q10"
    return ValueKind(
      expectation: expectation, summary: "\(number.summary), `0.5sd`, or `q10`",
      schema: [
        "anyOf": [
          number.schema,
          ["type": "string", "pattern": #"^([0-9.eE+-]+sd|q[0-9.eE+-]+)$"#],
        ]
      ],
      read: { node, problems in
        if case .scalar(let text, _) = node.content, let margin = Margin(words: text) {
          return margin
        }
        var inner = ValueProblems(key: problems.key)
        if let value = number.read(node, &inner) { return .score(value) }
        problems.report(
          expected: expectation, found: node,
          hint: node.numberHint
            ?? "write a difference of scores, standard deviations of the margins (0.5sd), or the "
            + "percent of the pairs that have smaller margins (q10)")
        return nil
      },
      write: \.value)
  }
}
