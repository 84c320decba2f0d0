package import JSON

extension JSONValue {
  /// The names that a dotted path goes through in this value; nil where nothing is there.
  ///
  /// A name that itself holds dots, as those of models do, wins over the same text read as a path.
  /// A list on the way is passed into its first element that has the rest.
  package func keys(of path: String) -> [String]? {
    keys(of: path.split(separator: ".", omittingEmptySubsequences: false)[...])
  }

  private func keys(of path: ArraySlice<Substring>) -> [String]? {
    guard !path.isEmpty else { return [] }
    if let elements {
      for element in elements {
        if let keys = element.keys(of: path) { return keys }
      }
      return nil
    }
    for count in stride(from: path.count, through: 1, by: -1) {
      let name = path.prefix(count).joined(separator: ".")
      if let keys = self[name]?.keys(of: path.dropFirst(count)) { return [name] + keys }
    }
    return nil
  }

  /// Whether something, also null, is at a dotted path, in a list at one of its elements.
  package func holds(_ path: String) -> Bool { keys(of: path) != nil }

  /// Whether something but null is at a dotted path.
  package func holdsValue(_ path: String) -> Bool {
    guard let value = value(at: path) else { return false }
    return value != .null
  }

  /// What is at a dotted path; of a list on the way that of its first element that has it.
  package func value(at path: String) -> JSONValue? {
    guard let keys = keys(of: path) else { return nil }
    var value = self
    for key in keys {
      while let elements = value.elements {
        guard let next = elements.first(where: { $0[key] != nil }) else { return nil }
        value = next
      }
      guard let next = value[key] else { return nil }
      value = next
    }
    return value
  }
}
