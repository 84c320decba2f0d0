internal import JSON
internal import Parquet
internal import Records

/// How the messages of a dataset are written: in which words, and in which members.
struct MessageShape: Equatable, Sendable {
  let dialect: Profile.Dialect
  /// The type of contents that are parts; nil where every content is a text.
  let parts: ColumnType?
  /// Members beside role and content.
  let extras: [ColumnType.Field]

  /// - Parameter types: what the messages of the dataset hold.
  init(_ dialect: Profile.Dialect, _ types: ConversationTypes) {
    self.dialect = dialect
    let keepsAll = dialect == .openAI
    parts = keepsAll ? types.parts.map { ColumnType($0.including(textPart: true)) } : nil
    extras = keepsAll ? types.extras.map(ColumnType.Field.init) : []
  }

  /// Whether a message is a role and a text.
  var isPlain: Bool { parts == nil && extras.isEmpty }

  var type: ColumnType {
    switch dialect {
    case .openAI, .swift, .text:
      .structure([.init("content", parts ?? .text), .init("role", .text)] + extras)
    case .shareGPT: .structure([.init("from", .text), .init("value", .text)])
    }
  }

  /// Who speaks, in the words of the dialect.
  func name(of role: Message.Role) -> StaticString {
    switch (dialect, role) {
    case (.shareGPT, .system), (.shareGPT, .developer): "system"
    case (.shareGPT, .user): "human"
    case (.shareGPT, .assistant): "gpt"
    case (.shareGPT, .tool): "observation"
    case (.swift, .tool): "tool_response"
    case (_, .system): "system"
    case (_, .user): "user"
    case (_, .assistant): "assistant"
    case (_, .tool): "tool"
    case (_, .developer): "developer"
    }
  }

  /// The name of the role that calls a tool by its text.
  private var callName: StaticString { dialect == .shareGPT ? "function_call" : "tool_call" }

  /// A turn of a dialect whose messages are texts.
  struct Turn {
    var name: StaticString
    var text: [UInt8]
  }

  /// The turns that a message becomes in a dialect whose messages are texts.
  func turns(of message: Message) -> [Turn] {
    var turns: [Turn] = []
    let text = message.markedText
    let calls = message[extra: "tool_calls"]?.elements ?? []
    if calls.isEmpty || !text.isEmpty {
      turns.append(Turn(name: name(of: message.role), text: text))
    }
    let functions = calls.map { $0["function"] ?? $0 }
    if dialect == .shareGPT, functions.count > 1 {
      turns.append(Turn(name: callName, text: JSONValue.list(functions).compact))
    } else {
      turns += functions.map { Turn(name: callName, text: $0.compact) }
    }
    return turns
  }
}

extension Message {
  /// The text with a mark such as `<image>` for each part that is none.
  fileprivate var markedText: [UInt8] {
    guard case .parts(let parts) = content else { return text }
    return parts.flatMap { part -> [UInt8] in
      Message.text(ofPart: part) ?? part.mediaKind.map { Array("<\($0)>".utf8) } ?? []
    }
  }
}

extension JSONValue {
  /// `image`, `video` or `audio` for a part that stands for one; nil for any other.
  var mediaKind: String? {
    guard let type = self["type"]?.text else { return nil }
    return ["image", "video", "audio"].first { type.starts(with: $0.utf8) }
  }
}

extension JSONType {
  /// The type of lists of parts that hold texts as well, which plain contents become.
  fileprivate func including(textPart: Bool) -> JSONType {
    merged(
      with: .list(
        .object([
          Member(name: Array("type".utf8), type: .string),
          Member(name: Array("text".utf8), type: .string),
        ])))
  }
}

extension ColumnType {
  /// The type of a column of such values; what no column can hold is written as JSON text.
  init(_ type: JSONType) {
    switch type {
    case .nothing, .string, .mixed: self = .text
    case .bool: self = .boolean
    case .integer, .wideInteger: self = .int64
    case .number: self = .double
    case .list(let element): self = .list(ColumnType(element))
    case .object(let members):
      self = members.isEmpty ? .text : .structure(members.map(Field.init))
    }
  }
}

extension ColumnType.Field {
  init(_ member: JSONType.Member) {
    self.init(String(decoding: member.name, as: UTF8.self), ColumnType(member.type))
  }
}
