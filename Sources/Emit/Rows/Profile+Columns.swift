internal import Parquet
package import Records

extension Profile {
  /// The name of a split's files and of the split itself.
  package func name(of split: DatasetSplit) -> String {
    self == .alignmentHandbook ? split.rawValue + "_prefs" : split.rawValue
  }

  /// The answers of a pair that a row is made for.
  var rowsPerPair: [Column.Side] { self == .kto ? [.chosen, .rejected] : [.chosen] }

  /// Whether each split's files are in a folder of their own, as where a folder is loaded whole.
  var hasFolderForSplit: Bool { self == .llamaFactory }

  /// The columns in order.
  package func columns(lengthsAreWhole: Bool) -> [Column] {
    textColumns
      + (self == .kto ? Self.numbersOfAnswer : Self.numbersOfPair).map { name, content in
        let isWhole = content.isLength && lengthsAreWhole
        return Column(name, isWhole ? .int64 : .double, content)
      }
  }

  private var textColumns: [Column] {
    let id = Column("prompt_id", .text, .promptID)
    func text(_ name: String, _ content: Column.Content) -> Column { Column(name, .text, content) }
    func conversation(_ name: String, _ side: Column.Side) -> Column {
      Column(name, .list(MessageShape.openAI.type), .conversation(side, .openAI))
    }
    func answer(_ name: String, _ side: Column.Side) -> Column {
      Column(name, .list(MessageShape.openAI.type), .answerInList(side, .openAI))
    }
    func turns(_ name: String, _ shape: MessageShape) -> Column {
      Column(name, .list(shape.type), .prompt(shape))
    }
    func message(_ name: String, _ side: Column.Side, _ shape: MessageShape) -> Column {
      Column(name, shape.type, .answer(side, shape))
    }
    switch self {
    case .alignmentHandbook:
      return [
        text("prompt", .firstUserTurn), id, conversation("chosen", .chosen),
        conversation("rejected", .rejected), conversation("messages", .chosen),
      ]
    case .trl:
      return [
        turns("prompt", .openAI), answer("chosen", .chosen), answer("rejected", .rejected), id,
      ]
    case .trlImplicit, .openRLHF:
      return [conversation("chosen", .chosen), conversation("rejected", .rejected), id]
    case .standard:
      return [
        text("prompt", .promptText), text("chosen", .answerText(.chosen)),
        text("rejected", .answerText(.rejected)), id,
      ]
    case .kto:
      return [
        turns("prompt", .openAI), answer("completion", .own),
        Column("label", .boolean, .isChosen), id,
      ]
    case .llamaFactory:
      return [
        turns("conversations", .shareGPT), message("chosen", .chosen, .shareGPT),
        message("rejected", .rejected, .shareGPT), text("system", .systemText), id,
      ]
    case .axolotl:
      return [
        turns("messages", .openAI), message("chosen", .chosen, .openAI),
        message("rejected", .rejected, .openAI), id,
      ]
    case .msSwift:
      return [
        conversation("messages", .chosen), text("rejected_response", .answerText(.rejected)), id,
      ]
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
