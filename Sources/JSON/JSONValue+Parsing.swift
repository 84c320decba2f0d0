extension JSONValue {
  /// Parses a whole document, strictly; nil where it is not JSON.
  ///
  /// - Parameter isOurs: Whether the program itself wrote it, so that it may be as dense as it is.
  package init?(document: [UInt8], isOurs: Bool = false) {
    let padded = document + [UInt8](repeating: 0, count: JSONScanner.paddingCount)
    let value = PaddedBytes.with(padded.span) { try? JSONValue(parsing: $0, isOurs: isOurs) }
    guard let value else { return nil }
    self = value
  }

  /// Parses a whole document, strictly.
  package init(parsing source: PaddedBytes, isOurs: Bool = false) throws(JSONFault) {
    var scanner = JSONScanner(source, from: 0, to: source.count)
    var nothing = FieldSlots()
    let value = try scanner.scanValue(at: nil, into: &nothing)
    guard scanner.isAtEnd else {
      throw JSONFault(offset: scanner.position, problem: .trailingText)
    }
    guard isOurs || !Self.isTooDense(0..<source.count, in: source) else {
      throw JSONFault(offset: 0, problem: .tooDense)
    }
    self.init(value, in: source)
  }

  /// Builds the value of a place that the scanner has found well formed.
  package init(_ slice: JSONSlice, in source: PaddedBytes) {
    var repeatsName = false
    self.init(slice, in: source, repeatsName: &repeatsName)
  }

  /// Builds the value of a place that the scanner has found well formed.
  ///
  /// - Parameter repeatsName: Becomes true where an object has a name twice, which the value does
  ///   not tell and some readers refuse.
  package init(_ slice: JSONSlice, in source: PaddedBytes, repeatsName: inout Bool) {
    switch slice.kind {
    case .absent: self = .null
    case .plainString, .escapedString: self = .string(JSONString.text(of: slice, in: source))
    default:
      var builder = Builder(source: source, position: slice.start)
      self = builder.value(end: slice.end)
      if builder.repeatsName { repeatsName = true }
    }
  }

  /// Builds a value from text that is known to be well formed.
  private struct Builder {
    let source: PaddedBytes
    var position: Int
    /// Whether an object has had a name twice.
    var repeatsName = false

    mutating func value(end: Int) -> JSONValue {
      skipSpace()
      switch source[position] {
      case UInt8(ascii: "{"):
        var members: [Member] = []
        // The places of names, where looking through all of them would take long.
        var places: [[UInt8]: Int] = [:]
        position += 1
        skipSpace()
        while source[position] != UInt8(ascii: "}") {
          let key = JSONString.text(of: scalar(end: end), in: source)
          skipSeparators()
          let value = value(end: end)
          // The place is that of the first, the value that of the last, as in Python.
          let earlier =
            members.count < 32 ? members.firstIndex { $0.name == key } : places[key]
          if let earlier {
            members[earlier].value = value
            repeatsName = true
          } else {
            members.append(Member(name: key, value: value))
            if members.count == 32 {
              for (place, member) in members.enumerated() { places[member.name] = place }
            } else if members.count > 32 {
              places[key] = members.count - 1
            }
          }
          skipSeparators()
        }
        position += 1
        return .object(members)
      case UInt8(ascii: "["):
        var elements: [JSONValue] = []
        position += 1
        skipSpace()
        while source[position] != UInt8(ascii: "]") {
          elements.append(value(end: end))
          skipSeparators()
        }
        position += 1
        return .list(elements)
      default:
        return leaf(scalar(end: end))
      }
    }

    private func leaf(_ slice: JSONSlice) -> JSONValue {
      switch slice.kind {
      case .plainString, .escapedString: .string(JSONString.text(of: slice, in: source))
      case .bool: .bool(source[slice.start] == UInt8(ascii: "t"))
      case .number: number(slice)
      case .bareNonFinite: .number(JSONNumber.nonFinite(in: source, from: slice.start))
      default: .null
      }
    }

    private func number(_ slice: JSONSlice) -> JSONValue {
      let digits = source.copy(slice.range)
      let isInteger = digits.allSatisfy { $0 == UInt8(ascii: "-") || $0 &- 0x30 < 10 }
      // Minus zero is a double's.
      guard isInteger, !digits.elementsEqual("-0".utf8) else {
        return .number(JSONNumber.double(in: source, from: slice.start, to: slice.end))
      }
      let integer = Int(String(decoding: digits, as: UTF8.self))
      return integer.map(JSONValue.integer) ?? .largeInteger(digits)
    }

    private mutating func scalar(end: Int) -> JSONSlice {
      skipSpace()
      var scanner = JSONScanner(source, from: position, to: end)
      var nothing = FieldSlots()
      let slice = (try? scanner.scanValue(at: nil, into: &nothing)) ?? .absent
      position = scanner.position
      return slice
    }

    private mutating func skipSpace() {
      while [0x20, 0x0A, 0x0D, 0x09].contains(source[position]) { position += 1 }
    }

    private mutating func skipSeparators() {
      while [0x20, 0x0A, 0x0D, 0x09, UInt8(ascii: ","), UInt8(ascii: ":")].contains(
        source[position])
      {
        position += 1
      }
    }
  }
}
