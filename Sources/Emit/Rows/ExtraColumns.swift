internal import Parquet
package import Records

/// Columns beside a profile's own: fields of the input that pass through, models, and
/// every answer to the prompt.
package struct ExtraColumns: Equatable, Sendable {
  /// Names of fields that pass through, in the order of the rows' kept values, and their kinds.
  private let passThrough: [PassThrough]
  private let hasModels: Bool
  private let hasAllAnswers: Bool

  private struct PassThrough: Equatable, Sendable {
    var name: String
    var kinds: PassThroughKinds
  }

  /// - Parameter kept: The columns' names and the kinds of values that they will hold.
  package init(
    passThrough: [(name: String, kinds: PassThroughKinds)] = [], hasModels: Bool = false,
    hasAllAnswers: Bool = false
  ) {
    self.passThrough = passThrough.map { PassThrough(name: $0.name, kinds: $0.kinds) }
    self.hasModels = hasModels
    self.hasAllAnswers = hasAllAnswers
  }

  /// The columns as a profile has them.
  ///
  /// - Parameter types: what the messages of the dataset hold.
  func columns(of profile: Profile, _ types: ConversationTypes) -> [Column] {
    var columns: [Column] = []
    if hasModels, profile == .kto {
      columns.append(Column("model", .text, .model(.own)))
    } else if hasModels {
      columns.append(Column("chosen_model", .text, .model(.chosen)))
      columns.append(Column("rejected_model", .text, .model(.rejected)))
    }
    if hasAllAnswers {
      let shape = MessageShape(.openAI, types)
      columns.append(
        Column(
          "all_generated_responses",
          .list(types.hasMessageAnswers ? .list(shape.type) : .text), .allAnswers, shape: shape))
      columns.append(Column("all_rm_scores", .list(.double), .allRawScores))
      columns.append(Column("all_scores", .list(.double), .allScores))
    }
    for (index, field) in passThrough.enumerated() {
      columns.append(Column(field.name, ColumnType(field.kinds), .passThrough(index)))
    }
    return columns
  }
}

extension ColumnType {
  /// The type that holds values of these kinds; text where nothing else holds them all.
  fileprivate init(_ kinds: PassThroughKinds) {
    switch kinds.subtracting(.null) {
    case .truth: self = .boolean
    case .integer, .wideInteger, [.integer, .wideInteger]: self = .int64
    case .number, [.integer, .number]: self = .double
    default: self = .text
    }
  }
}
