internal import Calibrate
internal import Columns
internal import Records

/// The figures of one dataset's pairs, or of two to compare.
package struct PairFigures {
  private let series: [PairSeries]
  /// The unit of lengths, such as `code points`.
  private let unit: String

  /// - Parameter series: Those without pairs are left out.
  package init(_ series: [PairSeries], unit: String) {
    self.series = series.filter { $0.count > 0 }
    self.unit = unit
  }

  private func called(_ label: String, _ series: PairSeries) -> String {
    series.name.isEmpty ? label : series.name
  }

  // MARK: Longer chosen

  private static let groups = 10

  /// The share of pairs whose chosen answer is the longer, by how much lengths differ.
  package var longerChosen: Chart? {
    let edges = differenceEdges
    guard let last = edges.last else { return nil }
    let shares = series.map { Self.shares(of: $0, edges: edges) }
    let end = shares.flatMap { $0 }.map(\.x).max() ?? last
    return Chart(
      "Longer answer chosen, by difference of length",
      note:
        "Pairs of different length in \(Quantity.count(edges.count, "group")) of about the same size; bars are "
        + "95 % intervals (Wilson). Without a preference for length every dot lies near 50 %.",
      x: Axis("difference of length (\(unit))", Extent(0, end * 1.04)),
      y: Axis("longer answer chosen", Extent(0, 1), .percent),
      layers: [.rule(0.5)]
        + zip(series, shares).map { .dots($1, $0.ink, label: called("longer chosen", $0)) })
  }

  /// The upper edges of groups of differences, in all series together; none where none differs.
  private var differenceEdges: [Double] {
    let differences = JoinedColumn(series.map(LengthDifferences.init))
    let edges = OrderStatistics.quantiles(
      (1...Self.groups).map { Double($0) / Double(Self.groups) }, of: differences)
    guard edges.allSatisfy({ !$0.isNaN }) else { return [] }
    return edges.reduce(into: []) { if $0.last != $1 { $0.append($1) } }
  }

  private static func shares(of series: PairSeries, edges: [Double]) -> [Layer.Interval] {
    var groups = [(count: Int, longer: Int, sum: Double)](
      repeating: (0, 0, 0), count: edges.count)
    series.chosenLengths.forEachBlock(beside: series.rejectedLengths) { chosen, rejected in
      for pair in chosen.indices {
        let gap = chosen[pair] - rejected[pair]
        guard abs(gap) > 0, let group = edges.firstIndex(where: { abs(gap) <= $0 }) else {
          continue
        }
        groups[group].count += 1
        if gap > 0 { groups[group].longer += 1 }
        groups[group].sum += abs(gap)
      }
    }
    return groups.filter { $0.count > 0 }.map { group in
      let share = Double(group.longer) / Double(group.count)
      let bounds = wilson(share, Double(group.count))
      return Layer.Interval(
        x: group.sum / Double(group.count), y: share, lower: bounds.lower, upper: bounds.upper,
        count: group.count)
    }
  }

  /// The interval that holds a share with a probability of 95 %.
  ///
  /// Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference",
  /// JASA 22, 1927.
  static func wilson(_ share: Double, _ count: Double) -> (lower: Double, upper: Double) {
    let z = 1.959963984540054
    let center = (share + z * z / (2 * count)) / (1 + z * z / count)
    let half =
      z / (1 + z * z / count)
      * (share * (1 - share) / count + z * z / (4 * count * count)).squareRoot()
    return (max(0, center - half), min(1, center + half))
  }

  // MARK: Lengths

  private static let lengthBins = 60

  /// For each series the lengths of chosen and rejected answers, with the same axes.
  package var lengths: [Chart] {
    var range: Extent?
    for part in series {
      range = Extent.union(range, Extent.ofMost(part.chosenLengths))
      range = Extent.union(range, Extent.ofMost(part.rejectedLengths))
    }
    guard let range else { return [] }
    let bins = Bins(covering: range, about: Self.lengthBins, areWhole: true)
    let histograms = series.map {
      (
        chosen: Histogram(of: $0.chosenLengths, in: bins),
        rejected: Histogram(of: $0.rejectedLengths, in: bins)
      )
    }
    let top = histograms.flatMap { [$0.chosen, $0.rejected] }.map(\.highest).max() ?? 1
    return zip(series, histograms).map { part, histogram in
      let outside = histogram.chosen.outside + histogram.rejected.outside
      return Chart(
        "Length of answers" + (part.name.isEmpty ? "" : ", \(part.name)"),
        note: Self.note(outside: outside, of: 2 * part.count, what: "answers"),
        x: Axis("length (\(unit))", Extent(bins.start, bins.end), .whole),
        y: Axis("share of answers", Extent(0, top * 1.05), .percent),
        layers: [
          .histogram(histogram.rejected, .rejected, label: "rejected"),
          .histogram(histogram.chosen, .chosen, label: "chosen"),
        ])
    }
  }

  // MARK: Margins

  private static let marginBins = 60

  /// How far apart scores are.
  package var margins: Chart? {
    let scored = series.filter { part in (0..<part.count).contains { !part.margins[$0].isNaN } }
    var range: Extent?
    for part in scored {
      range = Extent.union(range, Extent.ofMost(part.margins))
    }
    guard let range, range.length > 0 else { return nil }
    let bins = Bins(covering: range, about: Self.marginBins)
    let histograms = scored.map { Histogram(of: $0.margins, in: bins) }
    let top = histograms.map(\.highest).max() ?? 1
    return Chart(
      "Margin between chosen and rejected",
      note: Self.note(
        outside: histograms.reduce(0) { $0 + $1.outside },
        of: histograms.reduce(0) { $0 + $1.total }, what: "pairs"),
      x: Axis("score of chosen − score of rejected", Extent(bins.start, bins.end)),
      y: Axis("share of pairs", Extent(0, top * 1.05), .percent),
      layers: zip(scored, histograms).map {
        .histogram($1, $0.ink, label: called("margin", $0))
      })
  }

  /// What is to be said of values that an axis leaves out.
  package static func note(outside: Int, of total: Int, what: String) -> String? {
    guard outside > 0 else { return nil }
    return
      "\(Axis("", Extent(0, 1), .percent).text(Double(outside) / Double(total))) of the \(what) lie "
      + "outside the axes."
  }
}

extension Histogram {
  /// The highest share of a bin.
  fileprivate var highest: Double { (0..<bins.count).map(share).max() ?? 0 }
}

/// How far the lengths of a pair's answers lie apart; NaN where they are the same.
private struct LengthDifferences: NumberSource {
  let series: PairSeries

  init(_ series: PairSeries) { self.series = series }

  var count: Int { series.count }

  subscript(pair: Int) -> Double {
    difference(series.chosenLengths[pair], series.rejectedLengths[pair])
  }

  func copy(from start: Int, into block: inout MutableSpan<Double>) {
    series.chosenLengths.copy(from: start, into: &block)
    withUnsafeTemporaryAllocation(of: Double.self, capacity: block.count) { rejected in
      rejected.initialize(repeating: 0)
      var part = rejected.mutableSpan
      series.rejectedLengths.copy(from: start, into: &part)
      for pair in block.indices { block[pair] = difference(block[pair], part[pair]) }
    }
  }

  private func difference(_ chosen: Double, _ rejected: Double) -> Double {
    let difference = abs(chosen - rejected)
    return difference > 0 ? difference : .nan
  }
}
