extension Configuration {
  /// Which candidates become pairs.
  package struct Pairs: Equatable, Sendable {
    package enum Strategy: String, CaseIterable, Sendable {
      case maxMin = "max_min"
      case maxRandom = "max_random"
      case maxSecond = "max_second"
      case muSigma = "mu_sigma"
      case quantile
      case all
      case topBottom = "top_bottom"
      case lengthMatched = "length_matched"
      case neighbors
      case modelPairs = "model_pairs"

      /// Whether a prompt can have more than one pair.
      package var allowsSeveralPairs: Bool {
        switch self {
        case .all, .topBottom, .lengthMatched, .neighbors, .modelPairs: true
        case .maxMin, .maxRandom, .maxSecond, .muSigma, .quantile: false
        }
      }
    }

    /// What decides between answers of equal score.
    package enum Ties: String, CaseIterable, Sendable {
      case random, shorter, drop
    }

    package var strategy = Strategy.maxMin
    package var ties = Ties.random
    package var minMargin = Margin.score(0)
    package var maxMargin: Margin?
    /// No field twice.
    package var fieldMargins: [FieldMargin] = []
    package var chosen = Chosen()
    package var rejected = Rejected()
    /// What the bounds of scores are held against.
    package var boundedScores = BoundedScores.calibrated
    /// The least share of several reward models that have to prefer the chosen answer; nil for none.
    package var agreement: Double?
    /// The most pairs of a prompt; nil is the strategy's own: every pair for `all`, `neighbors` and
    /// `model_pairs`, else 1.
    package var perPrompt: Int?
    /// The most pairs of a source; nil for any number.
    package var perSource: Int?
    /// How many of the prompts that give pairs are used; nil for all.
    package var sample: Int?
    package var order = Order.input
    package var seed = 42
    package var sigma = 2.0
    package var upperQuantile = 0.9
    package var lowerQuantile = 0.1
    package var lengthRatio = 1.2

    package init() {}

    /// Which scores `chosen.min_score` and `rejected.max_score` mean.
    package enum BoundedScores: String, CaseIterable, Sendable {
      case calibrated, raw
    }

    /// The smallest difference of a number that rows have for each answer.
    package struct FieldMargin: Equatable, Sendable {
      /// The path of the field.
      package var field: String
      package var min: Double

      package init(_ field: String, min: Double) {
        self.field = field
        self.min = min
      }
    }

    /// What chosen answers are.
    package struct Chosen: Equatable, Sendable {
      package var minScore: Double?
      /// The models that they are of; empty for any.
      package var models: [String] = []
    }

    /// What rejected answers are.
    package struct Rejected: Equatable, Sendable {
      package var maxScore: Double?
      /// The models that they are of; empty for any.
      package var models: [String] = []
    }

    /// The order of rows, by prompts.
    package enum Order: String, CaseIterable, Sendable {
      case input
      /// By the margin of a prompt's first pair.
      case largestMargin = "largest_margin"
      case smallestMargin = "smallest_margin"
      /// By the mean score of a prompt's answers.
      case easiest, hardest
    }

    /// Whether it matters which models answers are of.
    package var usesModels: Bool {
      strategy == .modelPairs || !chosen.models.isEmpty || !rejected.models.isEmpty
    }
  }
}
