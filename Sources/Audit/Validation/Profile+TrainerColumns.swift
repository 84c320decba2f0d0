internal import Ingest
internal import Records

/// The columns that trainers read.
extension Profile {
  /// What a column can hold.
  enum Shape: Sendable {
    case text, messages, message, truth

    func holds(_ value: JSONTree) -> Bool {
      switch (self, value) {
      case (.text, .string), (.message, .object), (.truth, .bool): true
      case (.messages, .list(let elements)):
        elements.allSatisfy { if case .object = $0 { true } else { false } }
      default: false
      }
    }
  }

  /// A column and what it is for.
  struct TrainerColumn: Sendable {
    enum Role: Sendable {
      case prompt, chosen, rejected, label
    }

    var name: String
    var role: Role
    /// What the trainer takes, one of these.
    var shapes: [Shape]
    var isRequired = true
  }

  /// The columns that the trainer reads.
  var trainerColumns: [TrainerColumn] {
    switch self {
    case .alignmentHandbook:
      [
        TrainerColumn(
          name: "prompt", role: .prompt, shapes: [.text, .messages], isRequired: false),
        TrainerColumn(name: "chosen", role: .chosen, shapes: [.messages]),
        TrainerColumn(name: "rejected", role: .rejected, shapes: [.messages]),
      ]
    case .trl:
      [
        TrainerColumn(name: "prompt", role: .prompt, shapes: [.messages, .text]),
        TrainerColumn(name: "chosen", role: .chosen, shapes: [.messages, .text]),
        TrainerColumn(name: "rejected", role: .rejected, shapes: [.messages, .text]),
      ]
    case .trlImplicit, .openRLHF:
      [
        TrainerColumn(name: "chosen", role: .chosen, shapes: [.messages, .text]),
        TrainerColumn(name: "rejected", role: .rejected, shapes: [.messages, .text]),
      ]
    case .standard:
      [
        TrainerColumn(name: "prompt", role: .prompt, shapes: [.text]),
        TrainerColumn(name: "chosen", role: .chosen, shapes: [.text]),
        TrainerColumn(name: "rejected", role: .rejected, shapes: [.text]),
      ]
    case .kto:
      [
        TrainerColumn(name: "prompt", role: .prompt, shapes: [.messages, .text]),
        TrainerColumn(name: "completion", role: .chosen, shapes: [.messages, .text]),
        TrainerColumn(name: "label", role: .label, shapes: [.truth]),
      ]
    case .llamaFactory:
      [
        TrainerColumn(name: "conversations", role: .prompt, shapes: [.messages]),
        TrainerColumn(name: "chosen", role: .chosen, shapes: [.message]),
        TrainerColumn(name: "rejected", role: .rejected, shapes: [.message]),
      ]
    case .axolotl:
      [
        TrainerColumn(name: "messages", role: .prompt, shapes: [.messages]),
        TrainerColumn(name: "chosen", role: .chosen, shapes: [.message]),
        TrainerColumn(name: "rejected", role: .rejected, shapes: [.message]),
      ]
    case .msSwift:
      [
        TrainerColumn(name: "messages", role: .chosen, shapes: [.messages]),
        TrainerColumn(name: "rejected_response", role: .rejected, shapes: [.text, .messages]),
      ]
    }
  }

  /// The profile that a row looks like; nil where it looks like none.
  init?(of row: JSONTree) {
    let prompt = row["prompt"]
    if row["completion"] != nil, row["label"] != nil {
      self = .kto
    } else if row["rejected_response"] != nil {
      self = .msSwift
    } else if row["conversations"] != nil {
      self = .llamaFactory
    } else if case .object? = row["chosen"] {
      self = .axolotl
    } else if row["chosen"] == nil, row["rejected"] == nil {
      return nil
    } else if prompt == nil {
      self = .trlImplicit
    } else if row["chosen"]?.text != nil, prompt?.text != nil {
      self = .standard
    } else if prompt?.text != nil, let turns = row["chosen"]?.elements, turns.count > 1 {
      self = .alignmentHandbook
    } else {
      self = .trl
    }
  }
}
