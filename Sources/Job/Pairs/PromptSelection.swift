internal import Columns
internal import Ingest
internal import PairBuilder
internal import Scan
internal import Settings
internal import Work

/// What becomes of each prompt under some scores.
struct PromptSelection {
  private let selector: PairSelector
  private let scan: InputScan.Result
  private let ties: Configuration.Pairs.Ties

  init(_ configuration: Configuration, _ scan: InputScan.Result) {
    selector = PairSelector(configuration)
    self.scan = scan
    ties = configuration.pairs.ties
  }

  /// The usable candidates of a prompt with their rewards.
  func contenders(of prompt: Int) -> [Contender] {
    let table = scan.table
    var contenders: [Contender] = []
    for candidate in scan.groups[prompt].lazy.map({ Int($0) }) {
      let reward = table.rewards[candidate]
      guard !reward.isNaN else { continue }
      contenders.append(
        Contender(
          candidate: candidate, score: reward, length: table.lengths[0][candidate],
          tieBreak: ties == .random ? Double(table.tieDraws[candidate]) : nil))
    }
    return contenders
  }

  /// The pairs of a prompt.
  ///
  /// - Parameter precision: how far a difference of the scores may be off.
  func outcome(
    of prompt: Int, among contenders: [Contender], precision: Double = 0
  ) throws -> PairSelector.Outcome {
    try Interruption.checkpoint()
    var selector = selector
    selector.precision = precision
    return try selector.outcome(
      among: contenders, random: scan.table.draws[prompt],
      checkpoint: { try Interruption.checkpoint() })
  }
}

extension PairSelector {
  /// The selector that a configuration describes.
  init(_ configuration: Configuration) {
    let pairs = configuration.pairs
    let strategy: Strategy =
      switch pairs.strategy {
      case .maxMin: .maxMin
      case .maxRandom: .maxRandom
      case .maxSecond: .maxSecond
      case .muSigma: .muSigma(sigma: pairs.sigma)
      case .quantile: .quantile(upper: pairs.upperQuantile, lower: pairs.lowerQuantile)
      case .all: .all(limit: pairs.perPrompt)
      case .topBottom: .topBottom(count: pairs.perPrompt ?? 1)
      case .lengthMatched: .lengthMatched(ratio: pairs.lengthRatio, count: pairs.perPrompt ?? 1)
      }
    self.init(
      strategy: strategy, minCandidates: configuration.filters.minCandidates,
      minMargin: pairs.minMargin, maxMargin: pairs.maxMargin, dropsTies: pairs.ties == .drop)
  }
}
