/// Kendall's rank correlation tau-b.
///
/// Source: M. G. Kendall, "The treatment of ties in ranking problems", Biometrika 33, 1945.
enum Kendall {
  /// The correlation of two columns; nil if either has only one value.
  ///
  /// - Complexity: O(n²), for some hundred models.
  static func correlation(_ first: [Double], _ second: [Double]) -> Double? {
    var (agreement, firstPairs, secondPairs) = (0, 0, 0)
    for place in first.indices {
      for other in first.indices[..<place] {
        let x = first[place] > first[other] ? 1 : first[place] < first[other] ? -1 : 0
        let y = second[place] > second[other] ? 1 : second[place] < second[other] ? -1 : 0
        agreement += x * y
        firstPairs += x * x
        secondPairs += y * y
      }
    }
    guard firstPairs > 0, secondPairs > 0 else { return nil }
    return Double(agreement) / (Double(firstPairs).squareRoot() * Double(secondPairs).squareRoot())
  }
}
