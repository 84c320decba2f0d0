/// Makes a tree of the flattened schema of a file.
///
/// Lists are found by the rules of the format's LogicalTypes, those for older files included.
struct SchemaReader {
  private let elements: [SchemaElement]
  private var position = 1
  private var leafCount = 0

  /// No real schema nests columns this deep, and recursion has to end.
  private static let maximumDepth = 60

  private struct Levels {
    var definition: UInt8 = 0
    var repetition: UInt8 = 0
    var depth = 0
  }

  /// The columns of a file, and how many leaves there are in all.
  static func columns(
    of schema: [SchemaElement]
  ) throws(ParquetError) -> (columns: [ReadNode], leafCount: Int) {
    guard let root = schema.first, let count = root.childCount, count >= 0 else {
      throw .damaged("the schema has no root")
    }
    var reader = SchemaReader(elements: schema)
    var columns: [ReadNode] = []
    for _ in 0..<count { columns.append(try reader.node(Levels())) }
    guard reader.position == schema.count else { throw .damaged("the schema is not a tree") }
    return (columns, reader.leafCount)
  }

  private init(elements: [SchemaElement]) { self.elements = elements }

  /// Reads the next element with what is below it, as a value of its parent.
  private mutating func node(_ above: Levels) throws(ParquetError) -> ReadNode {
    let element = try next(above)
    var levels = above
    levels.depth += 1
    switch element.repetition ?? .required {
    case .required: return try value(element, levels)
    case .optional:
      levels.definition += 1
      return try value(element, levels)
    case .repeated:
      // Without a group around it: a list that is never null, of elements that are never null.
      levels.definition += 1
      levels.repetition += 1
      let inner = try value(element, levels)
      return ReadNode(
        name: element.name,
        kind: .list(inner, elements: levels.definition, repetition: levels.repetition),
        definition: above.definition)
    }
  }

  /// Reads what is below an element whose own levels are counted already.
  private mutating func value(
    _ element: SchemaElement, _ levels: Levels
  ) throws(ParquetError) -> ReadNode {
    guard let count = element.childCount, element.type == nil else {
      guard let type = element.type else { throw .damaged("\"\(element.name)\" has no type") }
      defer { leafCount += 1 }
      let leaf = ReadLeaf(
        element, type, index: leafCount, levels: (levels.definition, levels.repetition))
      return ReadNode(name: element.name, kind: .leaf(leaf), definition: levels.definition)
    }
    guard count > 0 else { throw .damaged("\"\(element.name)\" has no members") }
    let kind: ReadNode.Kind
    if element.annotation == .list, count == 1, position < elements.count,
      elements[position].repetition == .repeated
    {
      kind = try list(element, levels)
    } else {
      var members: [ReadNode] = []
      for _ in 0..<count { members.append(try node(levels)) }
      kind = element.annotation == .map ? .unsupported("the type MAP") : .structure(members)
    }
    return ReadNode(name: element.name, kind: kind, definition: levels.definition)
  }

  private mutating func list(
    _ element: SchemaElement, _ above: Levels
  ) throws(ParquetError) -> ReadNode.Kind {
    let repeated = try next(above)
    var levels = above
    levels.depth += 1
    levels.definition += 1
    levels.repetition += 1
    // Three levels are the rule. In older files the repeated field is the element itself.
    let isElement =
      repeated.type != nil || repeated.childCount != 1 || repeated.name == "array"
      || repeated.name == element.name + "_tuple"
    let inner = isElement ? try value(repeated, levels) : try node(levels)
    return .list(inner, elements: levels.definition, repetition: levels.repetition)
  }

  private mutating func next(_ above: Levels) throws(ParquetError) -> SchemaElement {
    guard position < elements.count else { throw .damaged("the schema ends too early") }
    guard above.depth < Self.maximumDepth else { throw .damaged("the schema is nested too deeply") }
    defer { position += 1 }
    return elements[position]
  }
}
