/// The fields of a prompt that a row need not have.
package struct OptionalFields: OptionSet, Sendable {
  package let rawValue: UInt8

  package init(rawValue: UInt8) { self.rawValue = rawValue }

  package static let promptID = OptionalFields(rawValue: 1)
  package static let system = OptionalFields(rawValue: 2)
  package static let messages = OptionalFields(rawValue: 4)
}
