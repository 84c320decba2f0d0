extension ValueShape {
  /// The kinds of JSON value that Arrow lets no column mix.
  enum JSONClass: CaseIterable {
    case truth, number, text, list, object

    var traits: [Trait] {
      switch self {
      case .truth: [.truth]
      case .number: [.integer, .wideInteger, .number]
      case .text: [.timestamp, .text]
      case .list: [.list]
      case .object: [.object]
      }
    }

    var name: String {
      switch self {
      case .truth: "a truth value"
      case .number: "a number"
      case .text: "a string"
      case .list: "a list"
      case .object: "an object"
      }
    }
  }

  /// The kinds that are there, null left out.
  var classes: [JSONClass] { JSONClass.allCases.filter { $0.traits.contains(where: has) } }

  func rows(of kind: JSONClass) -> FoundRows { RowTally.all(kind.traits.map { self[$0] }) }

  /// Whether Arrow's type of the strings here is a date.
  var isTimestamp: Bool { has(.timestamp) && !has(.text) }

  /// Whether Arrow's type of the numbers here is a double.
  var isDouble: Bool { has(.number) || has(.wideInteger) }

  /// The type that the loader gives to a block of such values.
  ///
  /// - Parameter isScanned: Whether the loader looks for objects with varying keys, which it keeps
  ///   as JSON.
  func inferred(isScanned: Bool) -> LoadedType {
    let classes = classes
    guard let kind = classes.first else { return .null }
    if classes.count > 1 { return .json(older: nil) }
    switch kind {
    case .truth: return .truth
    case .number: return isDouble ? .number : .integer
    case .text: return isTimestamp ? .timestamp : .text
    case .list: return .list(element.inferred(isScanned: isScanned))
    case .object:
      func structure(isScanned: Bool) -> LoadedType {
        .structure(
          members.map {
            LoadedType.Field(
              name: String(decoding: $0.name, as: UTF8.self),
              type: $0.shape.inferred(isScanned: isScanned))
          })
      }
      guard isScanned, hasVaryingKeys || members.isEmpty else {
        return structure(isScanned: isScanned)
      }
      return .json(older: structure(isScanned: false))
    }
  }

  /// The rows with a trait here or anywhere below.
  func deepRows(with trait: Trait) -> FoundRows {
    var all = self[trait]?.rows ?? FoundRows()
    for member in members { all.merge(member.shape.deepRows(with: trait)) }
    if has(.list) { all.merge(element.deepRows(with: trait)) }
    return all
  }
}
