internal import Calibrate
internal import Glibc
internal import Ingest
internal import Records

/// AlpacaEval's length-controlled win rate: what a model would win if its answers were as long as
/// the baseline's.
///
/// A logistic regression of the preference on tanh of the standardized difference of lengths, with
/// a constant for the model and, where a file says how hard instructions are and how the baseline
/// does against itself asked to be verbose or concise, on that too. The win rate is the mean
/// prediction without a difference of lengths.
/// Source: Y. Dubois et al., "Length-Controlled AlpacaEval: A Simple Way to Debias Automatic
/// Evaluators", arXiv 2404.04475, and the package `alpaca_eval`.
package struct LengthControl: Sendable {
  /// The name that `alpaca_eval` has for the regression.
  package enum Form: String, Sendable {
    /// With the difficulty of instructions, regularized to the baseline.
    case full = "length_controlled_v1"
    /// With the lengths alone.
    case minimal = "length_controlled_minimal"
  }

  /// What is found for a model.
  package struct Outcome: Hashable, Sendable {
    /// In percent.
    package var winRate: Double
    /// Of the mean prediction, in percent.
    package var standardError: Double
    /// The strength C that cross-validation chose.
    package var strength: Double
    /// Of the difference of lengths, of the difficulty if there is one, of the model.
    package var coefficients: [Double]
  }

  /// A preference for the baseline asked to be verbose or concise, over itself.
  private struct Gamed: Sendable {
    var preference: Double
    var lengthDifference: Double
    var difficulty: Double
  }

  private var gamed: [Gamed] = []
  private var difficulties: [Int: Double] = [:]

  package var form: Form { difficulties.isEmpty ? .minimal : .full }

  /// The form without a file.
  package init() {}

  /// Reads AlpacaEval's `df_gamed.csv`: `index`, `preference`, `std_delta_len` and
  /// `instruction_difficulty`.
  package init(gamed path: String) throws {
    let table = try NamedColumns(path: path, role: "file of instruction difficulties")
    let columns = try ["index", "preference", "std_delta_len", "instruction_difficulty"].map {
      try table.numbers($0)
    }
    for row in 0..<table.rowCount {
      let values = columns.map { $0[row] }
      guard values[0].isFinite, values[3].isFinite else { continue }
      let index = Int(clamped: values[0])
      difficulties[index] = difficulties[index] ?? values[3]
      if values[1].isFinite, values[2].isFinite {
        gamed.append(
          Gamed(preference: values[1], lengthDifference: values[2], difficulty: values[3]))
      }
    }
  }

  /// - Parameters:
  ///   - preferences: From 0 to 1 for the model; NaN for none.
  ///   - lengthDifferences: The baseline's code points less the model's.
  ///   - instructions: The number of each instruction in AlpacaEval's order.
  /// - Returns: nil where lengths do not vary, or an instruction's difficulty is not known.
  func outcome(
    preferences: [Double], lengthDifferences: [Double], instructions: [Int]
  ) -> Outcome? {
    var moments = StreamingMoments()
    for difference in lengthDifferences { moments.add(difference) }
    let deviation = moments.standardDeviation
    let known = instructions.map { form == .minimal ? 0 : difficulties[$0] ?? .nan }
    guard deviation > 0, preferences.contains(where: { !$0.isNaN }),
      !known.contains(where: \.isNaN)
    else { return nil }
    var regression = PenalizedLogistic(width: form == .full ? 3 : 2)
    func features(_ difference: Double, _ difficulty: Double, _ model: Double) -> [Double] {
      [tanh(difference)] + (form == .full ? [difficulty] : []) + [model]
    }
    for row in gamed {
      // The baseline is asked to be verbose and to be concise: both together count 0.2.
      regression.add(
        features(row.lengthDifference, row.difficulty, 0), target: row.preference, weight: 0.1)
    }
    for (place, preference) in preferences.enumerated() where !preference.isNaN {
      regression.add(
        features(lengthDifferences[place] / deviation, known[place], 1), target: preference,
        weight: 1)
    }
    let strength = Self.strength(of: regression)
    let coefficients = regression.fit(strength: strength)
    var predictions = StreamingMoments()
    var sum = 0.0
    for difficulty in known {
      let prediction = PenalizedLogistic.probability(
        zip(coefficients, features(0, difficulty, 1)).reduce(0) { $0 + $1.0 * $1.1 })
      predictions.add(prediction)
      sum += prediction
    }
    let count = Double(known.count)
    return Outcome(
      winRate: sum / count * 100,
      standardError: predictions.standardDeviation / count.squareRoot() * 100, strength: strength,
      coefficients: coefficients)
  }

  /// The strength of ten from 10⁻⁴ to 10⁴ with the least loss in five-fold cross-validation.
  private static func strength(of regression: PenalizedLogistic) -> Double {
    let count = regression.rowCount
    let folds = min(5, count)
    let strengths = (0..<10).map { pow(10, -4 + 8 * Double($0) / 9) }
    guard folds > 1 else { return strengths[9] }
    func fold(_ row: Int) -> Int { (count - 1 - row) % folds }
    var losses = strengths.map { _ in 0.0 }
    for left in 0..<folds {
      let (fitted, judged) = (
        regression.filtered { fold($0) != left }, regression.filtered { fold($0) == left }
      )
      var coefficients: [Double]?
      for (place, strength) in strengths.enumerated() {
        let found = fitted.fit(strength: strength, from: coefficients)
        losses[place] += judged.meanLoss(found)
        coefficients = found
      }
    }
    let best = losses.indices.min { (losses[$0], $0) < (losses[$1], $1) } ?? 9
    return strengths[best]
  }
}
