package import Columns

/// How many values lie in each bin.
package struct Histogram: Sendable {
  package let bins: Bins
  package private(set) var counts: [Int]
  /// Values in no bin.
  package private(set) var outside = 0

  /// Counts numbers, NaN left out.
  package init(of numbers: any NumberSource, in bins: Bins) {
    self.bins = bins
    counts = Array(repeating: 0, count: bins.count)
    numbers.forEachBlock { block in
      for index in block.indices {
        let value = block[index]
        if let bin = bins.index(of: value) {
          counts[bin] += 1
        } else if !value.isNaN {
          outside += 1
        }
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
