/// A JSON value as a place in memory: what it is and which bytes it takes.
package struct JSONSlice: Equatable {
  package enum Kind: UInt8 {
    case absent
    case null
    case bool
    /// A number by the grammar of RFC 8259.
    case number
    /// `NaN`, `Infinity` or `-Infinity`, which Python writes.
    case bareNonFinite
    /// The bytes between the quotes hold no backslash.
    case plainString
    /// The bytes between the quotes hold a backslash.
    case escapedString
    case array
    case object
  }

  package var kind: Kind
  /// Offsets of the value's bytes; of a string, those between the quotes.
  package var start: Int
  package var end: Int

  package init(kind: Kind, start: Int, end: Int) {
    self.kind = kind
    self.start = start
    self.end = end
  }

  /// The places of the value's bytes.
  package var range: Range<Int> { start..<end }

  package static let absent = JSONSlice(kind: .absent, start: 0, end: 0)

  package var isString: Bool { kind == .plainString || kind == .escapedString }

  /// The kind in the words of an error message.
  package var kindName: String {
    switch kind {
    case .absent: "nothing"
    case .null: "null"
    case .bool: "a boolean"
    case .number, .bareNonFinite: "a number"
    case .plainString, .escapedString: "a string"
    case .array: "a list"
    case .object: "an object"
    }
  }
}
