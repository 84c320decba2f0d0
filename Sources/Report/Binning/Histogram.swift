/// How many values lie in each bin.
package struct Histogram: Sendable {
  package let bins: Bins
  package private(set) var counts: [Int]
  /// Values in no bin.
  package private(set) var outside = 0

  /// Counts values, NaN left out.
  package init(_ count: Int, in bins: Bins, value: (Int) -> Double) {
    self.bins = bins
    counts = Array(repeating: 0, count: bins.count)
    for number in 0..<count {
      let value = value(number)
      if let bin = bins.index(of: value) {
        counts[bin] += 1
      } else if !value.isNaN {
        outside += 1
      }
    }
  }

  /// All values, those outside too.
  package var total: Int { counts.reduce(outside, +) }

  /// The part of all values that lies in a bin.
  package func share(of bin: Int) -> Double {
    total == 0 ? 0 : Double(counts[bin]) / Double(total)
  }
}
