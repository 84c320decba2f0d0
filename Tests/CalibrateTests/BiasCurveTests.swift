import Testing

@testable import Calibrate

@Suite struct BiasCurveTests {
  let curve = BiasCurve(
    characteristic: "chars", alpha: 0.5,
    shape: .knots([
      .init(length: 30, bias: 5, candidates: 2), .init(length: 10, bias: 1, candidates: 1),
      .init(length: 20, bias: 2, candidates: 4), .init(length: 40, bias: nil, candidates: 1),
      .init(length: 50, bias: 8, candidates: 1),
    ]))

  @Test(arguments: [
    (10.0, 1.0), (20, 2), (50, 8), (0, 1), (-5, 1), (1e9, 8), (15, 1.5), (22, 2.6), (30, 5),
  ])
  func looksUp(length: Double, bias: Double) {
    #expect(curve.bias(at: length) == bias)
  }

  @Test(arguments: [40.0, 35, 49.9, .nan])
  func hasNoBiasBesideAMissingKnot(length: Double) {
    #expect(curve.bias(at: length) == nil)
    #expect(curve.table(for: [length])[0].isNaN)
  }

  @Test func sortsItsKnotsAndCompares() {
    #expect(curve.knots.map(\.length) == [10, 20, 30, 40, 50])
    let same = BiasCurve(
      characteristic: "chars", alpha: 0.5, shape: .knots(curve.knots.reversed()))
    #expect(same == curve)
    #expect(BiasCurve(characteristic: "words", alpha: 0.5, shape: curve.shape) != curve)
    #expect(BiasCurve(characteristic: "x", alpha: 1, shape: .knots([])).bias(at: 1) == nil)
  }

  @Test func penaltyGrowsBeyondAnyRange() {
    let shape = LengthPenalty().fit(
      Sample(levels: [], codes: [UInt32](), values: [Double]()),
      prompts: PromptColumn(codes: [UInt32](), count: 0), scope: .global, threads: 1
    ).shape
    let penalty = BiasCurve(characteristic: "chars", alpha: 1, shape: shape)
    #expect(penalty.bias(at: 2000) == 2)
    #expect(penalty.bias(at: 0) == 0)
    #expect(penalty.knots.isEmpty)
  }
}
