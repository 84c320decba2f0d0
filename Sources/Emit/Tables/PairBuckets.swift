/// Runs of pairs that no data file of any profile parts, so that texts which are put aside bucket by
/// bucket can be fetched for every file alone.
///
/// Profiles with several rows a pair are cut elsewhere than those with one.
package struct PairBuckets: Equatable, Sendable {
  /// Pairs, by their numbers in the split.
  package struct Bucket: Equatable, Sendable {
    package let split: DatasetSplit
    package let pairs: Range<Int>
  }

  /// In the order of the splits, and in each of the pairs.
  package let all: [Bucket]

  package init(of layout: DatasetLayout) {
    all = layout.splits.flatMap { split in
      let ends = Set(
        layout.profiles.flatMap { layout.ranges(of: $0, split).map(\.upperBound) }
      ).sorted()
      return zip([0] + ends, ends).map { Bucket(split: split, pairs: $0..<$1) }
    }
  }

  /// The number of the bucket that a pair is in; the pair has to be one of the split's.
  package func number(of pair: Int, in split: DatasetSplit) -> Int {
    // The last one that does not begin after the pair.
    var (low, high) = (0, all.count - 1)
    while low < high {
      let middle = (low + high + 1) / 2
      let isAfter =
        all[middle].split == split
        ? all[middle].pairs.lowerBound > pair : split.precedes(all[middle].split)
      if isAfter { high = middle - 1 } else { low = middle }
    }
    precondition(all[low].split == split && all[low].pairs.contains(pair), "no such pair")
    return low
  }

  /// The numbers of the buckets that a data file consists of.
  package func numbers(of output: DatasetLayout.Output) -> Range<Int> {
    number(of: output.pairs.lowerBound, in: output.split)..<number(
      of: output.pairs.upperBound - 1, in: output.split) + 1
  }
}

extension DatasetSplit {
  /// Whether another split is written after this one.
  fileprivate func precedes(_ other: DatasetSplit) -> Bool {
    let order = Self.allCases
    return order.firstIndex(of: self) ?? 0 < order.firstIndex(of: other) ?? 0
  }
}
