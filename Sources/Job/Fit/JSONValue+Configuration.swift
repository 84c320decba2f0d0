package import JSON
package import Settings

extension JSONValue {
  /// A configuration's values.
  package init(_ value: ConfigValue) {
    self =
      switch value {
      case .null: .null
      case .bool(let value): .bool(value)
      case .int(let value): .integer(value)
      case .double(let value): .number(value)
      case .string(let value): .string(value)
      case .list(let elements): .list(elements.map(JSONValue.init))
      case .mapping(let entries):
        .object(entries.map { .init(name: $0.key, value: JSONValue($0.value)) })
      }
  }
}

extension Configuration {
  /// How curves are fitted, as a saved curve tells it.
  ///
  /// - Parameter source: the file of a curve that was read back; it was fitted elsewhere, with
  ///   settings that are not these.
  package func fitDocument(from source: CurveSource?) -> JSONValue {
    if let source {
      return ["version": .string(dpoPrepVersion), "read_from": source.document]
    }
    let values = resolvedValues()["calibration"].map(JSONValue.init) ?? .null
    return ["version": .string(dpoPrepVersion), "calibration": values]
  }
}
