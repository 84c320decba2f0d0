/// A small JSON document as a tree, for what is read rarely: conversations and saved curves.
package indirect enum JSONTree: Sendable {
  case null
  case bool(Bool)
  case number(Double)
  /// A number without a point and an exponent.
  case integer(Double)
  case string([UInt8])
  case list([JSONTree])
  case object([(key: [UInt8], value: JSONTree)])

  /// Parses a whole document, strictly; nil where it is not JSON.
  package init?(document: [UInt8]) {
    let padded = document + [UInt8](repeating: 0, count: Chunk.paddingCount)
    let tree = padded.withUnsafeBufferPointer { buffer in
      try? JSONTree(parsing: UnsafeBufferPointer(rebasing: buffer[..<document.count]))
    }
    guard let tree else { return nil }
    self = tree
  }

  /// Parses a whole document, strictly.
  ///
  /// - Parameter document: Its bytes; ``Chunk/paddingCount`` more behind them must be readable.
  init(parsing document: UnsafeBufferPointer<UInt8>) throws(JSONFault) {
    guard let base = document.baseAddress else {
      throw JSONFault(offset: 0, problem: .expected("a value"))
    }
    var scanner = JSONScanner(base, from: 0, to: document.count)
    var nothing = FieldSlots()
    let value = try scanner.scanValue(at: nil, into: &nothing)
    guard scanner.isAtEnd else {
      throw JSONFault(offset: scanner.position, problem: .trailingText)
    }
    self.init(value, in: base)
  }

  /// Builds the tree of a value that the scanner has found well formed.
  init(_ value: JSONValue, in base: UnsafePointer<UInt8>) {
    var builder = Builder(base: base, position: value.start)
    self =
      value.isString ? .string(JSONString.text(of: value, in: base)) : builder.value(end: value.end)
  }

  /// The value of a field of an object; the last one where it stands there twice.
  package subscript(key: String) -> JSONTree? {
    guard case .object(let members) = self else { return nil }
    return members.last { $0.key.elementsEqual(key.utf8) }?.value
  }

  /// The elements of a list.
  package var elements: [JSONTree]? {
    guard case .list(let elements) = self else { return nil }
    return elements
  }

  /// The text of a string.
  package var text: [UInt8]? {
    guard case .string(let text) = self else { return nil }
    return text
  }

  /// The value of a number.
  package var number: Double? {
    switch self {
    case .number(let number), .integer(let number): number
    default: nil
    }
  }
}

extension JSONTree {
  /// Builds a tree from text that is known to be well formed.
  private struct Builder {
    let base: UnsafePointer<UInt8>
    var position: Int

    mutating func value(end: Int) -> JSONTree {
      skipSpace()
      switch base[position] {
      case UInt8(ascii: "{"):
        var members: [(key: [UInt8], value: JSONTree)] = []
        position += 1
        skipSpace()
        while base[position] != UInt8(ascii: "}") {
          let key = scalar(end: end)
          skipSeparators()
          members.append((key: JSONString.text(of: key, in: base), value: value(end: end)))
          skipSeparators()
        }
        position += 1
        return .object(members)
      case UInt8(ascii: "["):
        var elements: [JSONTree] = []
        position += 1
        skipSpace()
        while base[position] != UInt8(ascii: "]") {
          elements.append(value(end: end))
          skipSeparators()
        }
        position += 1
        return .list(elements)
      default:
        return leaf(scalar(end: end))
      }
    }

    private func leaf(_ value: JSONValue) -> JSONTree {
      switch value.kind {
      case .plainString, .escapedString: .string(JSONString.text(of: value, in: base))
      case .bool: .bool(base[value.start] == UInt8(ascii: "t"))
      case .number:
        Self.isInteger(base, value)
          ? .integer(JSONNumber.double(in: base, from: value.start, to: value.end))
          : .number(JSONNumber.double(in: base, from: value.start, to: value.end))
      case .bareNonFinite:
        .number(JSONNumber.nonFinite(in: base, from: value.start))
      default: .null
      }
    }

    private static func isInteger(_ base: UnsafePointer<UInt8>, _ value: JSONValue) -> Bool {
      (value.start..<value.end).allSatisfy {
        base[$0] == UInt8(ascii: "-") || (0x30...0x39).contains(base[$0])
      }
    }

    private mutating func scalar(end: Int) -> JSONValue {
      skipSpace()
      var scanner = JSONScanner(base, from: position, to: end)
      var nothing = FieldSlots()
      let value = (try? scanner.scanValue(at: nil, into: &nothing)) ?? .absent
      position = scanner.position
      return value
    }

    private mutating func skipSpace() {
      while [0x20, 0x0A, 0x0D, 0x09].contains(base[position]) { position += 1 }
    }

    private mutating func skipSeparators() {
      while [0x20, 0x0A, 0x0D, 0x09, UInt8(ascii: ","), UInt8(ascii: ":")].contains(base[position])
      {
        position += 1
      }
    }
  }
}
