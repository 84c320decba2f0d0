/// Accounts for everything that was read: nothing vanishes without a reason.
public struct Ledger: Equatable, Sendable {
  /// Rows that were not blank.
  public var rowsRead = 0
  /// Malformed rows, left out under `on_error: skip`.
  public var rowsRejected = 0

  public var candidatesRead = 0
  public var candidatesKept = 0
  public var candidatesDropped: [CandidateDrop: Int] = [:]

  public var promptsRead = 0
  public var promptsPaired = 0
  public var promptsDropped: [PromptDrop: Int] = [:]

  public var pairs = 0
  /// Candidates whose text holds a lone surrogate, which is written as U+FFFD.
  public var candidatesWithLoneSurrogate = 0
  /// Prompts left as they were because the `mean` method had too few neighbours for a candidate.
  public var promptsUncalibrated = 0

  /// An empty ledger.
  public init() {}

  /// Whether everything read is either kept or dropped for a reason.
  public var isBalanced: Bool {
    candidatesRead == candidatesKept + candidatesDropped.values.reduce(0, +)
      && promptsRead == promptsPaired + promptsDropped.values.reduce(0, +)
  }

  /// Counts candidates that are not used.
  public mutating func drop(_ reason: CandidateDrop, count: Int = 1) {
    candidatesDropped[reason, default: 0] += count
  }

  /// Counts a prompt that gives no pair.
  public mutating func drop(_ reason: PromptDrop) {
    promptsDropped[reason, default: 0] += 1
  }
}
