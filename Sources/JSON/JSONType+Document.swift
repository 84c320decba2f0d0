extension JSONType {
  /// The type as a list of words, each before what it is made of, so that no depth is lost: a list
  /// is `list` and its element's type, an object `object`, how many members, and of each name and type.
  package var document: JSONValue {
    var words: [JSONValue] = []
    write(to: &words)
    return .list(words)
  }

  /// Reads what ``document`` writes; nil where it is something else.
  package init?(_ document: JSONValue) {
    guard var words = document.elements?[...],
      let type = JSONType(reading: &words, depth: 0), words.isEmpty
    else { return nil }
    self = type
  }

  /// Deeper values are not read (``JSONScanner/maximumDepth``).
  private static let maximumDepth = 2 * JSONScanner.maximumDepth

  private var word: String {
    switch self {
    case .nothing: "nothing"
    case .bool: "bool"
    case .integer: "integer"
    case .number: "number"
    case .string: "string"
    case .wideInteger: "wide_integer"
    case .mixed: "mixed"
    case .list: "list"
    case .object: "object"
    }
  }

  private func write(to words: inout [JSONValue]) {
    words.append(.string(word))
    switch self {
    case .list(let element): element.write(to: &words)
    case .object(let members):
      words.append(.integer(members.count))
      for member in members {
        words.append(.string(member.name))
        member.type.write(to: &words)
      }
    default: break
    }
  }

  private init?(reading words: inout ArraySlice<JSONValue>, depth: Int) {
    guard depth <= Self.maximumDepth, let word = words.popFirst()?.text else { return nil }
    switch String(decoding: word, as: UTF8.self) {
    case "list":
      guard let element = JSONType(reading: &words, depth: depth + 1) else { return nil }
      self = .list(element)
    case "object":
      guard case .integer(let count) = words.popFirst(), (0...words.count).contains(count) else {
        return nil
      }
      var members: [Member] = []
      for _ in 0..<count {
        guard let name = words.popFirst()?.text,
          let type = JSONType(reading: &words, depth: depth + 1)
        else { return nil }
        members.append(Member(name: name, type: type))
      }
      self = .object(members)
    case let word:
      let scalars: [JSONType] = [
        .nothing, .bool, .integer, .number, .string, .wideInteger, .mixed,
      ]
      guard let scalar = scalars.first(where: { $0.word == word }) else { return nil }
      self = scalar
    }
  }
}
