extension JSONValue {
  /// The whole number of a field; nil where there is none.
  package func integer(_ key: String) -> Int? {
    guard case .integer(let integer) = self[key] else { return nil }
    return integer
  }

  /// The text of a field; nil where there is none.
  package func text(_ key: String) -> String? {
    self[key]?.text.map { String(decoding: $0, as: UTF8.self) }
  }

  /// Whether a field holds true or false; nil where it is neither.
  package func truth(_ key: String) -> Bool? {
    guard case .bool(let truth) = self[key] else { return nil }
    return truth
  }

  /// The elements of a list in a field as something else; nil unless all of them are.
  package func list<Element>(
    _ key: String, _ element: (JSONValue) -> Element?
  ) -> [Element]? {
    guard let elements = self[key]?.elements else { return nil }
    var list: [Element] = []
    list.reserveCapacity(elements.count)
    for value in elements {
      guard let made = element(value) else { return nil }
      list.append(made)
    }
    return list
  }
}
