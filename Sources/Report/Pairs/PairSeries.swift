/// What figures show of the pairs of a dataset.
package struct PairSeries {
  /// Such as `before` or `old`.
  package var name: String
  package var ink: Ink
  package var count: Int
  /// The length of a pair's chosen answer, by the pair's number.
  package var chosenLength: (Int) -> Double
  package var rejectedLength: (Int) -> Double
  /// chosen score − rejected score; NaN without scores.
  package var margin: (Int) -> Double

  package init(
    _ name: String, _ ink: Ink, count: Int, chosenLength: @escaping (Int) -> Double,
    rejectedLength: @escaping (Int) -> Double, margin: @escaping (Int) -> Double
  ) {
    self.name = name
    self.ink = ink
    self.count = count
    self.chosenLength = chosenLength
    self.rejectedLength = rejectedLength
    self.margin = margin
  }

  func lengthGap(_ pair: Int) -> Double { chosenLength(pair) - rejectedLength(pair) }
}
