package import Records

extension CandidateDrop {
  /// What stands in place of the reward of a candidate that is dropped for this reason: a NaN with a
  /// payload.
  var reward: Double {
    let code = Self.inOrder.firstIndex(of: self) ?? 0
    return Double(nan: Double.RawSignificand(code + 1), signaling: false)
  }

  /// The reason that such a NaN gives; nil for any other number.
  package init?(ofReward reward: Double) {
    let code = reward.isNaN ? Int(reward.significandBitPattern & 0xFFFF) : 0
    guard Self.inOrder.indices.contains(code - 1) else { return nil }
    self = Self.inOrder[code - 1]
  }

  /// All reasons: made once, as asking for them makes them anew.
  private static let inOrder = allCases
}

extension CandidateDrop {
  /// Why the candidates of a prompt that is not used are not.
  init(_ reason: PromptDrop) {
    switch reason {
    case .inBothSplits: self = .inBothSplits
    case .emptyPrompt: self = .emptyPrompt
    case .beyondLimit: self = .beyondLimit
    case .contaminated: self = .contaminated
    case .repetitivePrompt: self = .repetitivePrompt
    case .otherScript: self = .otherScript
    case .nearDuplicate: self = .nearDuplicate
    default: self = .conflictingID
    }
  }
}
