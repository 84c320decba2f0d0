/// How chosen and rejected are picked from a prompt's ranked candidates.
///
/// Where rules say which candidates may be chosen and which rejected, the chosen one is of the
/// former and the rejected one of the latter.
package enum Strategy: Equatable, Sendable {
  /// The best and the worst.
  case maxMin
  /// The best and any other, drawn for the prompt.
  case maxRandom
  /// The best and the second best.
  case maxSecond
  /// The best, and the one whose score is nearest to mean − sigma·deviation of the prompt's scores
  /// (arXiv 2502.16825).
  case muSigma(sigma: Double)
  /// The candidates at two quantiles of the prompt's scores, by nearest rank.
  case quantile(upper: Double, lower: Double)
  /// Every pair with a margin, the largest margins first, up to a limit.
  case all(limit: Int?)
  /// The best with the worst, the second best with the second worst, and so on, `count` times.
  case topBottom(count: Int)
  /// The pairs of the largest margins among those whose lengths differ by at most a factor.
  case lengthMatched(ratio: Double, count: Int)
  /// Each with the next in rank, the best first, up to a limit.
  case neighbors(limit: Int?)
  /// Of every two models the pair of the largest margin, the largest margins first, up to a limit.
  case modelPairs(limit: Int?)
}
