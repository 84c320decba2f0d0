/// A node of the schema of a file that is written, with its levels.
///
/// A list takes two levels of the tree: the group that may be null, and the repeated one in it.
final class SchemaNode: Sendable {
  /// The definition level of a value that is there.
  let definition: UInt8
  /// The repetition level of all elements of a list but the first.
  let repetition: UInt8
  /// The members of a structure, or the element of a list.
  let children: [SchemaNode]
  /// The columns at or below this node.
  let leaves: Range<Int>
  let type: ColumnType

  /// Makes the tree below a field, and appends to the schema and the paths of leaves.
  fileprivate init(
    _ field: ColumnType.Field, above: Levels, path: [String], into layout: inout Layout
  ) {
    var levels = above
    levels.definition += 1
    let first = layout.leaves.count
    let path = path + [field.name]
    type = field.type
    definition = levels.definition
    switch field.type {
    case .list(let element):
      layout.elements.append(
        SchemaElement(
          name: field.name, repetition: .optional, childCount: 1, annotation: .list))
      layout.elements.append(
        SchemaElement(name: "list", repetition: .repeated, childCount: 1))
      levels.definition += 1
      levels.repetition += 1
      repetition = levels.repetition
      children = [
        SchemaNode(
          ColumnType.Field("element", element), above: levels, path: path + ["list"],
          into: &layout)
      ]
    case .structure(let members):
      layout.elements.append(
        SchemaElement(
          name: field.name, repetition: .optional, childCount: Int32(members.count)))
      repetition = levels.repetition
      children = members.map { SchemaNode($0, above: levels, path: path, into: &layout) }
    default:
      layout.elements.append(
        SchemaElement(
          name: field.name, type: field.type.physical, repetition: .optional,
          annotation: field.type == .text ? .string : .none))
      repetition = levels.repetition
      children = []
      layout.leaves.append(
        Leaf(path: path, type: field.type, definition: definition, repetition: repetition))
    }
    leaves = first..<layout.leaves.count
  }

  /// The levels down to a node.
  fileprivate struct Levels {
    var definition: UInt8 = 0
    var repetition: UInt8 = 0
  }

  /// A column of values.
  struct Leaf: Sendable {
    var path: [String]
    var type: ColumnType
    /// The highest levels that its entries have.
    var definition: UInt8
    var repetition: UInt8
  }

  /// The schema as the file tells it, and its columns.
  struct Layout: Sendable {
    var elements: [SchemaElement] = []
    var leaves: [Leaf] = []
    var columns: [SchemaNode] = []

    /// Lays out a file with these columns, nested less than 120 deep.
    init(_ fields: [ColumnType.Field]) {
      elements = [SchemaElement(name: "schema", childCount: Int32(fields.count))]
      columns = fields.map { SchemaNode($0, above: Levels(), path: [], into: &self) }
    }
  }
}
