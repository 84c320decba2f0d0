internal import PairBuilder
package import Records

/// Not one prompt gave a pair, so there is no dataset to write.
package struct NoPairs: ReportableError {
  package let ledger: Ledger

  package var category: FailureCategory { .badData }

  package var diagnostic: Diagnostic {
    let reasons = PromptDrop.allCases.compactMap { reason in
      ledger.promptsDropped[reason].map { count in
        let by = reason == .tooFewCandidates ? ledger.shortages.map { " (\($0))" } : nil
        return "\(reason.rawValue) \(count)\(by ?? "")"
      }
    }
    return Diagnostic(
      .error,
      "no pair came out of \(Quantity.count(ledger.promptsRead, "prompt")) with "
        + "\(Quantity.count(ledger.candidatesKept, "usable candidate")) "
        + "(dropped: \(reasons.joined(separator: ", ")))",
      hint: isBelowPrecision
        ? "beside the bias that was removed these rewards say nothing, as if they were computed from "
          + "it; set calibration.method: none to pair by them as they came, or an alpha below 1 to "
          + "keep a part of it; where prompts are few, more of them may tell more"
        : "a pair takes two usable answers to one prompt with different scores; check "
          + suspects.joined(separator: ", "),
      code: "no_pairs")
  }

  /// The settings that may have left no pair.
  private var suspects: [String] {
    var settings: [String] = []
    let shortages = ledger.tooFewCandidates
    if shortages[.fromTheStart] != nil { settings.append("input.fields.prompt_id") }
    for case .dropped(let reason) in Shortage.all where shortages[.dropped(reason)] != nil {
      settings.append(reason.setting)
    }
    if ledger.promptsDropped[.noMargin] != nil { settings.append("input.fields.reward") }
    for reason in PromptDrop.allCases where ledger.promptsDropped[reason] != nil {
      if let setting = reason.setting { settings.append(setting) }
    }
    var told: Set<String> = []
    return settings.filter { told.insert($0).inserted }
  }

  /// Whether most prompts with answers to pair have scores that the fit cannot tell apart.
  private var isBelowPrecision: Bool {
    func count(_ reasons: [PromptDrop]) -> Int {
      reasons.reduce(0) { $0 + ledger.promptsDropped[$1, default: 0] }
    }
    let equal = count([.belowPrecision, .noMargin])
    return count([.belowPrecision]) > 0
      && 2 * equal > count(PromptDrop.allCases) - count([.tooFewCandidates])
  }
}

extension CandidateDrop {
  /// The setting that decides which candidates are dropped for this.
  fileprivate var setting: String {
    switch self {
    case .missingResponse, .emptyResponse: "input.fields.response"
    case .nonFiniteReward, .incompleteRewards: "input.fields.reward"
    case .nonFiniteLength: "calibration.characteristics"
    case .tooShort: "filters.min_chars"
    case .tooLong: "filters.max_chars"
    case .tooManyTokens: "filters.max_tokens"
    case .tooManyPairTokens: "filters.max_pair_tokens"
    case .emptyPrompt: "input.fields.prompt"
    case .conflictingID: "input.id_conflicts"
    case .excluded: "input.exclude"
    case .beyondLimit: "input.limit"
    case .inBothSplits: "split.field"
    case .duplicateResponse: "filters.dedup"
    case .refusal: "filters.refusals"
    case .contaminated: "filters.contaminated"
    case .repetitivePrompt: "filters.repetition"
    case .otherScript: "filters.scripts"
    case .nearDuplicate: "filters.near_duplicates"
    }
  }
}

extension PromptDrop {
  /// The setting that decides which prompts are dropped for this; nil where another tells more.
  fileprivate var setting: String? {
    switch self {
    case .duplicateID: "input.id_conflicts"
    case .excluded: "input.exclude"
    case .beyondLimit: "input.limit"
    case .emptyPrompt: "input.fields.prompt"
    case .inBothSplits: "split.field"
    case .contaminated: "filters.contaminated"
    case .repetitivePrompt: "filters.repetition"
    case .otherScript: "filters.scripts"
    case .nearDuplicate: "filters.near_duplicates"
    case .tooFewCandidates: "filters.min_candidates"
    default: PairRule.all.first { $0.reason == self }?.setting
    }
  }
}
