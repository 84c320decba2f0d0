/// A column that one dataset has and the other has not, or that holds something else.
package struct ColumnChange: Equatable, Sendable {
  package var column: String
  /// What it holds, such as `text` or `integer, null`; nil where it is not there.
  package var old: String?
  package var new: String?
}

extension DatasetDifference {
  /// How the columns differ, in the order of the old dataset, new ones last.
  package var columnChanges: [ColumnChange] {
    let (old, new) = (self.old.columns, self.new.columns)
    var names = old.all.map(\.name)
    names += new.all.map(\.name).filter { old[$0] == nil }
    return names.compactMap { name in
      let change = ColumnChange(
        column: name, old: old[name]?.description, new: new[name]?.description)
      return change.old == change.new ? nil : change
    }
  }
}

extension ColumnUse: CustomStringConvertible {
  /// The kinds of values, in an order of their own; what JSON writes for numbers as one.
  var description: String {
    Set(kinds.keys.map(\.name)).sorted().joined(separator: ", ")
  }
}

extension ColumnUse.Kind {
  /// What people call the kind.
  ///
  /// Numbers are one kind, as `1` and `1.0` are the same in most formats.
  fileprivate var name: String {
    switch self {
    case .null: "null"
    case .truth: "boolean"
    case .integer, .number: "number"
    case .text: "text"
    case .emptyList, .texts, .otherList: "list"
    case .objects: "messages"
    case .object: "object"
    }
  }
}
