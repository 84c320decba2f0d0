internal import Parquet

/// The shape of a dataset's rows, named for who reads them.
package enum Profile: String, CaseIterable, Sendable {
  /// Whole conversations beside a string prompt, as in HuggingFaceH4/ultrafeedback_binarized.
  case alignmentHandbook = "alignment-handbook"
  /// An explicit prompt, and answers that are the last turn only, as TRL's DPO trainer wants it.
  case trl
  /// Whole conversations; TRL takes what they begin with alike for the prompt.
  case trlImplicit = "trl-implicit"
  /// Plain strings.
  case standard
  /// A row an answer, with whether it is the better one, for TRL's KTO trainer.
  case kto
  /// Whole conversations under the names that OpenRLHF asks for by default.
  case openRLHF = "openrlhf"
  /// Conversations in the manner of ShareGPT, and a `dataset_info.json`, for LLaMA-Factory.
  case llamaFactory = "llama-factory"
  /// The prompt's messages and one message each, for Axolotl's `chat_template` strategy.
  case axolotl
  /// The whole chosen conversation and the rejected answer, for ms-swift.
  case msSwift = "ms-swift"

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

/// The part of a dataset that a prompt belongs to.
package enum DatasetSplit: String, CaseIterable, Sendable {
  case train, test
}
