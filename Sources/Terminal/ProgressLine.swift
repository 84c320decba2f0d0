internal import Records

/// How far a stage is, in as many words as there is room for.
struct ProgressLine {
  let stage: String
  /// The bytes that are done, and all of them; 0 for all that are not known.
  let done: Int
  let total: Int
  /// The time since the stage began.
  let seconds: Double

  /// The fullest line of at most so many columns: the rate goes first, then the amounts, the bar and
  /// the time that is left.
  func text(columns: Int) -> String {
    let versions: [[Part]] =
      total > 0
      ? [
        [.stage, .bar, .percent, .amounts, .rate, .left],
        [.stage, .bar, .percent, .amounts, .left],
        [.stage, .bar, .percent, .left], [.stage, .percent, .left], [.stage, .percent], [.percent],
      ] : [[.stage, .amounts, .rate], [.stage, .amounts], [.amounts]]
    for parts in versions {
      if let text = text(parts, columns: columns) { return text }
    }
    return String(stage.prefix(max(0, columns)))
  }

  // MARK: Parts

  private enum Part { case stage, bar, percent, amounts, rate, left }

  /// How wide the bar is between its brackets: what the other parts leave.
  private static let barWidths = 10...24

  private func text(_ parts: [Part], columns: Int) -> String? {
    let words = parts.map { $0 == .bar ? "[]" : text($0) }
    let room = columns - words.reduce(0) { $0 + $1.count } - 2 * (words.count - 1)
    guard parts.contains(.bar) else { return room < 0 ? nil : words.joined(separator: "  ") }
    guard room >= Self.barWidths.lowerBound else { return nil }
    let width = min(room, Self.barWidths.upperBound)
    let filled = Int(clamped: fraction * Double(width))
    let bar =
      "[" + String(repeating: "#", count: filled)
      + String(repeating: "-", count: width - filled) + "]"
    return zip(parts, words).map { $0 == .bar ? bar : $1 }.joined(separator: "  ")
  }

  private func text(_ part: Part) -> String {
    switch part {
    case .stage: stage
    case .bar: ""
    case .percent: "\(Int(clamped: fraction * 100)) %"
    case .amounts:
      Quantity.bytes(done) + (total > 0 ? " of \(Quantity.bytes(total))" : "")
    case .rate: "\(Quantity.bytes(Int(clamped: rate)))/s"
    case .left: "\(Self.clock(Int(clamped: Double(total - min(done, total)) / max(rate, 1)))) left"
    }
  }

  private var fraction: Double { min(1, Double(done) / Double(total)) }

  private var rate: Double { Double(done) / max(seconds, 1e-3) }

  /// `0:05`, `12:34`, `1:02:03`.
  private static func clock(_ seconds: Int) -> String {
    func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let (hours, minutes) = (seconds / 3600, seconds / 60 % 60)
    return (hours > 0 ? "\(hours):\(padded(minutes))" : "\(minutes)") + ":\(padded(seconds % 60))"
  }
}
