internal import JSON
internal import Parquet
package import Records

extension Profile {
  /// The name of a split's files and of the split itself: what trainers ask for unless they are told
  /// them, or what H4 calls them.
  package func name(of split: DatasetSplit) -> String {
    self == .h4 ? split.rawValue + "_prefs" : split.rawValue
  }

  /// The answers of a pair that a row is made for.
  var rowsPerPair: [Column.Side] { self == .kto ? [.chosen, .rejected] : [.chosen] }

  /// Whether each split's files are in a folder of their own, as where a folder is loaded whole.
  var hasFolderForSplit: Bool { self == .llamaFactory }

  /// The columns in order.
  ///
  /// - Parameter types: what the messages of the dataset hold.
  package func columns(lengthsAreWhole: Bool, types: ConversationTypes) -> [Column] {
    let shape = MessageShape(dialect, types)
    let texts = columns.map { column in
      Column(column.name, type(of: column.part, shape), .part(column.part), shape: shape)
    }
    let numbers = (self == .kto ? Self.numbersOfAnswer : Self.numbersOfPair).map { name, content in
      let isWhole = content.isLength && lengthsAreWhole
      return Column(name, isWhole ? .int64 : .double, content)
    }
    return texts + contextColumns(types) + numbers
  }

  /// The names of the columns for what stands beside conversations.
  func contextNames(_ types: ConversationTypes) -> [String] {
    contextColumns(types).map(\.name)
  }

  private func contextColumns(_ types: ConversationTypes) -> [Column] {
    types.context.map { member in
      let name = String(decoding: member.name, as: UTF8.self)
      // Tools are JSON text, which every trainer that reads them takes.
      let type: ColumnType = name == "tools" ? .text : ColumnType(member.type)
      return Column(name, type, .context(name))
    }
  }

  private func type(of part: ProfileColumn.Part, _ shape: MessageShape) -> ColumnType {
    switch part {
    case .firstUserTurn, .promptText, .systemText, .promptID, .answerText, .input, .history: .text
    case .promptTurns, .conversation, .answerTurns: .list(shape.type)
    case .answer: shape.type
    case .isChosen: .boolean
    }
  }

  private static let numbersOfPair: [(String, Column.Content)] = [
    ("score_chosen", .score(.chosen)), ("score_rejected", .score(.rejected)),
    ("raw_score_chosen", .rawScore(.chosen)), ("raw_score_rejected", .rawScore(.rejected)),
    ("length_chosen", .length(.chosen)), ("length_rejected", .length(.rejected)),
  ]

  private static let numbersOfAnswer: [(String, Column.Content)] = [
    ("score", .score(.own)), ("raw_score", .rawScore(.own)), ("length", .length(.own)),
  ]
}
