internal import Calibrate

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
      note: "Pairs of different length in \(edges.count) groups of about the same size; bars are "
        + "95 % intervals (Wilson). Without a preference for length every dot lies near 50 %.",
      x: Axis("difference of length (\(unit))", Extent(0, end * 1.04)),
      y: Axis("longer answer chosen", Extent(0, 1), .percent),
      layers: [.rule(0.5)]
        + zip(series, shares).map { .dots($1, $0.ink, label: called("longer chosen", $0)) })
  }

  /// The upper edges of groups of differences, in all series together; none where none differs.
  private var differenceEdges: [Double] {
    let count = series.reduce(0) { $0 + $1.count }
    var starts: [Int] = []
    var start = 0
    for part in series {
      starts.append(start)
      start += part.count
    }
    let difference = { (number: Int) -> Double in
      let part = starts.lastIndex { $0 <= number } ?? 0
      let difference = abs(series[part].lengthGap(number - starts[part]))
      return difference > 0 ? difference : .nan
    }
    let population = (0..<count).count { !difference($0).isNaN }
    guard population > 0 else { return [] }
    let edges = (1...Self.groups).map {
      OrderStatistics.quantile(
        Double($0) / Double(Self.groups), population: population, count: count, value: difference)
    }
    return edges.reduce(into: []) { if $0.last != $1 { $0.append($1) } }
  }

  private static func shares(of series: PairSeries, edges: [Double]) -> [Layer.Interval] {
    var groups = [(count: Int, longer: Int, sum: Double)](
      repeating: (0, 0, 0), count: edges.count)
    for pair in 0..<series.count {
      let gap = series.lengthGap(pair)
      guard abs(gap) > 0, let group = edges.firstIndex(where: { abs(gap) <= $0 }) else { continue }
      groups[group].count += 1
      if gap > 0 { groups[group].longer += 1 }
      groups[group].sum += abs(gap)
    }
    return groups.filter { $0.count > 0 }.map { group in
      let share = Double(group.longer) / Double(group.count)
      let bounds = wilson(share, Double(group.count))
      return Layer.Interval(
        x: group.sum / Double(group.count), y: share, lower: bounds.lower, upper: bounds.upper)
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
      range = Extent.union(range, Extent.ofMost(part.count, value: part.chosenLength))
      range = Extent.union(range, Extent.ofMost(part.count, value: part.rejectedLength))
    }
    guard let range else { return [] }
    let bins = Bins(covering: range, about: Self.lengthBins, areWhole: true)
    let histograms = series.map {
      (
        chosen: Histogram($0.count, in: bins, value: $0.chosenLength),
        rejected: Histogram($0.count, in: bins, value: $0.rejectedLength)
      )
    }
    let top = histograms.flatMap { [$0.chosen, $0.rejected] }.map(\.highest).max() ?? 1
    return zip(series, histograms).map { part, histogram in
      let outside = histogram.chosen.outside + histogram.rejected.outside
      return Chart(
        "Length of answers" + (part.name.isEmpty ? "" : ", \(part.name)"),
        note: Self.note(outside: outside, of: 2 * part.count, what: "answers"),
        x: Axis("length (\(unit))", Extent(bins.start, bins.end)),
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
    let scored = series.filter { part in (0..<part.count).contains { !part.margin($0).isNaN } }
    var range: Extent?
    for part in scored {
      range = Extent.union(range, Extent.ofMost(part.count, value: part.margin))
    }
    guard let range, range.length > 0 else { return nil }
    let bins = Bins(covering: range, about: Self.marginBins)
    let histograms = scored.map { Histogram($0.count, in: bins, value: $0.margin) }
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
