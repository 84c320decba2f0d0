/// Takes the time of stages.
package struct Stopwatch {
  package private(set) var laps: [(stage: String, seconds: Double)] = []
  private var last = ContinuousClock.now

  /// - Parameter laps: stages that are over.
  package init(laps: [(stage: String, seconds: Double)] = []) { self.laps = laps }

  /// Ends a stage.
  package mutating func lap(_ stage: String) {
    let now = ContinuousClock.now
    laps.append((stage, (now - last) / .seconds(1)))
    last = now
  }
}
