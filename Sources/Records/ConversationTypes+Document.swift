package import JSON

extension ConversationTypes {
  /// The types as JSON, without loss.
  package var document: JSONValue {
    [
      "parts": parts?.document ?? .null, "extras": JSONType.object(extras).document,
      "context": JSONType.object(context).document,
      "has_message_answers": .bool(hasMessageAnswers),
    ]
  }

  /// Reads what ``document`` writes; nil where it is something else.
  package init?(_ document: JSONValue) {
    guard case .object(let extras) = document["extras"].flatMap(JSONType.init),
      case .object(let context) = document["context"].flatMap(JSONType.init),
      let hasMessageAnswers = document.truth("has_message_answers"), let parts = document["parts"]
    else { return nil }
    self.init()
    if parts != .null {
      guard let type = JSONType(parts) else { return nil }
      self.parts = type
    }
    self.extras = extras
    self.context = context
    self.hasMessageAnswers = hasMessageAnswers
  }
}
