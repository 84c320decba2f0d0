/// The ranks of a short column, for its correlations with several others.
package struct ShortRanks {
  private var values: [Double] = []
  /// Twice the centred ranks, which are whole; none where sorting is sooner.
  private var ranks: [Int] = []
  private var variation = 0

  /// Few ranks are found sooner by counting than by sorting.
  private static let limit = 32

  package init() {}

  /// Takes another column, without NaN.
  package mutating func rank(_ column: Span<Double>) {
    values.removeAll(keepingCapacity: true)
    ranks.removeAll(keepingCapacity: true)
    variation = 0
    for place in column.indices { values.append(column[place]) }
    guard column.count <= Self.limit else { return }
    for place in column.indices {
      let rank = Self.rank(of: column[place], in: column)
      ranks.append(rank)
      variation += rank * rank
    }
  }

  /// Spearman's correlation with a column of the same length, without NaN; nil if either has only one
  /// value.
  package func correlation(with column: Span<Double>) -> Double? {
    guard column.count > 1 else { return nil }
    guard column.count <= Self.limit else {
      return Spearman.correlationBySorting(values, column.indices.map { column[$0] })
    }
    guard variation > 0 else { return nil }
    var (covariance, otherVariation) = (0, 0)
    for place in column.indices {
      let rank = Self.rank(of: column[place], in: column)
      covariance += ranks[place] * rank
      otherVariation += rank * rank
    }
    return Spearman.correlation(
      Double(covariance) / 4, Double(variation) / 4, Double(otherVariation) / 4)
  }

  private static func rank(of value: Double, in column: Span<Double>) -> Int {
    var rank = -column.count
    for place in column.indices {
      let other = column[place]
      rank += (other < value ? 1 : 0) + (other <= value ? 1 : 0)
    }
    return rank
  }
}
