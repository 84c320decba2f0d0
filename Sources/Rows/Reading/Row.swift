package import JSON
internal import Records

/// The bytes of one row, and the faults that can be found in its fields.
struct Row {
  let source: PaddedBytes
  let start: Int
  let end: Int
  let advice: Advice
  /// Where an object stands whose fields the row has where it lacks them.
  var partition: Range<Int>?

  /// The finite, infinite or missing (NaN) number that a value stands for.
  ///
  /// A string may hold it, and what classifiers give: a list of it alone, or an object with a
  /// `score`.
  func number(_ slice: JSONSlice, of path: String) throws(RowFault) -> Double {
    switch slice.kind {
    case .number: return JSONNumber.double(in: source, from: slice.start, to: slice.end)
    case .bareNonFinite: return JSONNumber.nonFinite(in: source, from: slice.start)
    case .null: return .nan
    case .plainString, .escapedString:
      let text = JSONString.text(of: slice, in: source)
      if let number = JSONNumber.double(text: text) { return number }
      throw RowFault(
        code: .notANumber, offset: offset(of: slice),
        message: "expected a number for \"\(path)\", found \"\(Self.excerpt(text))\"",
        hint: advice.repair("repair the row (null marks a missing number)"))
    case .array, .object:
      if !JSONValue.isTooDense(slice.range, in: source),
        let number = JSONValue(slice, in: source).score
      {
        return number
      }
      throw wrongType(path, expected: "a number", found: slice)
    default:
      throw wrongType(path, expected: "a number", found: slice)
    }
  }

  /// A value as it passes through; what is neither finite nor there is null.
  func passThrough(_ slice: JSONSlice) -> PassThroughValue {
    func bytes() -> [UInt8] { source.copy(slice.range) }
    switch slice.kind {
    case .absent, .null, .bareNonFinite: return .null
    case .bool: return .truth(source[slice.start] == UInt8(ascii: "t"))
    case .plainString, .escapedString: return .text(JSONString.text(of: slice, in: source))
    case .array, .object: return .json(bytes())
    case .number:
      let literal = bytes()
      if let integer = Int(String(decoding: literal, as: UTF8.self)) { return .integer(integer) }
      // A whole number beyond 64 bits keeps its digits: others become the same double.
      if literal.dropFirst().allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }) {
        return .json(literal)
      }
      let number = JSONNumber.double(in: source, from: slice.start, to: slice.end)
      return number.isFinite ? .number(number) : .null
    }
  }

  /// Whether there is no number here: nothing at all, or "N/A".
  func isMissing(_ slice: JSONSlice) -> Bool {
    slice.kind == .absent
      || slice.kind == .plainString
        && JSONString.bytes(of: slice, in: source, equal: Array("N/A".utf8))
  }

  // MARK: Faults

  /// What to say of a row without a field; of one that cannot be made into a value, that.
  func missing(_ field: WantedField) -> RowFault {
    let path = field.path
    let names: [String]
    do {
      names = (try parsed().members ?? []).map { String(decoding: $0.name, as: UTF8.self) }
    } catch {
      return RowFault(error, advice)
    }
    let nearest =
      Spelling.nearest(to: path, among: names)
      ?? names.first { min($0.count, path.count) > 2 && ($0.contains(path) || path.contains($0)) }
    let listed = names.prefix(20).joined(separator: ", ") + (names.count > 20 ? ", ..." : "")
    let there = names.isEmpty ? "the row has no fields" : "the row has: \(listed)"
    let setting = field.setting(advice)
    let remedy =
      nearest.map { "did you mean \"\($0)\"? Set \(setting)" }
      ?? "name the right one with \(setting)"
    return RowFault(
      code: .missingField, offset: start, message: "no field \"\(path)\"",
      hint: "\(there); \(remedy)")
  }

  /// A number that is to be a probability and is none.
  func improbable(_ number: Double, in field: (path: String, place: JSONSlice?)) -> RowFault {
    RowFault(
      code: .outOfRange, offset: field.place.map(offset) ?? start,
      message: "the reward \(number) in \"\(field.path)\" is not from 0 to 1, so it has no logit",
      hint: "calibration.transform: rank and zscore take any numbers; input.on_error: skip leaves "
        + "such rows out")
  }

  func wrongType(
    _ path: String, expected: String, found: JSONSlice, hint: String? = nil
  ) -> RowFault {
    // An absent value has no place; it stands for the elements of a list on the way to the path.
    let isList = found.kind == .absent
    return RowFault(
      code: .wrongType, offset: isList ? start : offset(of: found),
      message: "expected \(expected) for \"\(path)\", found \(isList ? "a list" : found.kindName)",
      hint: hint ?? advice.repair(map))
  }

  /// What to do where another field holds what is wanted.
  private var map: String {
    "map the field that holds it with \(advice == .settings ? "input.fields" : "--field")"
  }

  func unequal(_ path: String, _ count: Int, _ other: String, _ otherCount: Int) -> RowFault {
    RowFault(
      code: .unequalLists, offset: start,
      message: "\"\(path)\" has \(count) elements, but \"\(other)\" has \(otherCount)",
      hint: advice.repair("the lists must run in parallel; repair the row"))
  }

  /// A fault in the meaning of values, at the place of the field.
  func placed(_ fault: ReadingFault, at slice: JSONSlice) -> RowFault {
    let usual =
      fault.code == .wrongType
      ? map
      : fault.code == .differentPrompts
        ? "name the prompt's field with \(advice.name(ofField: "prompt"))"
        : "a conversation is a list of {\"role\": ..., \"content\": ...} up to the user turn to answer"
    return RowFault(
      code: fault.code, offset: slice.kind == .absent ? start : offset(of: slice),
      message: fault.message, hint: fault.hint ?? advice.repair(usual))
  }

  /// The place of a value for messages, which for one that is not in the row is the row's.
  func offset(of slice: JSONSlice) -> Int {
    guard slice.start < end else { return start }
    return slice.isString ? slice.start - 1 : slice.start
  }

  // MARK: The row as a value

  /// The row as a value; nil where it is not a well-formed object.
  var value: JSONValue? { try? parsed() }

  /// The row as a value.
  func parsed() throws(JSONFault) -> JSONValue {
    var repeatsName = false
    return try parsed(repeatsName: &repeatsName)
  }

  /// The row as a value.
  ///
  /// - Parameter repeatsName: Becomes true where an object has a name twice.
  func parsed(repeatsName: inout Bool) throws(JSONFault) -> JSONValue {
    var scanner = JSONScanner(source, from: start, to: end)
    var nothing = FieldSlots()
    try scanner.scanRow(into: &nothing)
    guard !JSONValue.isTooDense(start..<end, in: source) else {
      throw JSONFault(offset: start, problem: .tooDense)
    }
    let row = JSONValue(
      JSONSlice(kind: .object, start: start, end: end), in: source, repeatsName: &repeatsName)
    guard let partition, let members = row.members else { return row }
    let columns = JSONValue(
      JSONSlice(kind: .object, start: partition.lowerBound, end: partition.upperBound), in: source)
    let names = Set(members.map(\.name))
    return .object(members + (columns.members ?? []).filter { !names.contains($0.name) })
  }

  private static func excerpt(_ text: [UInt8]) -> String {
    let limit = 40
    let whole = String(decoding: text.prefix(limit * 4), as: UTF8.self)
    return whole.count > limit ? whole.prefix(limit) + "..." : whole
  }
}

extension JSONValue {
  /// The one number that stands for a score; NaN for null, nil where there is none or several.
  package var score: Double? {
    switch self {
    case .null: .nan
    case .integer, .largeInteger, .number: number
    case .string(let text): JSONNumber.double(text: text)
    case .list(let elements): elements.count == 1 ? elements[0].score : nil
    case .object: self["score"]?.score
    case .bool: nil
    }
  }
}
