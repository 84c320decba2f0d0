extension Profile {
  /// How the messages of a profile are written.
  package enum Dialect: Sendable {
    /// `{content, role}` with whatever else a message has.
    case openAI
    /// `{from, value}`: calls of tools are texts of a role of their own, images are marks in texts.
    case shareGPT
    /// `{content, role}` with the roles that ms-swift has for agents.
    case swift
    /// One string.
    case text
  }

  package var dialect: Dialect {
    switch self {
    case .llamaFactory: .shareGPT
    case .msSwift: .swift
    case .standard: .text
    default: .openAI
    }
  }

  /// Whether an answer can be several messages: the steps of an agent, or turns of its own.
  package var takesSteps: Bool {
    switch self {
    // Releases of the handbook, and OpenRLHF, take the last message for the answer and the turns
    // of `chosen` for the prompt of both.
    case .alignmentHandbook, .h4, .openRLHF: false
    // One message, or one string.
    case .axolotl, .llamaFactory, .msSwift, .standard: false
    case .trl, .trlImplicit, .kto: true
    }
  }

  /// What of a message a profile's trainer reads beside the role.
  package enum MessageUse: Sendable {
    /// The message as it is, which goes to the chat template.
    case everything
    /// Texts, and calls of tools as texts of a role of their own.
    case textAndCalls
    /// Texts, those of parts joined.
    case text
    /// One text, which is looked for in what the chat template makes of it.
    case oneText
  }

  package var messageUse: MessageUse {
    switch self {
    case .alignmentHandbook, .h4, .trl, .trlImplicit, .kto, .openRLHF: .everything
    case .llamaFactory, .msSwift: .textAndCalls
    case .standard: .text
    case .axolotl: .oneText
    }
  }

  /// What a profile's trainer reads beside the conversation.
  package enum ContextUse: Sendable {
    case everything
    /// Tools, and images and the like by their paths.
    case toolsAndPaths
    case nothing
  }

  package var contextUse: ContextUse {
    switch self {
    case .alignmentHandbook, .h4, .trl, .trlImplicit, .kto: .everything
    case .llamaFactory, .msSwift: .toolsAndPaths
    case .openRLHF, .standard, .axolotl: .nothing
    }
  }

  /// The roles that a profile's trainer knows; rows with others it leaves out, or ends.
  package var roles: [Message.Role] {
    switch self {
    case .alignmentHandbook, .h4, .trl, .trlImplicit, .kto, .openRLHF: Message.Role.allCases
    case .llamaFactory, .msSwift, .axolotl: [.system, .user, .assistant, .tool]
    // A string of texts does not tell a result of a tool from the rest.
    case .standard: [.system, .user, .assistant, .developer]
    }
  }

  /// The columns of a profile that hold texts, in order: those that are written, which writers,
  /// readers and `validate` all take from here.
  package var columns: [ProfileColumn] { columnSets[0] }

  /// Every set of columns that the profile's trainer documents; the first is what is written.
  package var columnSets: [[ProfileColumn]] {
    let id = ProfileColumn("prompt_id", .promptID, .text, isRequired: false)
    switch self {
    case .alignmentHandbook:
      return [
        [
          ProfileColumn("chosen", .conversation(.chosen), .messages),
          ProfileColumn("rejected", .conversation(.rejected), .messages),
          // Called `prompt`, TRL would join the string to the conversations, and fail.
          ProfileColumn("prompt_text", .firstUserTurn, .text, isRequired: false), id,
        ]
      ]
    case .h4:
      return [
        [
          ProfileColumn("prompt", .firstUserTurn, .text, .messages, isRequired: false), id,
          ProfileColumn("chosen", .conversation(.chosen), .messages),
          ProfileColumn("rejected", .conversation(.rejected), .messages),
          ProfileColumn("messages", .conversation(.chosen), .messages, isRequired: false),
        ]
      ]
    case .trl:
      return [
        [
          ProfileColumn("prompt", .promptTurns, .messages, .text),
          ProfileColumn("chosen", .answerTurns(.chosen), .messages, .text),
          ProfileColumn("rejected", .answerTurns(.rejected), .messages, .text), id,
        ]
      ]
    case .trlImplicit, .openRLHF:
      return [
        [
          ProfileColumn("chosen", .conversation(.chosen), .messages, .text),
          ProfileColumn("rejected", .conversation(.rejected), .messages, .text), id,
        ]
      ]
    case .standard:
      return [
        [
          ProfileColumn("prompt", .promptText, .text),
          ProfileColumn("chosen", .answerText(.chosen), .text),
          ProfileColumn("rejected", .answerText(.rejected), .text), id,
        ]
      ]
    case .kto:
      return [
        [
          ProfileColumn("prompt", .promptTurns, .messages, .text),
          ProfileColumn("completion", .answerTurns(.own), .messages, .text),
          ProfileColumn("label", .isChosen, .truth), id,
        ]
      ]
    case .llamaFactory:
      return [
        [
          ProfileColumn("conversations", .promptTurns, .messages),
          ProfileColumn("chosen", .answer(.chosen), .message),
          ProfileColumn("rejected", .answer(.rejected), .message),
          ProfileColumn("system", .systemText, .text, isRequired: false), id,
        ],
        [
          ProfileColumn("instruction", .firstUserTurn, .text),
          ProfileColumn("input", .input, .text, isRequired: false),
          ProfileColumn("history", .history, .list, isRequired: false),
          ProfileColumn("chosen", .answerText(.chosen), .text),
          ProfileColumn("rejected", .answerText(.rejected), .text),
          ProfileColumn("system", .systemText, .text, isRequired: false),
        ],
        [
          ProfileColumn("chosen_messages", .conversation(.chosen), .messages),
          ProfileColumn("rejected_messages", .conversation(.rejected), .messages),
        ],
      ]
    case .axolotl:
      return [
        [
          ProfileColumn("messages", .promptTurns, .messages),
          ProfileColumn("chosen", .answer(.chosen), .message),
          ProfileColumn("rejected", .answer(.rejected), .message), id,
        ]
      ]
    case .msSwift:
      return [
        [
          ProfileColumn("messages", .conversation(.chosen), .messages),
          ProfileColumn("rejected_response", .answerText(.rejected), .text, .messages), id,
        ],
        [
          ProfileColumn("messages", .conversation(.chosen), .messages),
          ProfileColumn("rejected_messages", .conversation(.rejected), .messages),
        ],
      ]
    }
  }
}
