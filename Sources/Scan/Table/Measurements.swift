internal import Hashing
internal import Records

/// What a chunk's rows hold, as numbers: the first pass keeps nothing else.
struct Measurements: Sendable {
  /// A row that was well formed.
  struct RowEntry: Sendable {
    /// The row's place among those of the chunk that are not blank, malformed ones too.
    var place: Int
    var key: Fingerprint.Wide
    var promptFingerprint: UInt64
    var draws: PromptDraws
    var candidateCount: Int
    /// Whether a turn of the prompt has no text.
    var isEmpty: Bool
    /// Where the prompt comes from, where the row says so and it is read.
    var source: [UInt8]?
    /// What the filters of prompts found.
    var verdict = PromptVerdict()
  }

  /// A candidate of those rows, in order.
  struct CandidateEntry: Sendable {
    /// NaN where the candidate is dropped.
    var reward: Double
    var textFingerprint: UInt64
    var drop: CandidateDrop?
    var hasLoneSurrogate: Bool
  }

  /// How many rows of the file stand before these.
  var firstRow = 0
  var rows: [RowEntry] = []
  var candidates: [CandidateEntry] = []
  /// For each characteristic, its value for each candidate.
  var measures: [[Double]]
  /// For each of several reward models, its reward for each candidate; empty where there is one.
  var modelRewards: [[Double]]
  var observations: Observations
  /// For each candidate its model; empty where models are not read.
  var models: [[UInt8]?] = []
  var rejects: [RejectedRow] = []
  /// The chunk itself, if it may stay in memory.
  var texts: ResidentChunk?

  init(characteristicCount: Int, passThroughCount: Int = 0, rewardModelCount: Int = 0) {
    modelRewards = Array(repeating: [], count: rewardModelCount)
    observations = Observations(passThroughCount: passThroughCount)
    measures = Array(repeating: [], count: characteristicCount)
  }
}
