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

  /// The usable candidates of a prompt.
  func candidates(of prompt: Int) -> [Int] {
    scan.groups[prompt].lazy.map { Int($0) }.filter { !scan.table.rewards[$0].isNaN }
  }

  /// The pairs of a prompt.
  func outcome(
    of prompt: Int, among candidates: [Int], score: (Int) -> Double
  ) throws -> PairSelector.Outcome {
    try Interruption.checkpoint()
    return try selector.outcome(
      among: candidates.map {
        Contender(
          candidate: $0, score: score($0), length: scan.table.lengths[0][$0],
          tieBreak: ties == .random ? Double(scan.table.tieDraws[$0]) : nil)
      }, random: scan.table.draws[prompt], checkpoint: { try Interruption.checkpoint() })
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
