/// Which numbers are allowed.
struct NumberRange<Number: Comparable & Sendable>: Sendable {
  enum Bound: Sendable {
    case including(Number), excluding(Number)
  }

  let lower: Bound?
  let upper: Bound?

  static func from(_ lower: Number) -> NumberRange {
    NumberRange(lower: .including(lower), upper: nil)
  }
  static func from(_ lower: Number, through upper: Number) -> NumberRange {
    NumberRange(lower: .including(lower), upper: .including(upper))
  }
  static func from(_ lower: Number, upTo upper: Number) -> NumberRange {
    NumberRange(lower: .including(lower), upper: .excluding(upper))
  }
  static func above(_ lower: Number) -> NumberRange {
    NumberRange(lower: .excluding(lower), upper: nil)
  }
  static func above(_ lower: Number, upTo upper: Number) -> NumberRange {
    NumberRange(lower: .excluding(lower), upper: .excluding(upper))
  }
  static func above(_ lower: Number, through upper: Number) -> NumberRange {
    NumberRange(lower: .excluding(lower), upper: .including(upper))
  }

  func contains(_ number: Number) -> Bool {
    let isAboveLower =
      switch lower {
      case .including(let bound): number >= bound
      case .excluding(let bound): number > bound
      case nil: true
      }
    let isBelowUpper =
      switch upper {
      case .including(let bound): number <= bound
      case .excluding(let bound): number < bound
      case nil: true
      }
    return isAboveLower && isBelowUpper
  }

  /// Such as ` above 0 and at most 1`, with a space before it; empty without bounds.
  func phrase(_ text: (Number) -> String) -> String {
    var parts: [String] = []
    switch lower {
    case .including(let bound): parts.append("of at least \(text(bound))")
    case .excluding(let bound): parts.append("above \(text(bound))")
    case nil: break
    }
    switch upper {
    case .including(let bound): parts.append("at most \(text(bound))")
    case .excluding(let bound): parts.append("below \(text(bound))")
    case nil: break
    }
    if case .including(let low) = lower, case .including(let high) = upper {
      return " from \(text(low)) to \(text(high))"
    }
    return parts.isEmpty ? "" : " " + parts.joined(separator: " and ")
  }

  /// The bounds in words of JSON Schema.
  func schema(_ value: (Number) -> ConfigValue) -> [ConfigValue.Entry] {
    var entries: [ConfigValue.Entry] = []
    switch lower {
    case .including(let bound): entries.append(.init("minimum", value(bound)))
    case .excluding(let bound): entries.append(.init("exclusiveMinimum", value(bound)))
    case nil: break
    }
    switch upper {
    case .including(let bound): entries.append(.init("maximum", value(bound)))
    case .excluding(let bound): entries.append(.init("exclusiveMaximum", value(bound)))
    case nil: break
    }
    return entries
  }
}

extension ValueKind<Double> {
  /// Any finite number.
  static var anyNumber: ValueKind { number(NumberRange(lower: nil, upper: nil)) }

  /// A finite number within bounds.
  static func number(_ bounds: NumberRange<Double>) -> ValueKind {
    let phrase = bounds.phrase(ConfigValue.shortText(of:))
    let expectation = "a number" + phrase
    return ValueKind(
      expectation: expectation, summary: "number" + phrase,
      schema: .mapping([.init("type", "number")] + bounds.schema { .double($0) }),
      read: { node, problems in
        let value: Double? =
          switch node.plainScalar {
          case .int(let number): Double(number)
          case .double(let number): number
          default: nil
          }
        guard let value, bounds.contains(value) else {
          problems.report(expected: expectation, found: node, hint: node.numberHint)
          return nil
        }
        return value
      },
      write: { .double($0) })
  }
}

extension ValueKind<Int> {
  /// A whole number; `1e5` and `3.0` are whole numbers too.
  static func integer(_ bounds: NumberRange<Int>) -> ValueKind {
    let phrase = bounds.phrase { "\($0)" }
    let expectation = "a whole number" + phrase
    return ValueKind(
      expectation: expectation, summary: "whole number" + phrase,
      schema: .mapping([.init("type", "integer")] + bounds.schema { .int($0) }),
      read: { node, problems in
        guard let value = node.integer, bounds.contains(value) else {
          problems.report(
            expected: expectation, found: node, hint: node.wholeNumberHint ?? node.numberHint)
          return nil
        }
        return value
      },
      write: { .int($0) })
  }

  /// A number of bytes: `65536`, `512MiB`, `1.5GB`.
  static func byteCount(atLeast minimum: Int) -> ValueKind {
    let expectation = "a size of at least \(ByteSize.text(of: minimum))"
    return ValueKind(
      expectation: expectation,
      summary: "size (`512MiB`, `2GB`, or bytes)"
        + (minimum > 1 ? " of at least \(ByteSize.text(of: minimum))" : ""),
      schema: [
        "anyOf": [
          ["type": "integer", "minimum": .int(minimum)],
          ["type": "string", "pattern": .string(ByteSize.pattern)],
        ]
      ],
      read: { node, problems in
        var value = node.integer
        if value == nil, case .scalar(let text, _) = node.content {
          value = ByteSize.byteCount(text)
        }
        guard let value, value >= minimum else {
          problems.report(
            expected: expectation, found: node,
            hint: "write bytes, or a number with KiB, MiB, GiB, KB, MB or GB, such as 2GiB")
          return nil
        }
        return value
      },
      write: { ByteSize.value(of: $0) })
  }
}

extension ConfigValue {
  /// A number for people: `1` where `text(of:)` has `1.0`.
  static func shortText(of number: Double) -> String {
    let text = text(of: number)
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}

extension YAMLNode {
  /// The scalar under YAML's rules for unquoted text; nil for quoted text, lists and mappings.
  var plainScalar: PlainScalar? {
    guard case .scalar(let text, isPlain: true) = content else { return nil }
    return PlainScalar(text)
  }

  /// The whole number that the node is, if it is one.
  ///
  /// Doubles hold those up to 2⁵³ exactly.
  var integer: Int? {
    switch plainScalar {
    case .int(let number): number
    case .double(let number?) where number.magnitude <= 0x1p53: Int(exactly: number)
    default: nil
    }
  }

  /// What to do about a whole number that cannot be taken as one; nil for anything else.
  var wholeNumberHint: String? {
    switch plainScalar {
    case .hugeInteger: "whole numbers go up to \(Int.max)"
    case .double(let number?) where number.rounded() == number && number.magnitude > 0x1p53:
      number.magnitude < 0x1p63 ? "write all its digits" : "whole numbers go up to \(Int.max)"
    default: nil
    }
  }

  /// What to do about a value that should have been a number.
  var numberHint: String? {
    guard case .scalar(let text, let isPlain) = content else { return nil }
    if isNull { return "leave the key out to have the default" }
    switch PlainScalar(text) {
    case .int, .double: return isPlain ? nil : "remove the quotes"
    default: return nil
    }
  }
}
