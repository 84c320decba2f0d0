internal import Records
internal import Settings

/// The bounds of margins as differences of scores.
package struct MarginBounds: Equatable, Sendable {
  package let minimum: Double
  package let maximum: Double?

  /// - Parameter margins: Those of all pairs that there would be without bounds, in the order of
  ///   their prompts; is asked only for what is relative.
  init(_ pairs: Configuration.Pairs, margins: () throws -> [Double]) rethrows {
    let isRelative = pairs.minMargin.isRelative || pairs.maxMargin?.isRelative ?? false
    let distribution = isRelative ? Distribution(try margins()) : Distribution([])
    minimum = distribution.value(of: pairs.minMargin) ?? 0
    maximum = pairs.maxMargin.flatMap(distribution.value)
  }

  /// The margins of pairs.
  private struct Distribution {
    private let ascending: [Double]
    private let deviation: Double?

    init(_ margins: [Double]) {
      ascending = margins.sorted()
      let count = Double(margins.count)
      let mean = margins.reduce(0, +) / count
      let squares = margins.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      deviation = margins.isEmpty ? nil : (squares / count).squareRoot()
    }

    /// Nil for what is relative where there is no pair.
    func value(of margin: Margin) -> Double? {
      switch margin {
      case .score(let score): return score
      case .deviations(let count): return deviation.map { $0 * count }
      case .percentile(let percent):
        guard let last = ascending.indices.last else { return nil }
        let rank = Int(clamped: (percent * Double(ascending.count) / 100).rounded(.up)) - 1
        return ascending[min(max(rank, 0), last)]
      }
    }
  }
}
