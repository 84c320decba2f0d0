extension Int {
  /// The whole part of a number that data decides on.
  ///
  /// Where it is beyond all integers it is the nearest one, and 0 for NaN: `Int(_:)` would end the
  /// program there.
  package init(clamped number: Double) {
    if let exact = Int(exactly: number.rounded(.towardZero)) {
      self = exact
    } else {
      self = number.isNaN ? 0 : number < 0 ? .min : .max
    }
  }
}
