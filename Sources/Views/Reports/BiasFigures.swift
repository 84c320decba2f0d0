internal import Calibrate
internal import Columns
internal import Ingest
internal import Job
internal import Records
internal import Report
internal import Scan
internal import Settings

/// Rewards against each characteristic with the bias curve, and what calibration leaves.
struct BiasFigures {
  let table: CandidateTable
  let fit: FitStage.Result
  let scores: FinalScores
  let characteristics: [Configuration.Characteristic]
  /// How often the fit weighed outliers down; 0 also where that is not known.
  var robustPasses = 0

  private static let columns = 60
  private static let rows = 44
  private static let curvePlaces = 200

  var figures: [Node] {
    characteristics.indices.flatMap { number -> [Node] in
      guard let panels = panels(number) else { return [] }
      return panels.enumerated().map { $1.figure(id: "bias-\(number + 1)-\($0 + 1)") }
    }
  }

  /// For each curve the bias, and below it where the candidates lie.
  var curves: [[Chart]] {
    fit.curves.indices.compactMap { number in
      let (column, measure) = (table.measures[number], characteristics[number].measure)
      let lengths = UsableLengths(table, number)
      guard let extent = Extent.ofMost(lengths) else { return nil }
      let bins = Bins(covering: extent, about: Self.columns, areWhole: column.isWhole)
      let layers = curve(number, over: bins)
      guard let heights = Self.heights(of: layers, over: bins) else { return nil }
      let histogram = Histogram(of: lengths, in: bins)
      let count = Quantity.count(table.ledger.candidatesKept)
      let most = (0..<bins.count).map(histogram.share).max() ?? 0
      let x = axis(number, bins)
      return [
        Chart(
          "Bias of the reward by \(measure.name), \(count) candidates", x: x,
          y: Axis("bias (reward)", heights.widened(by: 0.05)), layers: [.rule(0)] + layers),
        Chart(
          "Candidates by \(measure.name)",
          note: PairFigures.note(
            outside: histogram.outside, of: histogram.total, what: "candidates"),
          x: x, y: Axis("share of candidates", Extent(0, most * 1.05), .percent),
          layers: [.histogram(histogram, .neutral, label: "")]),
      ]
    }
  }

  /// From the lowest place of a curve to its highest, with the band as far as it leaves the curve to be
  /// seen.
  private static func heights(of layers: [Layer], over bins: Bins) -> Extent? {
    var (curve, band): (Extent?, Extent?)
    for layer in layers {
      switch layer {
      case .line(let points, _, _):
        for point in points where point.y.isFinite {
          curve = Extent.union(curve, Extent(point.y, point.y))
        }
      case .band(let intervals, _, _):
        for interval in intervals
        where bins.index(of: interval.x) != nil && interval.lower.isFinite
          && interval.upper.isFinite
        {
          band = Extent.union(band, Extent(interval.lower, interval.upper))
        }
      default: break
      }
    }
    guard let curve, let band else { return curve }
    let most = curve.widened(by: 1)
    guard most.length > 0 else { return Extent.union(curve, band) }
    return Extent(
      max(most.lowerBound, min(curve.lowerBound, band.lowerBound)),
      min(most.upperBound, max(curve.upperBound, band.upperBound)))
  }

  /// Before the characteristic's bias is removed, and in the end.
  private func panels(_ number: Int) -> [Chart]? {
    let column = table.measures[number]
    // What the characteristics before this one leave of the reward, or all others that it was fitted
    // together with.
    let removed =
      fit.isJoint
      ? fit.curves.enumerated().map { $0 == number ? $1.removed(alpha: 0) : $1 }
      : Array(fit.curves.prefix(number))
    let rewards = CalibratedRewards(table, curves: removed)
    let lengths = UsableLengths(table, number)
    guard let lengthExtent = Extent.ofMost(lengths), let rewardExtent = Extent.ofMost(rewards),
      let scoreExtent = Extent.ofMost(scores)
    else { return nil }
    // Both panels with the same scale, each around its own middle.
    let half = max(rewardExtent.length, scoreExtent.length) / 2
    let bins = Bins(covering: lengthExtent, about: Self.columns, areWhole: column.isWhole)
    func grid(_ range: Extent, _ values: any NumberSource) -> DensityGrid {
      let middle = range.lowerBound / 2 + range.upperBound / 2
      let rows = Bins(covering: Extent(middle - half, middle + half), about: Self.rows)
      return DensityGrid(of: lengths, values, columns: bins, rows: rows)
    }
    let before = grid(rewardExtent, rewards)
    let after = grid(scoreExtent, scores)
    let name = characteristics[number].measure.name
    let others =
      fit.isJoint
      ? " less the bias of the others" : number == 0 ? "" : " less the bias removed before"
    let supports = support(number, over: bins)
    return [
      chart(
        "Rewards against \(name)\(others)", "reward", number, before,
        curve: curve(number, over: bins, shift: shift(of: number, rewards: rewards))),
      chart("Scores against \(name)", "score", number, after, curve: []),
    ] + supports
  }

  /// The horizontal axis of a characteristic.
  private func axis(_ number: Int, _ bins: Bins) -> Axis {
    let measure = characteristics[number].measure
    return Axis(
      "\(measure.name) (\(measure.unit))", Extent(bins.start, bins.end),
      table.measures[number].isWhole ? .whole : .number)
  }

  /// How many candidates each part of the curve rests on.
  private func support(_ number: Int, over bins: Bins) -> [Chart] {
    guard number < fit.fitted.count, let support = fit.fitted[number].support else { return [] }
    let places = support.places.filter { $0.length <= bins.end && $0.length >= bins.start }
    guard let most = places.map(\.effectiveCount).max(), most > 0 else { return [] }
    let least = Quantity.decimal(CurveSupport.leastCount, places: 0)
    return [
      Chart(
        "Candidates that the curve rests on",
        note: "The effective number (Σw)² / Σw² of the weights in each regression window. For "
          + "\(Quantity.percent(support.weakShare)) of the candidates it is below \(least).",
        x: axis(number, bins),
        y: Axis("effective candidates", Extent(0, most * 1.05)),
        layers: [
          .line(
            places.map { Point(x: $0.length, y: $0.effectiveCount) }, .curve,
            label: "effective candidates")
        ])
    ]
  }

  private func chart(
    _ title: String, _ value: String, _ number: Int, _ grid: DensityGrid, curve: [Layer]
  ) -> Chart {
    Chart(
      title,
      note: "Shades count candidates, by the logarithm; dots are means."
        + (curve.isEmpty || robustPasses == 0
          ? "" : " The curve follows the bulk, as robust passes weigh outliers down.")
        + (PairFigures.note(
          outside: grid.outside, of: table.ledger.candidatesKept, what: "candidates"
        ).map { " \($0)" } ?? ""),
      x: axis(number, grid.columns),
      y: Axis(value, Extent(grid.rows.start, grid.rows.end)),
      layers: [
        .density(grid, what: "candidates"),
        .dots(
          grid.means.map { Layer.Interval($0.mean, count: $0.count) }, .neutral,
          label: "mean \(value)"),
      ] + curve)
  }

  /// - Parameter shift: what is added to the bias.
  private func curve(_ number: Int, over bins: Bins, shift: Double = 0) -> [Layer] {
    guard number < fit.curves.count else { return [] }
    let curve = fit.curves[number]
    let points = (0...Self.curvePlaces).compactMap { place -> Point? in
      let length = bins.start + (bins.end - bins.start) * Double(place) / Double(Self.curvePlaces)
      return curve.bias(at: length).map { Point(x: length, y: $0 + shift) }
    }
    guard !points.isEmpty else { return [] }
    let band = (fit.fitted[number].support?.places ?? []).compactMap { place -> Layer.Interval? in
      guard let bias = curve.bias(at: place.length), !place.halfWidth.isNaN else { return nil }
      let band = place.band(at: bias)
      return Layer.Interval(x: place.length, y: bias, lower: band.lower, upper: band.upper)
    }
    return (band.isEmpty ? [] : [.band(band, .curve, label: "95 % band")])
      + [.line(points, .curve, label: "bias")]
  }

  /// What lies between a curve and the rewards: for a penalty, which starts at nothing, the mean.
  private func shift(of number: Int, rewards: CalibratedRewards) -> Double {
    guard number < fit.curves.count, fit.curves[number].knots.isEmpty else { return 0 }
    var moments = StreamingMoments()
    for candidate in 0..<table.candidateCount {
      let reward = rewards[candidate]
      guard !reward.isNaN, let bias = fit.curves[number].bias(at: table.measures[number][candidate])
      else { continue }
      moments.add(reward - bias)
    }
    return moments.mean
  }
}

/// A characteristic of the usable candidates; NaN of the others.
private struct UsableLengths: NumberSource {
  private let levels: [Double]
  private let codes: Columns.Column<UInt32>
  private let rewards: Columns.Column<Double>

  init(_ table: CandidateTable, _ number: Int) {
    levels = table.measures[number].levels
    codes = table.measures[number].codes
    rewards = table.rewards
  }

  var count: Int { rewards.count }

  subscript(candidate: Int) -> Double {
    rewards[candidate].isNaN ? .nan : levels[Int(codes[candidate])]
  }
}
