internal import Calibrate
internal import Job
internal import Records
internal import Report
internal import Settings

/// The bias curves of an earlier round beside the new ones.
struct PreviousCurveFigures {
  let previous: PreviousCurves
  let characteristics: [Configuration.Characteristic]

  var charts: [Chart?] { previous.changes.map(chart) }

  private func chart(of change: CurveChange) -> Chart? {
    let former = change.places.map { Point(x: $0.length, y: $0.former) }
    let current = change.places.map { Point(x: $0.length, y: $0.current) }
    let heights = (former + current).map(\.y)
    guard let least = heights.min(), let most = heights.max(), let start = former.first?.x,
      let end = former.last?.x,
      let measure = characteristics.first(where: { $0.measure.name == change.characteristic })?
        .measure
    else { return nil }
    let band = change.places.compactMap { place in
      place.halfWidth.isFinite
        ? Layer.Interval(
          x: place.length, y: place.current, lower: place.current - place.halfWidth,
          upper: place.current + place.halfWidth) : nil
    }
    return Chart(
      "Bias by \(measure.name), now and before", note: note(of: change),
      x: Axis("\(measure.name) (\(measure.unit))", Extent(start, end)),
      y: Axis("bias (reward)", Extent(least, most).widened(by: 0.2)),
      layers: [.rule(0)]
        + (band.isEmpty ? [] : [.band(band, .after, label: "95 % interval of the difference")])
        + [
          .line(former, .before, label: "earlier curve"),
          .line(current, .after, label: "new curve"),
        ])
  }

  private func note(of change: CurveChange) -> String {
    let sentence =
      change.largest.map { place in
        let interval = place.interval.map {
          " (95 % interval of this one difference "
            + "\(Quantity.signed($0.lowerBound, places: 3)) to "
            + "\(Quantity.signed($0.upperBound, places: 3)))"
        }
        return " They differ most at \(Quantity.decimal(place.length, places: 0)), by "
          + "\(Quantity.signed(place.difference, places: 3))\(interval ?? "")."
      } ?? ""
    let transform =
      previous.otherTransform.map {
        " The earlier curve is of other rewards (calibration.transform: \($0))."
      } ?? ""
    return
      "The earlier curve is that of \(previous.source.path). A bias is known up to a constant, "
      + "so both are drawn about their values at \(Quantity.decimal(change.reference, places: 0))."
      + sentence + transform
  }
}
