internal import Parquet
internal import Records

/// A column of a file of measurements, by its place; the characteristics and then the rewards of several
/// reward models stand behind them.
///
/// The file has a row for each candidate, and one for each row of the input without any. Bits such
/// as those of fingerprints stand in signed integers, which every reader knows.
enum MeasuredColumn: Int, CaseIterable {
  /// How many rows of the input come before; malformed ones are counted, blank ones not.
  case row
  case promptKeyHigh, promptKeyLow, promptFingerprint, randomDraw, isTest, isEmptyPrompt, source
  /// Of the filters of prompts, with the first candidate of a row: why the prompt is not used, and the
  /// texts of benchmarks that it has; null where it is, and where it has none.
  case promptDrop, benchmarkMatches
  // What follows, the characteristics too, is null for rows without candidates.
  case reward
  /// Why the candidate is not used; null where it is.
  case dropReason
  case answerFingerprint, hasLoneSurrogate, model

  var name: String {
    switch self {
    case .row: "row"
    case .promptKeyHigh: "prompt_key_high"
    case .promptKeyLow: "prompt_key_low"
    case .promptFingerprint: "prompt_fingerprint"
    case .randomDraw: "random_draw"
    case .isTest: "is_test"
    case .isEmptyPrompt: "is_empty_prompt"
    case .source: "source"
    case .promptDrop: "prompt_drop"
    case .benchmarkMatches: "benchmark_matches"
    case .reward: "reward"
    case .dropReason: "drop_reason"
    case .answerFingerprint: "answer_fingerprint"
    case .hasLoneSurrogate: "has_lone_surrogate"
    case .model: "model"
    }
  }

  var type: ColumnType {
    switch self {
    case .row, .promptKeyHigh, .promptKeyLow, .promptFingerprint, .randomDraw, .answerFingerprint:
      .int64
    case .isTest, .isEmptyPrompt, .hasLoneSurrogate: .boolean
    case .reward: .double
    case .source, .promptDrop, .benchmarkMatches, .dropReason, .model: .text
    }
  }

  /// All columns of a file.
  ///
  /// - Parameter bandCount: how many numbers the signature of a prompt has.
  static func fields(
    _ characteristics: [String], _ models: [RewardModel], bandCount: Int
  ) -> [ColumnType.Field] {
    allCases.map { ColumnType.Field($0.name, $0.type) }
      + (characteristics + models.map(name(of:))).map { ColumnType.Field($0, .double) }
      + (0..<bandCount).map { ColumnType.Field(signatureName(ofBand: $0), .int64) }
  }

  /// The column of a part of the prompts' signatures, which stands behind the characteristics and has
  /// a value with the first candidate of a row.
  static func signatureName(ofBand band: Int) -> String { "prompt_signature_\(band)" }

  /// The name of the column of a reward model's rewards.
  static func name(of model: RewardModel) -> String { "reward:\(model.name)" }
}
