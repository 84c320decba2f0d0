internal import Bytes
internal import Columns
internal import JSON
internal import Records
internal import Rows
internal import Text

/// Finds what is wrong with one row.
struct RowChecker {
  let profile: Profile

  /// What is wrong, and with which column where it is one column's.
  struct Fault: Hashable {
    var code: Finding.Code
    var subject: String?
  }

  /// What a column of a row holds.
  private struct Field {
    var column: ProfileColumn
    var value: JSONValue
    /// The messages, where it holds some that can be read.
    var messages: [Message]?

    /// The texts that a person or a model wrote.
    var texts: [[UInt8]] {
      messages?.map(\.text) ?? value.text.map { [$0] } ?? []
    }
  }

  /// - Parameter pair: What the row holds as a pair; nil where it holds none that can be read.
  func faults(in row: JSONValue, _ pair: Result<PairRow?, ReadingFault>) -> Set<Fault> {
    var faults: Set<Fault> = []
    var fields: [Field] = []
    for column in profile.columnSet(has: { row[$0] != nil }) {
      switch row[column.name] {
      case nil, .null?:
        if column.isRequired { faults.insert(Fault(code: .missingColumn, subject: column.name)) }
      case let value?:
        if !column.forms.contains(where: { $0.holds(value) }) {
          faults.insert(Fault(code: .wrongType, subject: column.name))
        }
        var field = Field(column: column, value: value)
        if column.holdsMessages, value.elements != nil || value.members != nil {
          do throws(ReadingFault) {
            field.messages = try MessageReader(field: column.name).messages(value)
          } catch {
            faults.insert(Fault(code: error.code == .unknownRole ? .missingRole : .wrongType))
          }
        }
        fields.append(field)
      }
    }
    for member in row.members ?? [] where member.value.number?.isFinite == false {
      faults.insert(
        Fault(code: .notFinite, subject: String(decoding: member.name, as: UTF8.self)))
    }
    for code in codes(of: fields, pair) { faults.insert(Fault(code: code)) }
    if Self.readsEveryPrompt(profile), row["prompt"]?.text != nil,
      fields.contains(where: { $0.column.isConversation && $0.messages != nil })
    {
      faults.insert(Fault(code: .stringPromptBesideConversations))
    }
    return faults
  }

  /// Whether the profile is for TRL, which takes a `prompt` where there is one, asked for or not.
  static func readsEveryPrompt(_ profile: Profile) -> Bool {
    profile == .alignmentHandbook || profile == .trlImplicit
  }

  private func codes(
    of fields: [Field], _ pair: Result<PairRow?, ReadingFault>
  ) -> Set<Finding.Code> {
    var codes: Set<Finding.Code> = []
    let prompt = fields.first { $0.column.isPrompt }
    for field in fields where field.column.holdsTurns {
      // The text of a turn that is an image is empty, and the turn is not.
      if field.column.part == .firstUserTurn, pair.beginsWithMedia { continue }
      codes.formUnion(self.codes(of: field))
      if field.column.isAnswer { codes.formUnion(self.codes(of: field, beside: prompt)) }
    }
    switch pair {
    case .failure(let fault):
      switch fault.code {
      case .differentPrompts: codes.insert(.differentPrompts)
      case .noAnswer: codes.insert(.noAnswer)
      case .unknownRole: codes.insert(.missingRole)
      default: break
      }
    case .success(let pair?):
      if pair.chosen == pair.rejected { codes.insert(.identicalAnswers) }
      if [.alignmentHandbook, .h4, .openRLHF].contains(profile),
        [pair.chosen, pair.rejected].contains(where: { $0?.isSteps == true })
      {
        codes.insert(.differentPrompts)
      }
    case .success(nil): break
    }
    let answers = fields.filter(\.column.isAnswer).compactMap(\.messages)
    if answers.count == 2, fields.filter(\.column.isConversation).count == 2,
      Self.isWhole(answers[0]) != Self.isWhole(answers[1])
    {
      codes.insert(.differentPrompts)
    }
    return codes
  }

  /// What is wrong with the turns of a column.
  private func codes(of field: Field) -> Set<Finding.Code> {
    var codes: Set<Finding.Code> = []
    if let messages = field.messages {
      let pairs = zip(messages, messages.dropFirst())
      if pairs.contains(where: { $0.role == .user && $0 == $1 }) { codes.insert(.repeatedUserTurn) }
      if messages.isEmpty || messages.contains(where: \.saysNothing) { codes.insert(.emptyTurn) }
      if field.column.isAnswer, let last = messages.last, last.role != .assistant {
        codes.insert(.noAnswer)
      }
    } else if let text = field.value.text, field.column.part != .systemText,
      field.column.part != .input, Words.isBlank(text.span)
    {
      codes.insert(.emptyTurn)
    }
    if field.texts.contains(where: { Self.hasTemplateMarks($0.span) }) {
      codes.insert(.templateResidue)
    }
    return codes
  }

  /// What is wrong with an answer because of the prompt beside it.
  private func codes(of answer: Field, beside prompt: Field?) -> [Finding.Code] {
    guard let messages = answer.messages, let prompt, answer.column.name != prompt.column.name
    else { return [] }
    guard let turns = prompt.messages else {
      // The string that is called otherwise is for people.
      return prompt.column.name != "prompt" || prompt.value.text == nil
        || answer.value.elements == nil ? [] : [.stringPromptBesideConversations]
    }
    guard let last = turns.last(where: { $0.role == .user }) else { return [] }
    return messages.dropLast().contains(last) ? [.repeatedUserTurn] : []
  }

  /// Whether messages begin with the prompt, and not with the answer.
  private static func isWhole(_ messages: [Message]) -> Bool {
    messages.first.map { $0.role != .assistant && $0.role != .tool } ?? false
  }

  /// Marks that tokenizers of chat models put between turns.
  private static let templateMarks = [
    "<|im_start|>", "<|im_end|>", "<|endoftext|>", "<|eot_id|>", "<|start_header_id|>",
    "<|end_header_id|>", "<|begin_of_text|>", "<|user|>", "<|assistant|>", "<|system|>", "<|end|>",
    "<start_of_turn>", "<end_of_turn>", "[INST]", "[/INST]", "<<SYS>>",
  ].map { Array($0.utf8) }

  /// Whether a text has such marks.
  static func hasTemplateMarks(_ text: Span<UInt8>) -> Bool {
    // Both kinds of bracket are rare in prose, so nearly every byte is only passed.
    var place = 0
    while let next = text.firstIndex(of: 0x3C, or: 0x5B, from: place) {
      if templateMarks.contains(where: { text.holds($0, at: next) }) { return true }
      place = next + 1
    }
    return false
  }
}

extension Result where Success == PairRow?, Failure == ReadingFault {
  /// Whether the first turn of the user is more than text.
  fileprivate var beginsWithMedia: Bool {
    (try? get())?.conversation.messages.first { $0.role == .user }?.hasMedia ?? false
  }
}

extension Answer {
  /// Whether this is more than one message.
  fileprivate var isSteps: Bool { messages.count > 1 }
}

extension Message {
  /// Whether the user or the assistant says and does nothing.
  fileprivate var saysNothing: Bool {
    (role == .user || role == .assistant) && !callsTools && !hasMedia && reasoning == nil
      && Words.isBlank(text.span)
  }
}

extension ProfileColumn.Form {
  fileprivate func holds(_ value: JSONValue) -> Bool {
    switch (self, value) {
    case (.text, .string), (.message, .object), (.truth, .bool), (.list, .list): true
    case (.messages, .list(let elements)):
      elements.allSatisfy { if case .object = $0 { true } else { false } }
    default: false
    }
  }
}
