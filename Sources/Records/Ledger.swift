/// Accounts for everything that was read: nothing vanishes without a reason.
package struct Ledger: Equatable, Sendable {
  /// Rows that were not blank.
  package var rowsRead = 0
  /// Malformed rows, left out under `on_error: skip`.
  package var rowsRejected = 0

  package var candidatesRead = 0
  package var candidatesKept = 0
  package var candidatesDropped: [CandidateDrop: Int] = [:]

  package var promptsRead = 0
  package var promptsPaired = 0
  package var promptsDropped: [PromptDrop: Int] = [:]
  /// What left prompts with too few candidates; adds up to those dropped for that reason.
  package var tooFewCandidates: [Shortage: Int] = [:]

  package var pairs = 0
  /// Candidates whose text holds a lone surrogate, which is written as U+FFFD.
  package var candidatesWithLoneSurrogate = 0
  /// Prompts left as they were because the `mean` method had too few neighbours for a candidate.
  package var promptsUncalibrated = 0

  /// An empty ledger.
  package init() {}

  /// Whether everything read is either kept or dropped for a reason.
  package var isBalanced: Bool {
    candidatesRead == candidatesKept + candidatesDropped.values.reduce(0, +)
      && promptsRead == promptsPaired + promptsDropped.values.reduce(0, +)
      && promptsDropped[.tooFewCandidates, default: 0] == tooFewCandidates.values.reduce(0, +)
  }

  /// Counts candidates that are not used.
  package mutating func drop(_ reason: CandidateDrop, count: Int = 1) {
    candidatesDropped[reason, default: 0] += count
  }

  /// Counts a candidate no longer as dropped for this reason.
  package mutating func takeBack(_ reason: CandidateDrop) {
    let count = candidatesDropped[reason, default: 0] - 1
    candidatesDropped[reason] = count > 0 ? count : nil
  }

  /// Counts prompts that give no pair.
  package mutating func drop(_ reason: PromptDrop, count: Int = 1) {
    promptsDropped[reason, default: 0] += count
  }
}
