/// The shape of a mark, so that groups of them differ without colour.
package enum MarkShape: CaseIterable, Sendable {
  case circle, square, triangle, diamond, cross

  /// The mark as a path around its centre.
  func path(x: Double, y: Double) -> String {
    let place = "M\(PlotArea.text(x)) \(PlotArea.text(y))"
    return switch self {
    case .circle: "\(place)m-3.4 0a3.4 3.4 0 1 0 6.8 0a3.4 3.4 0 1 0 -6.8 0z"
    case .square: "\(place)m-3.1 -3.1h6.2v6.2h-6.2z"
    case .triangle: "\(place)m0 -4.1l3.9 6.8h-7.8z"
    case .cross: "\(place)m-3.2 -3.2l6.4 6.4m0 -6.4l-6.4 6.4"
    case .diamond: "\(place)m0 -4.4l4.2 4.4l-4.2 4.4l-4.2 -4.4z"
    }
  }
}
