internal import Ingest

/// The columns that a trainer reads, by profile.
package enum TrainerFormat: String, CaseIterable, Sendable {
  case alignmentHandbook = "alignment-handbook"
  case trl
  case trlImplicit = "trl-implicit"
  case standard, kto
  case openRLHF = "openrlhf"
  case llamaFactory = "llama-factory"
  case axolotl
  case msSwift = "ms-swift"

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
  struct Column: Sendable {
    enum Role: Sendable {
      case prompt, chosen, rejected, label
    }

    var name: String
    var role: Role
    /// What the trainer takes, one of these.
    var shapes: [Shape]
    var isRequired = true
  }

  var columns: [Column] {
    switch self {
    case .alignmentHandbook:
      [
        Column(name: "prompt", role: .prompt, shapes: [.text, .messages], isRequired: false),
        Column(name: "chosen", role: .chosen, shapes: [.messages]),
        Column(name: "rejected", role: .rejected, shapes: [.messages]),
      ]
    case .trl:
      [
        Column(name: "prompt", role: .prompt, shapes: [.messages, .text]),
        Column(name: "chosen", role: .chosen, shapes: [.messages, .text]),
        Column(name: "rejected", role: .rejected, shapes: [.messages, .text]),
      ]
    case .trlImplicit, .openRLHF:
      [
        Column(name: "chosen", role: .chosen, shapes: [.messages, .text]),
        Column(name: "rejected", role: .rejected, shapes: [.messages, .text]),
      ]
    case .standard:
      [
        Column(name: "prompt", role: .prompt, shapes: [.text]),
        Column(name: "chosen", role: .chosen, shapes: [.text]),
        Column(name: "rejected", role: .rejected, shapes: [.text]),
      ]
    case .kto:
      [
        Column(name: "prompt", role: .prompt, shapes: [.messages, .text]),
        Column(name: "completion", role: .chosen, shapes: [.messages, .text]),
        Column(name: "label", role: .label, shapes: [.truth]),
      ]
    case .llamaFactory:
      [
        Column(name: "conversations", role: .prompt, shapes: [.messages]),
        Column(name: "chosen", role: .chosen, shapes: [.message]),
        Column(name: "rejected", role: .rejected, shapes: [.message]),
      ]
    case .axolotl:
      [
        Column(name: "messages", role: .prompt, shapes: [.messages]),
        Column(name: "chosen", role: .chosen, shapes: [.message]),
        Column(name: "rejected", role: .rejected, shapes: [.message]),
      ]
    case .msSwift:
      [
        Column(name: "messages", role: .chosen, shapes: [.messages]),
        Column(name: "rejected_response", role: .rejected, shapes: [.text, .messages]),
      ]
    }
  }

  /// The format that a row is most likely meant for.
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
