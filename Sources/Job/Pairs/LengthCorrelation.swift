internal import Calibrate
internal import PairBuilder

/// The correlation of the lengths of a prompt's candidates with one score of theirs after the other.
struct LengthCorrelation {
  private var lengths = ShortRanks()
  private var numbers: [Double] = []

  /// Takes the lengths of another prompt.
  mutating func start(_ candidates: Span<RankedCandidate>) {
    collect(candidates) { $0.length }
    let numbers = numbers
    lengths.rank(numbers.span)
  }

  /// The correlation with the scores of the same candidates; nil where either are all the same.
  mutating func correlation(with candidates: Span<RankedCandidate>) -> Double? {
    collect(candidates) { $0.score }
    return lengths.correlation(with: numbers.span)
  }

  private mutating func collect(
    _ candidates: Span<RankedCandidate>, _ number: (RankedCandidate) -> Double
  ) {
    numbers.removeAll(keepingCapacity: true)
    for place in candidates.indices { numbers.append(number(candidates[place])) }
  }
}

/// The mean of the correlations of prompts.
struct MeanCorrelation {
  private(set) var prompts = 0
  private var sum = 0.0

  /// Nil without a prompt that has one.
  var mean: Double? { prompts == 0 ? nil : sum / Double(prompts) }

  /// Adds that of a prompt; NaN where it has none.
  mutating func add(_ correlation: Double) {
    guard !correlation.isNaN else { return }
    sum += correlation
    prompts += 1
  }
}
