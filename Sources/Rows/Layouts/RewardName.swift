/// What the name of a reward's field says about its direction.
package enum RewardName {
  /// Names of numbers that are mostly better the lower they are, but not always.
  private static let doubtful = [
    "cost", "costs", "loss", "losses", "penalty", "error", "errors", "distance", "perplexity",
    "ppl",
  ]

  /// Whether the last part of a path is a rank, of which 1 is best.
  package static func isRank(_ path: String) -> Bool {
    let words = words(of: path)
    return words.contains("rank") || words.contains("ranks") || words.contains("ranking")
  }

  /// Whether lower numbers might be better.
  package static func isDoubtful(_ path: String) -> Bool {
    words(of: path).contains { doubtful.contains($0) }
  }

  private static func words(of path: String) -> [String] {
    (path.split(separator: ".").last ?? "").lowercased()
      .split { !$0.isLetter }.map(String.init)
  }
}
