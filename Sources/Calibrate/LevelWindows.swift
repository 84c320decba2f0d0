internal import CKernels

/// Sums over the tricube windows of levels, eight windows at a time.
///
/// Levels are kept in a binary tree of runs with the moments of their weights. On one side of a
/// centre the tricube weight is a polynomial of degree 9, so a run that lies well inside a window
/// counts with twelve moments instead of its levels, as exactly as if they were summed one by one.
/// That leaves O(log U) for a window. See docs/calibration.md and `CKernels/window_sums.c`.
struct LevelWindows {
  /// Windows that are summed together, a lane each; best of neighbouring levels.
  struct Batch {
    static var lanes: Int { window_lanes }

    var centers = SIMD8<Double>.zero
    /// One over the radius.
    var scales = SIMD8<Double>.zero
    /// All levels that are inside any of the windows: `lower..<upper`.
    var lower = Int.max
    var upper = 0
  }

  /// The sums that a weighted straight line needs; x in units of the radius.
  struct Sums {
    var weight = SIMD8<Double>.zero
    var weightedX = SIMD8<Double>.zero
    var weightedXX = SIMD8<Double>.zero
    var weightedY = SIMD8<Double>.zero
    var weightedXY = SIMD8<Double>.zero
  }

  /// Runs with at most this many levels are not divided further.
  private static let leafCount = 32

  private let x: [Double]
  private var weights: [Double] = []
  private var weightedValues: [Double] = []
  private var runs: [level_run] = []

  /// Lays out the tree.
  ///
  /// - Parameter x: The levels, ascending; fewer than 2³².
  init(x: [Double]) {
    precondition(x.count <= UInt32.max, "levels are counted in 32 bits")
    self.x = x
    if !x.isEmpty { addRun(0..<x.count) }
  }

  private mutating func addRun(_ range: Range<Int>) {
    let first = x[range.lowerBound]
    let last = x[range.upperBound - 1]
    let place = runs.count
    var run = level_run()
    run.start = UInt32(range.lowerBound)
    run.end = UInt32(range.upperBound)
    run.center = first / 2 + last / 2
    run.half_width = last / 2 - first / 2
    runs.append(run)
    if range.count > Self.leafCount {
      let middle = range.lowerBound + range.count / 2
      addRun(range.lowerBound..<middle)
      addRun(middle..<range.upperBound)
    }
    runs[place].size = UInt32(runs.count - place)
  }

  /// Takes the weights of another pass.
  mutating func weigh(_ weights: [Double], _ weightedValues: [Double]) {
    precondition(weights.count == x.count && weightedValues.count == x.count)
    self.weights = weights
    self.weightedValues = weightedValues
    var measured = runs
    measured.withUnsafeMutableBufferPointer { measured in
      withLevels { measure_level_runs($0, measured.baseAddress) }
    }
    runs = measured
  }

  /// Sums over the windows of a batch.
  ///
  /// - Parameter shifts: What x is counted from, as a distance from the centre.
  func sums(_ batch: Batch, shifts: SIMD8<Double> = .zero) -> Sums {
    precondition(batch.lower <= batch.upper && batch.upper <= weights.count)
    var sums = Sums()
    withUnsafeMutableBytes(of: &sums) { sums in
      withLanes(of: batch.centers) { centers in
        withLanes(of: batch.scales) { scales in
          withLanes(of: shifts) { shifts in
            var windows = window_batch(
              centers: centers, scales: scales, shifts: shifts, lower: batch.lower,
              upper: batch.upper)
            withLevels {
              sum_windows($0, &windows, sums.baseAddress?.assumingMemoryBound(to: Double.self))
            }
          }
        }
      }
    }
    return sums
  }

  private func withLanes<Result>(
    of values: SIMD8<Double>, _ body: (UnsafePointer<Double>?) -> Result
  ) -> Result {
    withUnsafeBytes(of: values) { body($0.baseAddress?.assumingMemoryBound(to: Double.self)) }
  }

  private func withLevels<Result>(_ body: (UnsafePointer<window_levels>) -> Result) -> Result {
    x.withUnsafeBufferPointer { x in
      weights.withUnsafeBufferPointer { weights in
        weightedValues.withUnsafeBufferPointer { values in
          runs.withUnsafeBufferPointer { runs in
            var levels = window_levels(
              x: x.baseAddress, weights: weights.baseAddress, values: values.baseAddress,
              runs: runs.baseAddress, run_count: runs.count)
            return body(&levels)
          }
        }
      }
    }
  }
}
