internal import Calibrate

/// How far a model's place moves when it is asked to be verbose or concise.
///
/// The relative spread of a model's win rate and that of its `_verbose` (`_concise`) variant: their
/// standard deviation (n − 1) over their mean, the mean of that over all models with both variants,
/// times how much wider the original win rates are spread over the models than these, so that win
/// rates drawn together do not count as steadier; in percent.
/// Source: Y. Dubois et al., "Length-Controlled AlpacaEval", arXiv 2404.04475, and the paper's code.
package struct Gameability: Sendable {
  package var verbosity: Double
  package var conciseness: Double

  /// - Parameters:
  ///   - winRates: Of every model under the method.
  ///   - original: Under the rewards as they are.
  ///   - isReferenceCompatible: Whether `_concise` variants stay among the models whose spread is
  ///     compared, as in the published code, whose filter never matches them.
  /// - Returns: nil where no model has both variants, or win rates do not vary.
  init?(_ winRates: [String: Double], original: [String: Double], isReferenceCompatible: Bool) {
    let names = winRates.keys.sorted()
    let gamed = names.filter {
      winRates[$0 + "_verbose"] != nil && winRates[$0 + "_concise"] != nil
    }
    let models = names.filter {
      !$0.contains("_verbose") && (isReferenceCompatible || !$0.contains("_concise"))
    }
    let spread = Self.deviation(models.map { winRates[$0] ?? .nan })
    let originalSpread = Self.deviation(models.map { original[$0] ?? .nan })
    guard !gamed.isEmpty, spread > 0 else { return nil }
    func relative(_ suffix: String) -> Double {
      let spreads = gamed.map { name in
        let rates = [winRates[name] ?? .nan, winRates[name + suffix] ?? .nan]
        return Self.deviation(rates) / ((rates[0] + rates[1]) / 2)
      }
      return spreads.reduce(0, +) / Double(spreads.count) * originalSpread / spread * 100
    }
    verbosity = relative("_verbose")
    conciseness = relative("_concise")
  }

  private static func deviation(_ values: [Double]) -> Double {
    var moments = StreamingMoments()
    for value in values { moments.add(value) }
    return moments.standardDeviation
  }
}
