package import JSON

extension SourceLocation {
  /// The place as JSON, without loss.
  package var document: JSONValue {
    var members: [JSONValue.Member] = [JSONValue.Member(name: "file", value: .string(file))]
    if let line { members.append(JSONValue.Member(name: "line", value: .integer(line))) }
    if let column { members.append(JSONValue.Member(name: "column", value: .integer(column))) }
    return .object(members)
  }

  /// Reads what ``document`` writes; nil where it is something else.
  package init?(_ document: JSONValue) {
    guard let file = document.text("file") else { return nil }
    self.init(file: file, line: document.integer("line"), column: document.integer("column"))
  }
}
