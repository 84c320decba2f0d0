extension JSONValue {
  /// A number, or null, also for NaN, which JSON cannot hold.
  package init(_ number: Double?) {
    self = number.flatMap { $0.isNaN ? nil : JSONValue.number($0) } ?? .null
  }
}
