internal import CKernels

/// Walks JSON text once, strictly, and notes where the wanted fields are.
///
/// Strict means RFC 8259, with one exception that Python's `json` makes too: the bare words `NaN`,
/// `Infinity` and `-Infinity` are values. Fields that are not wanted are checked all the same.
package struct JSONScanner {
  /// This many readable bytes have to stand behind the text, so that wide loads need no special end.
  package static let paddingCount = 64
  /// Deeper nesting is refused, as it would exhaust the stack.
  package static let maximumDepth = 512

  /// Of a list that is read, so many elements are noted at most.
  package static let elementLimit = 1 << 20

  private let source: PaddedBytes
  package let end: Int
  package var position: Int
  private var depth = 0

  package init(_ source: PaddedBytes, from start: Int, to end: Int) {
    precondition(start >= 0 && start <= end && end <= source.count)
    self.source = source
    self.position = start
    self.end = end
  }

  /// Scans a whole row: one object and nothing else.
  ///
  /// - Parameter keepsFound: Whether what was found before stays, where the row does not have it.
  package mutating func scanRow(
    into fields: inout FieldSlots, keepingFound keepsFound: Bool = false
  ) throws(JSONFault) {
    if !keepsFound { fields.reset() }
    skipWhitespace()
    guard position < end else { throw fault(.emptyRow) }
    guard source[position] == UInt8(ascii: "{") else { throw fault(.notAnObject) }
    try scanObject(at: fields.root, into: &fields)
    skipWhitespace()
    guard position == end else { throw fault(.trailingText) }
  }

  /// Whether nothing but white space is left.
  package var isAtEnd: Bool {
    mutating get {
      skipWhitespace()
      return position == end
    }
  }

  /// Scans one value, noting in `fields` what the tree below `node` wants; nil wants nothing.
  package mutating func scanValue(
    at node: FieldSlots.Node?, into fields: inout FieldSlots
  ) throws(JSONFault) -> JSONSlice {
    skipWhitespace()
    let start = position
    guard position < end else { throw fault(.expected("a value")) }
    switch source[position] {
    case UInt8(ascii: "\""):
      return try scanString()
    case UInt8(ascii: "{"):
      try scanObject(at: node, into: &fields)
      return JSONSlice(kind: .object, start: start, end: position)
    case UInt8(ascii: "["):
      try scanArray(at: node, into: &fields)
      return JSONSlice(kind: .array, start: start, end: position)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      return try scanNumber()
    case UInt8(ascii: "t"): return try scanWord("true", .bool)
    case UInt8(ascii: "f"): return try scanWord("false", .bool)
    case UInt8(ascii: "n"): return try scanWord("null", .null)
    case UInt8(ascii: "N"): return try scanWord("NaN", .bareNonFinite)
    case UInt8(ascii: "I"): return try scanWord("Infinity", .bareNonFinite)
    default: throw fault(.expected("a value"))
    }
  }

  // MARK: Containers

  private mutating func scanObject(
    at node: FieldSlots.Node?, into fields: inout FieldSlots
  ) throws(JSONFault) {
    try enter()
    if skips(UInt8(ascii: "}")) { return leave() }
    while true {
      skipWhitespace()
      guard position < end, source[position] == UInt8(ascii: "\"") else {
        throw fault(.expected("a field name in double quotes"))
      }
      let key = try scanString()
      guard skips(UInt8(ascii: ":")) else { throw fault(.expected("\":\" after a field name")) }
      let child = node.flatMap { fields.child(of: $0, named: key, in: source) }
      if let child { fields.clear(below: child) }
      let value = try scanValue(at: child, into: &fields)
      if let child { fields.note(value, at: child) }
      if skips(UInt8(ascii: ",")) { continue }
      guard skips(UInt8(ascii: "}")) else { throw fault(.expected("\",\" or \"}\"")) }
      return leave()
    }
  }

  private mutating func scanArray(
    at node: FieldSlots.Node?, into fields: inout FieldSlots
  ) throws(JSONFault) {
    try enter()
    let isOutermost = node.map { fields.beginList(at: $0) } ?? false
    var count = 0
    if !skips(UInt8(ascii: "]")) {
      while true {
        let value = try scanValue(at: isOutermost ? node : nil, into: &fields)
        if isOutermost, let node {
          count += 1
          guard count <= Self.elementLimit else { throw fault(.tooManyElements(Self.elementLimit)) }
          fields.noteElement(value, at: node)
        }
        if skips(UInt8(ascii: ",")) { continue }
        guard skips(UInt8(ascii: "]")) else { throw fault(.expected("\",\" or \"]\"")) }
        break
      }
    }
    if isOutermost { fields.endList() }
    leave()
  }

  private mutating func enter() throws(JSONFault) {
    depth += 1
    guard depth <= Self.maximumDepth else { throw fault(.tooDeep) }
    position += 1
  }

  private mutating func leave() { depth -= 1 }

  // MARK: Scalars

  /// Scans the string whose opening quote is at `position`.
  private mutating func scanString() throws(JSONFault) -> JSONSlice {
    let start = position + 1
    let scan = scan_json_string(source.address(of: 0..<end), start, end)
    guard scan.stop == json_string_closed else {
      throw JSONFault(offset: scan.offset, problem: problem(scan))
    }
    if scan.has_high_byte,
      let offset = UTF8Validator.firstFault(in: source, from: start, to: scan.offset)
    {
      throw JSONFault(offset: offset, problem: .badUTF8)
    }
    position = scan.offset + 1
    return JSONSlice(
      kind: scan.has_escape ? .escapedString : .plainString, start: start, end: scan.offset)
  }

  private func problem(_ scan: json_string_scan) -> JSONFault.Problem {
    switch scan.stop {
    case json_string_control_character: .controlCharacter(source[scan.offset])
    case json_string_bad_escape: .badEscape
    default: .unterminatedString
    }
  }

  private mutating func scanNumber() throws(JSONFault) -> JSONSlice {
    let start = position
    if source[position] == UInt8(ascii: "-") {
      position += 1
      if position < end, source[position] == UInt8(ascii: "I") {
        let word = try scanWord("Infinity", .bareNonFinite)
        return JSONSlice(kind: .bareNonFinite, start: start, end: word.end)
      }
    }
    if position < end, source[position] == UInt8(ascii: "0") {
      position += 1
    } else {
      try skipDigits()
    }
    if position < end, source[position] == UInt8(ascii: ".") {
      position += 1
      try skipDigits()
    }
    if position < end, source[position] | 0x20 == UInt8(ascii: "e") {
      position += 1
      if position < end,
        source[position] == UInt8(ascii: "+") || source[position] == UInt8(ascii: "-")
      {
        position += 1
      }
      try skipDigits()
    }
    return JSONSlice(kind: .number, start: start, end: position)
  }

  private mutating func skipDigits() throws(JSONFault) {
    let start = position
    while position < end, source[position] &- 0x30 < 10 { position += 1 }
    guard position > start else { throw fault(.badNumber) }
  }

  private mutating func scanWord(
    _ word: StaticString, _ kind: JSONSlice.Kind
  ) throws(JSONFault) -> JSONSlice {
    let start = position
    for index in 0..<word.utf8CodeUnitCount {
      guard position < end, source[position] == word.utf8Start[index] else {
        throw fault(.expected("a value"))
      }
      position += 1
    }
    return JSONSlice(kind: kind, start: start, end: position)
  }

  // MARK: Small steps

  private mutating func skipWhitespace() {
    while position < end {
      switch source[position] {
      case 0x20, 0x0A, 0x0D, 0x09: position += 1
      default: return
      }
    }
  }

  /// Skips white space and then `byte`, if it is there.
  private mutating func skips(_ byte: UInt8) -> Bool {
    skipWhitespace()
    guard position < end, source[position] == byte else { return false }
    position += 1
    return true
  }

  private func fault(_ problem: JSONFault.Problem) -> JSONFault {
    JSONFault(offset: min(position, end), problem: problem)
  }
}
