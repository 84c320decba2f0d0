internal import Parquet
internal import Records

/// How a turn of a conversation is written.
package enum MessageShape: Sendable {
  /// `{content, role}`, as OpenAI's chat format has it, and the handbook's datasets order it.
  case openAI
  /// `{from, value}`, as ShareGPT has it.
  case shareGPT

  /// The members in order.
  var members: (first: String, second: String) {
    switch self {
    case .openAI: (first: "content", second: "role")
    case .shareGPT: (first: "from", second: "value")
    }
  }

  var type: ColumnType {
    .structure([.init(members.first, .text), .init(members.second, .text)])
  }

  /// Whether the role stands before the text.
  var beginsWithRole: Bool { self == .shareGPT }

  /// Who speaks, in the words of the format.
  func name(of role: Turn.Role) -> StaticString {
    switch (self, role) {
    case (.openAI, .system): "system"
    case (.openAI, .user): "user"
    case (.openAI, .assistant): "assistant"
    case (.openAI, .tool): "tool"
    case (.openAI, .developer): "developer"
    case (.shareGPT, .system), (.shareGPT, .developer): "system"
    case (.shareGPT, .user): "human"
    case (.shareGPT, .assistant): "gpt"
    case (.shareGPT, .tool): "observation"
    }
  }
}
