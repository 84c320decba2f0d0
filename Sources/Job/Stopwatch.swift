/// Takes the time of stages.
package struct Stopwatch {
  package private(set) var laps: [(stage: String, seconds: Double)] = []
  private var last = ContinuousClock.now

  package init() {}

  /// Ends a stage.
  package mutating func lap(_ stage: String) {
    let now = ContinuousClock.now
    laps.append((stage, (now - last) / .seconds(1)))
    last = now
  }
}
