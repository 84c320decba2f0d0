/// A value of the input that passes through to the dataset as it is.
package enum PassThroughValue: Hashable, Sendable {
  case null
  case truth(Bool)
  case integer(Int)
  case number(Double)
  /// UTF-8.
  case text([UInt8])
  /// A list or an object, as JSON.
  case json([UInt8])
}

/// The kinds of values that a field has had.
package struct PassThroughKinds: OptionSet, Hashable, Sendable {
  package var rawValue: UInt8

  package init(rawValue: UInt8) { self.rawValue = rawValue }

  package static let null = PassThroughKinds(rawValue: 1)
  package static let truth = PassThroughKinds(rawValue: 2)
  package static let integer = PassThroughKinds(rawValue: 4)
  package static let number = PassThroughKinds(rawValue: 8)
  package static let text = PassThroughKinds(rawValue: 16)
  package static let json = PassThroughKinds(rawValue: 32)
  /// Integers that no double holds.
  package static let wideInteger = PassThroughKinds(rawValue: 64)

  /// The kind of one value.
  package init(_ value: PassThroughValue) {
    self =
      switch value {
      case .null: .null
      case .truth: .truth
      case .integer(let value): Int(exactly: Double(value)) == value ? .integer : .wideInteger
      case .number: .number
      case .text: .text
      case .json: .json
      }
  }

  /// Whether a value was ever there.
  package var hasValues: Bool { !subtracting(.null).isEmpty }
}
