internal import JSON

/// What was found in a row, as the kind of value that is wanted, or the fault that it is not.
extension FieldSlots {
  /// An answer: a string, a message, messages or null.
  ///
  /// - Parameter listHint: What to do where there is a list of something else.
  func answer(
    _ field: WantedField, _ row: Row, listHint: @autoclosure () -> String? = nil
  ) throws(RowFault) -> JSONSlice {
    let value = value(field.slot)
    if value.isString { return value }
    let found = self[field.slot]
    guard found.isPresent else { throw row.missing(field) }
    if found.isList, found.elements.contains(where: { $0.kind != .object }) {
      throw row.wrongType(field.path, expected: "a string", found: found.value, hint: listHint())
    }
    return try answer(found.value, of: field, row)
  }

  /// A list of answers; null is a list of none.
  func answers(_ field: WantedField, _ row: Row) throws(RowFault) -> [JSONSlice] {
    let found = try list(field, row)
    for value in found { _ = try answer(value, of: field, row) }
    return found
  }

  /// A number.
  func number(_ field: WantedField, _ row: Row) throws(RowFault) -> Double {
    let value = value(field.slot)
    guard value.kind != .absent || self[field.slot].isList else { throw row.missing(field) }
    return try row.number(value, of: field.path)
  }

  /// The numbers of a list that runs in parallel with the responses; null is a list without any.
  ///
  /// - Parameter allowsMissing: Whether an element can lack the number, or have "N/A" instead; it
  ///   is NaN then.
  func numbers(
    _ field: WantedField, beside responses: WantedField, count: Int, allowsMissing: Bool = false,
    _ row: Row
  ) throws(RowFault) -> [Double] {
    if self[field.slot].value.kind == .null { return Array(repeating: .nan, count: count) }
    let values = try list(field, row)
    guard values.count == count else {
      throw row.unequal(responses.path, count, field.path, values.count)
    }
    var numbers: [Double] = []
    numbers.reserveCapacity(count)
    for value in values {
      if allowsMissing, row.isMissing(value) {
        numbers.append(.nan)
      } else {
        guard value.kind != .absent else { throw row.missing(field) }
        numbers.append(try row.number(value, of: field.path))
      }
    }
    return numbers
  }

  private func list(_ field: WantedField, _ row: Row) throws(RowFault) -> [JSONSlice] {
    let found = self[field.slot]
    guard found.isPresent else { throw row.missing(field) }
    if found.value.kind == .null { return [] }
    guard found.isList else {
      throw row.wrongType(field.path, expected: "a list", found: found.value)
    }
    return found.elements
  }

  private func answer(
    _ slice: JSONSlice, of field: WantedField, _ row: Row
  ) throws(RowFault) -> JSONSlice {
    guard slice.kind != .absent else { throw row.missing(field) }
    switch slice.kind {
    case .plainString, .escapedString, .null, .array, .object: return slice
    default: throw row.wrongType(field.path, expected: "a string", found: slice)
    }
  }
}
