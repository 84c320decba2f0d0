/// What is summed up over candidates: a number, or one for each refit.
protocol Additive {
  static var zero: Self { get }
  static var one: Self { get }

  static func + (left: Self, right: Self) -> Self
  static func - (left: Self, right: Self) -> Self
  static func * (left: Self, right: Self) -> Self
  static func * (left: Self, right: Double) -> Self
  static func += (left: inout Self, right: Self)

  /// One over it; 0 where that is infinite.
  var share: Self { get }
}

extension Double: Additive {
  static var one: Double { 1 }

  var share: Double { self == 0 ? 0 : 1 / self }
}

extension Lanes: Additive {
  static let zero = Lanes(repeating: 0)
  static let one = Lanes(repeating: 1)

  var share: Lanes { (Self.one / self).finite }
}
