internal import Records

/// Neighbouring intervals of one round width, each with its lower edge and without its upper one.
package struct Bins: Equatable, Sendable {
  /// The lower edge of the first.
  package let start: Double
  package let width: Double
  package let count: Int

  package var end: Double { start + width * Double(count) }

  /// Bins that hold a range.
  ///
  /// - Parameters:
  ///   - target: About how many there shall be; never more than two and a half times as many.
  ///   - areWhole: Whether values are whole numbers, so that narrower bins would beat with them.
  package init(covering range: Extent, about target: Int, areWhole: Bool = false) {
    let least = max(abs(range.lowerBound), abs(range.upperBound), 1e-300) * 1e-12
    var width = Ticks.roundStep(max(range.length / Double(target), least))
    if areWhole { width = max(1, width) }
    let first = (range.lowerBound / width).rounded(.down)
    let last = (range.upperBound / width).rounded(.down)
    self.width = width
    start = first * width
    count = max(1, Int(clamped: last - first) + 1)
  }

  /// The bin that holds a value; nil outside and for NaN.
  package func index(of value: Double) -> Int? {
    let place = ((value - start) / width).rounded(.down)
    return place >= 0 && place < Double(count) ? Int(clamped: place) : nil
  }

  package func lowerEdge(of bin: Int) -> Double { start + width * Double(bin) }

  package func center(of bin: Int) -> Double { start + width * (Double(bin) + 0.5) }
}
