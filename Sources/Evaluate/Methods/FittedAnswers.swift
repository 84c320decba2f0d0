internal import Calibrate

/// The answers that curves are fitted to.
struct FittedAnswers {
  let rewards: [Double]
  /// For each characteristic its value for each answer.
  let characteristics: [[Double]]
  let prompts: PromptColumn

  /// - Parameter scope: Within prompts, answers to a prompt stand together; over all of them, an
  ///   answer and the one that it is compared with are dealt to the groups of cross-validation
  ///   together.
  init(_ sides: [ComparedRewards.Side], scope: BiasScope) {
    let rewards = sides.flatMap(\.rewards)
    let characteristics = (sides.first?.characteristics ?? []).indices.map { number in
      sides.flatMap { $0.characteristics[number] }
    }
    switch scope {
    case .global:
      self.rewards = rewards
      self.characteristics = characteristics
      prompts = Self.column(sides.flatMap { side in side.rewards.indices.map { UInt32($0) } })
    case .withinPrompt:
      let codes = sides.flatMap(\.prompts)
      let order = codes.indices.sorted { (codes[$0], $0) < (codes[$1], $1) }
      self.rewards = order.map { rewards[$0] }
      self.characteristics = characteristics.map { values in order.map { values[$0] } }
      prompts = Self.column(order.map { codes[$0] })
    }
  }

  private static func column(_ codes: [UInt32]) -> PromptColumn {
    let count = Int(codes.max().map { $0 + 1 } ?? 0)
    return PromptColumn(
      codes: codes, count: count,
      groups: (0..<count).map {
        Jackknife.group(ofPrompt: UInt64($0) &* 0x9E37_79B9_7F4A_7C15)
      }, wantsReplicates: false)
  }
}
