/// A JSON value without loss: integers of any size, members in their order.
package enum JSONValue: Hashable, Sendable {
  case null
  case bool(Bool)
  /// An integer that 64 bits hold.
  case integer(Int)
  /// The digits of any other integer, as they were written.
  case largeInteger([UInt8])
  /// A number with a point or an exponent; also NaN and infinities, which Python writes.
  case number(Double)
  /// UTF-8; lone surrogates are U+FFFD.
  case string([UInt8])
  case list([JSONValue])
  /// Of equal names only the last one stays, as in Python.
  case object([Member])

  /// A field of an object.
  package struct Member: Hashable, Sendable {
    package var name: [UInt8]
    package var value: JSONValue

    package init(name: [UInt8], value: JSONValue) {
      self.name = name
      self.value = value
    }

    package init(name: String, value: JSONValue) {
      self.init(name: Array(name.utf8), value: value)
    }
  }

  /// A text.
  package static func string(_ text: String) -> JSONValue { .string(Array(text.utf8)) }
}

extension JSONValue {
  /// The value of a field of an object.
  package subscript(key: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.name.elementsEqual(key.utf8) }?.value
  }

  /// The elements of a list.
  package var elements: [JSONValue]? {
    guard case .list(let elements) = self else { return nil }
    return elements
  }

  /// The members of an object.
  package var members: [Member]? {
    guard case .object(let members) = self else { return nil }
    return members
  }

  /// The text of a string.
  package var text: [UInt8]? {
    guard case .string(let text) = self else { return nil }
    return text
  }

  /// The value of a number.
  package var number: Double? {
    switch self {
    case .integer(let integer): Double(integer)
    case .largeInteger(let digits): Double(String(decoding: digits, as: UTF8.self))
    case .number(let number): number
    default: nil
    }
  }

  /// The kind in the words of an error message.
  package var kindName: String {
    switch self {
    case .null: "null"
    case .bool: "a boolean"
    case .integer, .largeInteger, .number: "a number"
    case .string: "a string"
    case .list: "a list"
    case .object: "an object"
    }
  }

  /// The beginning of the value for an error message.
  package var excerpt: String {
    let limit = 40
    let whole = String(decoding: compact.prefix(limit * 4), as: UTF8.self)
    return whole.count > limit ? whole.prefix(limit) + "..." : whole
  }
}
