package import JSON
internal import Records

extension RowSchema {
  /// The values of a row that make its prompt; the answers are left to the caller.
  ///
  /// - Throws: a fault where the system message is not a text.
  package func promptParts(of row: JSONValue) throws(ReadingFault) -> RowParts {
    func field(_ path: String) -> RowParts.Field? {
      row.value(at: path).map { RowParts.Field(path, $0) }
    }
    var parts = RowParts()
    parts.prompt = takenPaths.contains(prompt) ? nil : field(prompt)
    parts.conversation = takenPaths.contains(messages) ? nil : field(messages)
    parts.system = field(system)
    switch parts.system?.value {
    case nil, .null?, .string?: break
    case let value?:
      throw ReadingFault(
        .wrongType, in: system, "expected a string for \"\(system)\", found \(value.kindName)")
    }
    parts.inputs = inputs.compactMap(field)
    parts.history = history.flatMap(field)
    for one in ContextField.all {
      for path in one.paths where !takenPaths.contains(path) {
        guard let value = row.value(at: path), value != .null else { continue }
        let isAlone = one.isList && value.elements == nil
        parts.context.append(RowParts.Field(one.name, isAlone ? .list([value]) : value))
        break
      }
    }
    return parts
  }
}
