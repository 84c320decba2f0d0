internal import Calibrate
internal import Ingest
internal import Records
internal import Report
internal import Settings

/// Rewards against each characteristic with the bias curve, and what calibration leaves.
struct BiasFigures {
  let table: CandidateTable
  let curves: [BiasCurve]
  let scores: FinalScores
  let characteristics: [Configuration.Characteristic]

  private static let columns = 60
  private static let rows = 44
  private static let curvePlaces = 200

  var figures: [Node] {
    characteristics.indices.flatMap { number -> [Node] in
      guard let panels = panels(number) else { return [] }
      return panels.enumerated().map { $1.figure(id: "bias-\(number + 1)-\($0 + 1)") }
    }
  }

  /// Before the characteristic's bias is removed, and in the end.
  private func panels(_ number: Int) -> [Chart]? {
    let column = table.lengths[number]
    // What the characteristics before this one leave of the reward.
    let former = Calibrator(
      curves: Array(curves.prefix(number)), levels: table.lengths.map(\.levels))
    let reward = { (candidate: Int) -> Double in
      former.score(table.rewards[candidate]) { table.lengths[$0].codes[candidate] }
    }
    let count = table.candidateCount
    let length = { (candidate: Int) -> Double in
      table.rewards[candidate].isNaN ? .nan : column[candidate]
    }
    guard let lengths = Extent.ofMost(count, value: length),
      let rewards = Extent.ofMost(count, value: reward),
      let finals = Extent.ofMost(count, value: { scores[$0] })
    else { return nil }
    // Both panels with the same scale, each around its own middle.
    let half = max(
      rewards.upperBound / 2 - rewards.lowerBound / 2, finals.upperBound / 2 - finals.lowerBound / 2
    )
    let bins = Bins(covering: lengths, about: Self.columns, areWhole: column.isWhole)
    func grid(_ range: ClosedRange<Double>, _ value: (Int) -> Double) -> DensityGrid {
      let middle = range.lowerBound / 2 + range.upperBound / 2
      let rows = Bins(covering: (middle - half)...(middle + half), about: Self.rows)
      return DensityGrid(count, columns: bins, rows: rows) { (length($0), value($0)) }
    }
    let before = grid(rewards, reward)
    let after = grid(finals) { scores[$0] }
    let measure = characteristics[number].measure
    let others = number == 0 ? "" : " less the bias removed before"
    return [
      chart(
        "Rewards against \(measure.name)\(others)", "reward", measure, before,
        curve: curve(number, over: bins, rewards: reward)),
      chart("Scores against \(measure.name)", "score", measure, after, curve: []),
    ]
  }

  private func chart(
    _ title: String, _ value: String, _ measure: Characteristic, _ grid: DensityGrid,
    curve: [Layer]
  ) -> Chart {
    Chart(
      title,
      note: "The stronger the shade, the more candidates (logarithmic); dots are means."
        + (PairFigures.note(
          outside: grid.outside, of: table.ledger.candidatesKept, what: "candidates"
        ).map { " \($0)" } ?? ""),
      x: Axis("\(measure.name) (\(measure.unit))", grid.columns.start...grid.columns.end),
      y: Axis(value, grid.rows.start...grid.rows.end),
      layers: [
        .density(grid),
        .dots(grid.means.map { Layer.Interval($0) }, .neutral, label: "mean \(value)"),
      ] + curve)
  }

  private func curve(
    _ number: Int, over bins: Bins, rewards: (Int) -> Double
  ) -> [Layer] {
    guard number < curves.count else { return [] }
    let curve = curves[number]
    let shift = curve.knots.isEmpty ? meanOffset(of: number, rewards: rewards) : 0
    let points = (0...Self.curvePlaces).compactMap { place -> Point? in
      let length = bins.start + (bins.end - bins.start) * Double(place) / Double(Self.curvePlaces)
      return curve.bias(at: length).map { Point(x: length, y: $0 + shift) }
    }
    return points.isEmpty ? [] : [.line(points, .curve, label: "bias")]
  }

  /// What lies between a penalty, which starts at nothing, and the rewards.
  private func meanOffset(of number: Int, rewards: (Int) -> Double) -> Double {
    var moments = StreamingMoments()
    for candidate in 0..<table.candidateCount {
      let reward = rewards(candidate)
      guard !reward.isNaN, let bias = curves[number].bias(at: table.lengths[number][candidate])
      else { continue }
      moments.add(reward - bias)
    }
    return moments.mean
  }
}
