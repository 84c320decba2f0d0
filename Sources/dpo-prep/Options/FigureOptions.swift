internal import Emit

/// Where the figures of a report go, each as a file by itself, and what files they are.
struct FigureOptions: Equatable, Sendable {
  /// Nil where none are asked for.
  var folder: String?
  /// Nil for SVG.
  var format: SVGConverter.Format?
}
