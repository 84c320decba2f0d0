extension JSONValue {
  /// The value with null for NaN and infinities, which are not JSON though Python writes them.
  package var finite: JSONValue {
    guard !isFinite else { return self }
    return switch self {
    case .number: .null
    case .list(let elements): .list(elements.map(\.finite))
    case .object(let members):
      .object(members.map { Member(name: $0.name, value: $0.value.finite) })
    default: self
    }
  }

  private var isFinite: Bool {
    switch self {
    case .number(let number): number.isFinite
    case .list(let elements): elements.allSatisfy(\.isFinite)
    case .object(let members): members.allSatisfy { $0.value.isFinite }
    default: true
    }
  }
}
