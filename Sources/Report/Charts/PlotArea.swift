internal import Records

/// Where the values of two axes lie on the drawing.
struct PlotArea {
  /// The size of every drawing; pages scale it, on phones to about three quarters.
  static let width = 480.0
  static let height = 310.0

  let x: Axis
  let y: Axis
  let left = 64.0
  let right = 458.0
  let top = 28.0
  let bottom = 264.0

  func x(_ value: Double) -> Double {
    left + (right - left) * (value - x.range.lowerBound) / x.range.length
  }

  func y(_ value: Double) -> Double {
    bottom
      - (bottom - top) * (value - y.range.lowerBound) / y.range.length
  }

  /// A coordinate in a tenth of a unit, which no screen shows; far outside it is cut.
  static func text(_ coordinate: Double) -> String {
    guard !coordinate.isNaN else { return "0" }
    let tenths = Int(clamped: (min(max(coordinate, -9999), 9999) * 10).rounded())
    let sign = tenths < 0 ? "-" : ""
    let (whole, rest) = tenths.magnitude.quotientAndRemainder(dividingBy: 10)
    return rest == 0 ? "\(sign)\(whole)" : "\(sign)\(whole).\(rest)"
  }

  /// The path through some places.
  func path(through points: [Point]) -> String {
    points.map { "\(Self.text(x($0.x))) \(Self.text(y($0.y)))" }
      .enumerated().map { ($0 == 0 ? "M" : "L") + $1 }.joined()
  }
}
