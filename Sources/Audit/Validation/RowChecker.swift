internal import Columns
internal import Ingest
internal import Records

/// Finds what is wrong with one row.
struct RowChecker {
  let profile: Profile

  /// What is wrong, and with which column where it is one column's.
  struct Fault: Hashable {
    var code: Finding.Code
    var subject: String?
  }

  /// - Parameter preference: What the row holds, as the profile has it.
  func faults(in row: JSONTree, _ preference: Preference) -> Set<Fault> {
    var faults: Set<Fault> = []
    for column in profile.trainerColumns {
      switch row[column.name] {
      case nil, .null?:
        if column.isRequired { faults.insert(Fault(code: .missingColumn, subject: column.name)) }
      case let value?:
        if !column.shapes.contains(where: { $0.holds(value) }) {
          faults.insert(Fault(code: .wrongType, subject: column.name))
        }
      }
    }
    if case .object(let members) = row {
      for (key, value) in members where value.number?.isFinite == false {
        faults.insert(Fault(code: .notFinite, subject: String(decoding: key, as: UTF8.self)))
      }
    }
    for code in self.codes(of: preference) { faults.insert(Fault(code: code)) }
    return faults
  }

  private func codes(of row: Preference) -> Set<Finding.Code> {
    var codes: Set<Finding.Code> = []
    for content in [row.prompt, row.chosen, row.rejected] {
      guard let content else { continue }
      if case .messages(let messages) = content {
        if messages.contains(where: { $0.role == nil }) { codes.insert(.missingRole) }
        let pairs = zip(messages, messages.dropFirst())
        if pairs.contains(where: { $0.role == "user" && $0 == $1 }) {
          codes.insert(.repeatedUserTurn)
        }
      }
      if content.texts.contains(where: Self.isBlank) || content.texts.isEmpty {
        codes.insert(.emptyTurn)
      }
      if content.texts.contains(where: Self.hasTemplateMarks) { codes.insert(.templateResidue) }
    }
    for answer in [row.chosen, row.rejected] {
      guard case .messages(let messages)? = answer else { continue }
      if let last = messages.last, last.role != "assistant" { codes.insert(.noAnswer) }
      codes.formUnion(self.codes(of: messages, beside: row.prompt))
    }
    if let chosen = row.chosen, let rejected = row.rejected {
      if chosen.lastText == rejected.lastText { codes.insert(.identicalAnswers) }
      if case .messages(let first) = chosen, case .messages(let second) = rejected,
        first.dropLast() != second.dropLast()
      {
        codes.insert(.differentPrompts)
      }
    }
    return codes
  }

  /// What is wrong with an answer because of the prompt beside it.
  private func codes(
    of answer: [Preference.Message], beside prompt: Preference.Content?
  ) -> [Finding.Code] {
    switch prompt {
    case nil: return []
    case .text?: return [.stringPromptBesideConversations]
    case .messages(let turns)?:
      guard let last = turns.last(where: { $0.role == "user" }) else { return [] }
      return answer.dropLast().contains(last) ? [.repeatedUserTurn] : []
    }
  }

  private static func isBlank(_ text: [UInt8]) -> Bool {
    text.allSatisfy { $0 == 0x20 || (0x09...0x0D).contains($0) }
  }

  /// Marks that tokenizers of chat models put between turns.
  private static let templateMarks = [
    "<|im_start|>", "<|im_end|>", "<|endoftext|>", "<|eot_id|>", "<|start_header_id|>",
    "<|end_header_id|>", "<|begin_of_text|>", "<|user|>", "<|assistant|>", "<|system|>", "<|end|>",
    "<start_of_turn>", "<end_of_turn>", "[INST]", "[/INST]", "<<SYS>>",
  ].map { Array($0.utf8) }

  private static func hasTemplateMarks(_ text: [UInt8]) -> Bool {
    // Both kinds of bracket are rare in prose, so nearly every byte is only passed.
    var place = text.startIndex
    while let next = text[place...].firstIndex(where: { $0 == 0x3C || $0 == 0x5B }) {
      if templateMarks.contains(where: { text[next...].starts(with: $0) }) { return true }
      place = next + 1
    }
    return false
  }
}
