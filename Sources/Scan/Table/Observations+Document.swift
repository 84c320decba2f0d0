package import JSON
internal import Records
internal import Rows

extension Observations {
  /// The observations as JSON, without loss.
  package var document: JSONValue {
    [
      "kept_kinds": .list(passThroughKinds.map { .integer(Int($0.rawValue)) }),
      "types": types.document,
      "other_fields": .list(otherFields.map { .string($0) }),
      "optional_fields": .integer(Int(optionalFields.rawValue)),
      "thinking_answers": .integer(thinkingAnswers), "doubtful_scores": .integer(doubtfulScores),
    ]
  }

  /// Reads what ``document`` writes; nil where it is something else.
  package init?(_ document: JSONValue) {
    func flags(_ value: JSONValue?) -> UInt8? {
      guard case .integer(let flags) = value else { return nil }
      return UInt8(exactly: flags)
    }
    guard
      let passThroughKinds = document.list("kept_kinds", { flags($0).map(PassThroughKinds.init) }),
      let types = document["types"].flatMap(ConversationTypes.init),
      let otherFields = document.list("other_fields", \.text),
      let optionalFields = flags(document["optional_fields"]),
      let thinkingAnswers = document.integer("thinking_answers"),
      let doubtfulScores = document.integer("doubtful_scores")
    else { return nil }
    self.init(passThroughCount: 0)
    self.passThroughKinds = passThroughKinds
    self.types = types
    self.otherFields = otherFields
    self.optionalFields = OptionalFields(rawValue: optionalFields)
    self.thinkingAnswers = thinkingAnswers
    self.doubtfulScores = doubtfulScores
  }
}
