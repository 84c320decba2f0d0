/// Takes the time of stages.
struct Stopwatch {
  private(set) var laps: [(stage: String, seconds: Double)] = []
  private var last = ContinuousClock.now

  /// Ends a stage.
  mutating func lap(_ stage: String) {
    let now = ContinuousClock.now
    laps.append((stage, (now - last) / .seconds(1)))
    last = now
  }
}
