internal import Calibrate

/// RC-Mean where answers are compared in twos: similar is what is near in units of the mean
/// difference between the two sides.
///
/// The bias is known at the lengths of all answers, those that it is not fitted to too, as it is a
/// mean around any length.
struct ComparedMean: BiasMethod {
  let radius: Double
  let minimumCount: Int
  /// Where the bias is wanted, in any order.
  let lengths: [Double]

  func fit(
    _ sample: Sample, prompts: PromptColumn, scope: BiasScope, threads: Int
  ) -> FittedBias {
    let windows = MeanWindows(sample, radius: radius)
    return FittedBias(
      .knots(
        Set(lengths).sorted().map { length in
          let places = windows.places(around: length)
          let mean = windows.mean(of: places, minimumCount: minimumCount)
          return BiasCurve.Knot(
            length: length, bias: mean.isNaN ? nil : mean, candidates: windows.count(of: places))
        }))
  }
}
