internal import Records

/// The bytes of one row, and the faults that can be found in its fields.
struct Row {
  let base: UnsafePointer<UInt8>
  let start: Int
  let end: Int

  /// The finite, infinite or missing (NaN) number that a value stands for; a string may hold it.
  func number(_ value: JSONValue, of path: String) throws(RowFault) -> Double {
    switch value.kind {
    case .number: return JSONNumber.double(in: base, from: value.start, to: value.end)
    case .bareNonFinite: return JSONNumber.nonFinite(in: base, from: value.start)
    case .null: return .nan
    case .plainString, .escapedString:
      let text = JSONString.text(of: value, in: base)
      if let number = JSONNumber.double(text: text) { return number }
      throw RowFault(
        code: .notANumber, offset: value.start - 1,
        message: "expected a number for \"\(path)\", found \"\(Self.excerpt(text))\"",
        hint: "repair the row (null marks a missing number), or set input.on_error: skip")
    default:
      throw wrongType(path, expected: "a number", found: value)
    }
  }

  /// A value as it passes through; what is neither finite nor there is null.
  func kept(_ value: JSONValue) -> KeptValue {
    func bytes() -> [UInt8] {
      Array(UnsafeBufferPointer(start: base + value.start, count: value.end - value.start))
    }
    switch value.kind {
    case .absent, .null, .bareNonFinite: return .null
    case .bool: return .truth(base[value.start] == UInt8(ascii: "t"))
    case .plainString, .escapedString: return .text(JSONString.text(of: value, in: base))
    case .array, .object: return .json(bytes())
    case .number:
      if let integer = Int(String(decoding: bytes(), as: UTF8.self)) { return .integer(integer) }
      let number = JSONNumber.double(in: base, from: value.start, to: value.end)
      return number.isFinite ? .number(number) : .null
    }
  }

  /// Whether there is no number here: nothing at all, or "N/A".
  func isMissing(_ value: JSONValue) -> Bool {
    value.kind == .absent
      || value.kind == .plainString
        && JSONString.bytes(of: value, in: base, equal: Array("N/A".utf8))
  }

  func missing(_ field: WantedField) -> RowFault {
    let (path, setting) = (field.path, field.setting)
    let names = fieldNames()
    let nearest =
      Spelling.nearest(to: path, among: names)
      ?? names.first { $0.contains(path) || path.contains($0) }
    let listed = names.prefix(20).joined(separator: ", ") + (names.count > 20 ? ", ..." : "")
    let there = names.isEmpty ? "the row has no fields" : "the row has: \(listed)"
    let remedy =
      nearest.map { "did you mean \"\($0)\"? Set \(setting)" }
      ?? "name the right one with \(setting)"
    return RowFault(
      code: .missingField, offset: start, message: "no field \"\(path)\"",
      hint: "\(there); \(remedy)")
  }

  func wrongType(
    _ path: String, expected: String, found: JSONValue, hint: String? = nil
  ) -> RowFault {
    // An absent value has no place; it stands for the elements of a list on the way to the path.
    let isList = found.kind == .absent
    let offset = isList ? start : found.isString ? found.start - 1 : found.start
    return RowFault(
      code: .wrongType, offset: offset,
      message: "expected \(expected) for \"\(path)\", found \(isList ? "a list" : found.kindName)",
      hint: hint
        ?? "map the field that holds it with input.fields, or set input.on_error: skip to leave such rows out"
    )
  }

  func unequal(_ path: String, _ count: Int, _ other: String, _ otherCount: Int) -> RowFault {
    RowFault(
      code: .unequalLists, offset: start,
      message: "\"\(path)\" has \(count) elements, but \"\(other)\" has \(otherCount)",
      hint: "the lists must run in parallel; repair the row, or set input.on_error: skip")
  }

  /// The row as a tree; nil where it is no well-formed object.
  var tree: JSONTree? { try? parsed() }

  /// The row as a tree.
  func parsed() throws(JSONFault) -> JSONTree {
    var scanner = JSONScanner(base, from: start, to: end)
    var nothing = FieldSlots()
    try scanner.scanRow(into: &nothing)
    return JSONTree(JSONValue(kind: .object, start: start, end: end), in: base)
  }

  /// The names of the row's top-level fields, in order.
  private func fieldNames() -> [String] {
    guard case .object(let members) = tree else { return [] }
    return members.map { String(decoding: $0.key, as: UTF8.self) }
  }

  private static func excerpt(_ text: [UInt8]) -> String {
    let limit = 40
    let whole = String(decoding: text.prefix(limit * 4), as: UTF8.self)
    return whole.count > limit ? whole.prefix(limit) + "..." : whole
  }
}
