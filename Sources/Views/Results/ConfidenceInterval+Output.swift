internal import Evaluate
internal import JSON
internal import Records

extension ConfidenceInterval {
  /// `[81.2, 85.0]`, where figures are shares of `scale`.
  func text(places: Int, scale: Double = 1, isSigned: Bool = false) -> String {
    let bounds = [lower, upper].map {
      isSigned
        ? Quantity.signed($0 * scale, places: places)
        : Quantity.decimal($0 * scale, places: places)
    }
    return "[\(bounds[0]), \(bounds[1])]"
  }
}

extension JSONValue {
  /// The two bounds, or null.
  init(_ interval: ConfidenceInterval?) {
    self = interval.map { .list([.number($0.lower), .number($0.upper)]) } ?? .null
  }

  /// A difference with its interval, and whether it is one at all.
  init(difference: Double?, _ interval: ConfidenceInterval?) {
    self = [
      "value": JSONValue(difference), "lower": JSONValue(interval?.lower),
      "upper": JSONValue(interval?.upper),
      "excludes_zero": interval.map { .bool($0.excludesZero) } ?? .null,
    ]
  }
}
