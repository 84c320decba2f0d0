internal import Columns
internal import Records

/// The length of one answer of each planned pair.
struct PairLengths: NumberSource {
  private let plans: [PairPlan]
  private let candidate: (PairPlan) -> UInt32
  private let levels: [Double]
  private let codes: Columns.Column<UInt32>

  /// - Parameter candidate: The answer of a pair.
  init(_ plans: [PairPlan], _ lengths: LevelColumn, candidate: @escaping (PairPlan) -> UInt32) {
    self.plans = plans
    self.candidate = candidate
    levels = lengths.levels
    codes = lengths.codes
  }

  var count: Int { plans.count }

  subscript(pair: Int) -> Double { levels[Int(codes[Int(candidate(plans[pair]))])] }
}

/// By how much the chosen answer of each planned pair is the better.
struct PairMargins<Scores: NumberSource>: NumberSource {
  let plans: [PairPlan]
  let scores: Scores

  var count: Int { plans.count }

  subscript(pair: Int) -> Double {
    scores[Int(plans[pair].chosen)] - scores[Int(plans[pair].rejected)]
  }
}
