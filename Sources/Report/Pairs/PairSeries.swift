package import Columns

/// What figures show of the pairs of a dataset.
package struct PairSeries {
  /// Such as `before` or `old`.
  package var name: String
  package var ink: SeriesColor
  /// By the number of the pair the lengths of both answers.
  let chosenLengths: any NumberSource
  let rejectedLengths: any NumberSource
  /// chosen score − rejected score; NaN without scores.
  let margins: any NumberSource

  package init(
    _ name: String, _ ink: SeriesColor, chosenLengths: any NumberSource,
    rejectedLengths: any NumberSource, margins: any NumberSource
  ) {
    self.name = name
    self.ink = ink
    self.chosenLengths = chosenLengths
    self.rejectedLengths = rejectedLengths
    self.margins = margins
  }

  package init(
    _ name: String, _ ink: SeriesColor, count: Int, chosenLength: @escaping (Int) -> Double,
    rejectedLength: @escaping (Int) -> Double, margin: @escaping (Int) -> Double
  ) {
    self.init(
      name, ink, chosenLengths: ComputedColumn(count: count, value: chosenLength),
      rejectedLengths: ComputedColumn(count: count, value: rejectedLength),
      margins: ComputedColumn(count: count, value: margin))
  }

  package var count: Int { chosenLengths.count }
}
