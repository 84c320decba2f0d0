internal import Columns
internal import Emit
internal import Parquet
internal import Records
internal import Scan
internal import Settings

/// The columns of a table of scores; which there are the configuration decides, and the reward models
/// that rows have.
struct ScoreColumns: Sendable {
  /// What stands in a column.
  private enum Content: Equatable {
    case promptID, file, row, candidate, model
    /// The reward as it came, of several what they were combined to; and what took its place.
    case rawScore, transformedScore
    /// The reward of one of several reward models, as it came.
    case modelScore(Int)
    /// What is taken off, what is left, and its place among those of the prompt.
    case bias, score, rank
    case characteristic(Int, isCount: Bool)
    case dropReason
  }

  private let contents: [Content]
  let fields: [ColumnType.Field]
  /// The inputs as documents tell them.
  private let files: [[UInt8]]
  private let rewards: Columns.Column<Double>
  private let rawRewards: Columns.Column<Double>
  private let modelRewards: [Columns.Column<Double>]
  private let lengths: [LevelColumn]
  private let scores: FinalScores
  private let ranks: [UInt32]
  private let dropNames: [CandidateDrop: [UInt8]]

  init(_ scored: CandidateScores) {
    let calibration = scored.configuration.calibration
    var columns: [(Content, String, ColumnType)] = [
      (.promptID, "prompt_id", .text), (.file, "file", .text), (.row, "row", .int64),
      (.candidate, "candidate", .int64), (.model, "model", .text),
      (.rawScore, "raw_score", .double),
    ]
    let models = scored.scan.table.rewardModels
    for (number, model) in models.enumerated() {
      columns.append((.modelScore(number), "raw_score_\(model.name)", .double))
    }
    if calibration.transform != .none, models.isEmpty {
      columns.append((.transformedScore, "transformed_score", .double))
    }
    columns += [
      (.bias, "bias", .double), (.score, "score", .double), (.rank, "rank", .int64),
    ]
    for (number, characteristic) in calibration.characteristics.enumerated() {
      let measure = characteristic.measure
      columns.append(
        (
          .characteristic(number, isCount: measure.isCount), measure.name,
          measure.isCount ? .int64 : .double
        ))
    }
    columns.append((.dropReason, "drop_reason", .text))
    contents = columns.map(\.0)
    fields = columns.map { ColumnType.Field($0.1, $0.2) }
    let table = scored.scan.table
    files = scored.scan.inputs.map { Array(scored.configuration.publishedPath($0.name).utf8) }
    (rewards, rawRewards) = (table.rewards, table.rawRewards)
    modelRewards = table.modelRewards
    lengths = table.measures
    scores = scored.scores
    ranks = scored.ranks
    dropNames = Dictionary(
      uniqueKeysWithValues: CandidateDrop.allCases.map { ($0, Array($0.rawValue.utf8)) })
  }

  /// Encodes the candidates of rows.
  func encode(_ rows: [ListedRow], by encoder: inout RecordEncoder) {
    for row in rows {
      for place in row.rewards.indices {
        encoder.append { value(contents[$0], of: row, place) }
      }
    }
  }

  private func value(
    _ content: Content, of row: borrowing ListedRow, _ place: Int
  ) -> RecordTable.Value {
    let candidate = row.firstCandidate + place
    let drop = CandidateDrop(ofReward: rewards[candidate])
    let isUsable = drop == nil
    switch content {
    case .promptID: return .text(row.promptID)
    case .file: return .text(files[row.file])
    case .row: return .integer(row.row)
    case .candidate: return .integer(place)
    case .model: return row.models[place].map { .text($0) } ?? .null
    case .rawScore:
      // A candidate that is dropped has no reward in the table.
      if isUsable { return .finite(rawRewards[candidate]) }
      return modelRewards.isEmpty ? .finite(row.rewards[place]) : .null
    // A 0 whose sign marked the better end is a 0.
    case .modelScore(let model): return .finite(modelRewards[model][candidate] + 0)
    case .transformedScore: return isUsable ? .finite(rewards[candidate]) : .null
    case .bias: return isUsable ? .finite(scores.bias(of: candidate)) : .null
    case .score: return isUsable ? .finite(scores[candidate]) : .null
    case .rank: return isUsable ? .integer(Int(ranks[candidate])) : .null
    case .characteristic(let number, let isCount):
      let length = lengths[number][candidate]
      return isCount ? .integer(Int(clamped: length)) : .finite(length)
    case .dropReason: return drop.flatMap { dropNames[$0] }.map { .text($0) } ?? .null
    }
  }
}

extension RecordTable.Value {
  /// A number; null where it is none.
  fileprivate static func finite(_ value: Double) -> Self {
    value.isFinite ? .number(value) : .null
  }
}
