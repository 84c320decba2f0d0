internal import Parquet

/// An answer of a planned row but for its text.
struct PlannedAnswer: Equatable {
  /// What the answer is in its pair.
  enum Role: Int64 {
    case chosen, rejected
    /// One of all usable answers to the prompt, which go with the pair.
    case otherAnswer
  }

  var prompt: UInt32
  var candidate: UInt32
  var role: Role
  var score: Double
  var rawScore: Double
  /// The first characteristic.
  var length: Double
  var model: [UInt8]?

  private static let columns: [ColumnType.Field] = [
    .init("prompt", .int64), .init("candidate", .int64), .init("role", .int64),
    .init("score", .double), .init("raw_score", .double), .init("length", .double),
    .init("model", .text),
  ]

  /// Writes the answers of a data file, pair by pair: chosen, rejected, otherAnswers.
  static func write(_ answers: some Sequence<PlannedAnswer>, to path: String) throws {
    try StepTable.write(path, columns, answers) { answer, row in
      row[0].integer(Int64(answer.prompt))
      row[1].integer(Int64(answer.candidate))
      row[2].integer(answer.role.rawValue)
      row[3].number(answer.score)
      row[4].number(answer.rawScore)
      row[5].number(answer.length)
      if let model = answer.model { row[6].text(model) } else { row[6].null() }
    }
  }

  static func read(_ path: String) throws -> [PlannedAnswer] {
    var answers: [PlannedAnswer] = []
    try StepTable.read(path, columns) { column in
      let (prompts, candidates, roles) = (try column(0), try column(1), try column(2))
      let (scores, raw, lengths) = (try column(3), try column(4), try column(5))
      let models = try column(6)
      for row in 0..<prompts.count {
        guard let role = Role(rawValue: Int64(bitPattern: roles.numbers[row])) else {
          throw ParquetError.damaged("an answer has a role that there is not")
        }
        answers.append(
          PlannedAnswer(
            prompt: UInt32(clamping: prompts.numbers[row]),
            candidate: UInt32(clamping: candidates.numbers[row]), role: role,
            score: Double(bitPattern: scores.numbers[row]),
            rawScore: Double(bitPattern: raw.numbers[row]),
            length: Double(bitPattern: lengths.numbers[row]), model: models.text(row)))
      }
    }
    return answers
  }
}
