internal import Foundation
package import Ingest
internal import Records

/// What is read of outputs of models for the same instructions.
package struct LeaderboardRows: Sendable {
  /// Where scores are and what they mean.
  package struct Scoring: Sendable {
    /// The field of the score; nil for `score`, else `reward`.
    package var field: String?
    /// How near to 0 and 1 a preference may be before its logit is taken; nil where scores are
    /// rewards.
    package var preferenceClip: Double?

    package init(field: String?, preferenceClip: Double?) {
      self.field = field
      self.preferenceClip = preferenceClip
    }

    /// The reward that a score stands for; NaN for none.
    package func reward(_ score: Double) -> Double {
      guard let clip = preferenceClip else { return score }
      guard score >= 0, score <= 1 else { return .nan }
      let preference = min(max(score, clip), 1 - clip)
      return log(preference / (1 - preference))
    }
  }

  struct Row: Sendable {
    /// The instruction's number.
    var instruction: Int
    var reward: Double
    var characteristics: [Double]
    var characters: Double
  }

  private struct Reading: Sendable {
    var key: [UInt8]
    var model: String?
    var file: Int
    var row: Row
  }

  /// The models in the order in which they first came, with their rows.
  private(set) var models: [(name: String, rows: [Row])] = []
  private(set) var instructionCount = 0
  private var instructions: [[UInt8]: Int] = [:]
  private var numbers: [String: Int] = [:]
  /// Rows that are no output: without an instruction or a text.
  package private(set) var malformedRows = MalformedRows()

  package init() {}

  /// Reads files, after those that were read before.
  ///
  /// - Parameter model: What all rows are of; nil for what each row says.
  package mutating func read(
    _ files: [InputFile], as model: String? = nil, scoring: Scoring, settings: MethodSettings,
    threads: Int, checkpoint: () throws -> Void
  ) throws {
    let wanted = settings.characteristics.map(\.measure)
    malformedRows += try ScoreRows(files, threads: threads).forEach(
      columns: [], checkpoint: checkpoint
    ) {
      Self.reading(of: $0, scoring, wanted)
    } consume: { reading in
      let name = model ?? reading.model ?? Self.model(ofFile: files[reading.file].displayName)
      var row = reading.row
      row.instruction = instructions[reading.key] ?? instructionCount
      if row.instruction == instructionCount {
        instructions[reading.key] = instructionCount
        instructionCount += 1
      }
      if numbers[name] == nil {
        numbers[name] = models.count
        models.append((name, []))
      }
      models[numbers[name] ?? 0].rows.append(row)
    }
  }

  private static func reading(
    of row: ScoreRow, _ scoring: Scoring, _ wanted: [Characteristic]
  ) -> Reading? {
    guard let text = (row["output"] ?? row["response"])?.text,
      let key = (row["prompt_id"] ?? row["instruction"] ?? row["prompt"])?.text
    else { return nil }
    var measures = TextMeasures(text, wanted)
    for (number, characteristic) in wanted.enumerated() {
      if case .field(let path) = characteristic {
        measures.characteristics[number] = row.number(path)
      }
    }
    let field = scoring.field ?? (row["score"] != nil ? "score" : "reward")
    return Reading(
      key: key, model: row.text("generator") ?? row.text("model"), file: row.file,
      row: Row(
        instruction: 0, reward: scoring.reward(row.number(field)),
        characteristics: measures.characteristics, characters: measures.characters))
  }

  /// `MODEL` of `MODEL/model_outputs.json`, else the file's name.
  private static func model(ofFile path: String) -> String {
    let parts = path.split(separator: "/").map(String.init)
    let isOutputs = parts.last?.hasPrefix("model_outputs") == true
    return isOutputs && parts.count > 1
      ? parts[parts.count - 2] : RewardBenchScores.model(ofFile: path)
  }

  /// The rows of a model.
  func rows(of model: String) -> [Row]? { numbers[model].map { models[$0].rows } }
}
