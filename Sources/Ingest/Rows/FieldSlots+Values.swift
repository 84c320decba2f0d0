/// What was found in a row, as the kind of value that is wanted, or the fault that it is not.
extension FieldSlots {
  /// A string or null.
  ///
  /// - Parameter listHint: What to do where there is a list.
  func text(
    _ field: WantedField, _ row: Row, listHint: String? = nil
  ) throws(RowFault) -> JSONValue {
    let found = self[field.slot]
    guard found.isPresent else { throw row.missing(field) }
    guard !found.isList else {
      throw row.wrongType(field.path, expected: "a string", found: found.value, hint: listHint)
    }
    return try textOrNull(found.value, of: field, row)
  }

  /// The last of a list of strings.
  func lastText(_ field: WantedField, _ row: Row) throws(RowFault) -> JSONValue {
    guard let last = try list(field, row).last else {
      throw row.wrongType(field.path, expected: "a string at the end", found: .absent)
    }
    return try textOrNull(last, of: field, row)
  }

  /// A list of strings and nulls.
  func texts(_ field: WantedField, _ row: Row) throws(RowFault) -> [JSONValue] {
    let found = try list(field, row)
    for value in found { _ = try textOrNull(value, of: field, row) }
    return found
  }

  /// A number.
  func number(_ field: WantedField, _ row: Row) throws(RowFault) -> Double {
    guard self[field.slot].isPresent else { throw row.missing(field) }
    return try row.number(self[field.slot].value, of: field.path)
  }

  /// The numbers of a list that runs in parallel with the responses.
  ///
  /// - Parameter allowsMissing: Whether an element can lack the number, or have "N/A" instead; it
  ///   is NaN then.
  func numbers(
    _ field: WantedField, beside responses: WantedField, count: Int, allowsMissing: Bool = false,
    _ row: Row
  ) throws(RowFault) -> [Double] {
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

  private func list(_ field: WantedField, _ row: Row) throws(RowFault) -> [JSONValue] {
    let found = self[field.slot]
    guard found.isPresent else { throw row.missing(field) }
    guard found.isList else {
      throw row.wrongType(field.path, expected: "a list", found: found.value)
    }
    return found.elements
  }

  private func textOrNull(
    _ value: JSONValue, of field: WantedField, _ row: Row
  ) throws(RowFault) -> JSONValue {
    guard value.kind != .absent else { throw row.missing(field) }
    guard value.isString || value.kind == .null else {
      throw row.wrongType(field.path, expected: "a string", found: value)
    }
    return value
  }
}
