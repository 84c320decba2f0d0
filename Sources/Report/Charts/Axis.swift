internal import Records

/// What an axis of a chart shows.
package struct Axis: Sendable {
  /// How values are written.
  package enum Format: Sendable {
    case number
    /// As numbers, of which only whole ones are marked.
    case whole
    /// A part of one as percent.
    case percent
    /// Names at 1, 2, 3 and so on.
    case names([String])
  }

  /// With the unit, if there is one.
  package var label: String
  package var range: Extent
  package var format: Format

  package init(_ label: String, _ range: Extent, _ format: Format = .number) {
    self.label = label
    // An axis without extent would put every mark on one line.
    let least = max(abs(range.lowerBound), abs(range.upperBound)) * 1e-9
    let pad = range.length > least ? 0 : max(abs(range.lowerBound) * 0.1, 1)
    self.range = Extent(range.lowerBound - pad, range.upperBound + pad)
    self.format = format
  }

  /// The values that are marked, as texts.
  func ticks(about count: Int) -> [(value: Double, text: String)] {
    if case .names(let names) = format {
      return names.enumerated().map { (Double($0 + 1), $1) }
    }
    let (scale, unit) = if case .percent = format { (100.0, " %") } else { (1.0, "") }
    let values = Ticks.values(
      in: Extent(range.lowerBound * scale, range.upperBound * scale), about: count,
      atLeast: isWhole ? 1 : 0)
    let step = values.count > 1 ? values[1] - values[0] : max(abs(values.first ?? 1), 1e-9)
    return values.map {
      ($0 / scale, Ticks.text($0, step: step) + unit)
    }
  }

  private var isWhole: Bool { if case .whole = format { true } else { false } }

  /// A value in words, for those who point at a mark and for tables.
  func text(_ value: Double) -> String {
    guard value.isFinite else { return "–" }
    switch format {
    case .percent: return Ticks.text(value * 100, step: 0.1) + " %"
    case .names(let names):
      let place = Int(clamped: value.rounded())
      return place >= 1 && place <= names.count ? names[place - 1] : ""
    case .number, .whole:
      return Ticks.text(value, step: Ticks.roundStep(range.length / 1000))
    }
  }
}
