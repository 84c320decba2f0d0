internal import JSON
internal import Records
internal import Rows

extension JSONValue {
  /// The text of an answer: the string itself, or what the assistant says in messages.
  ///
  /// Models that apply their own chat template are scored on messages, not on text. It is nil where
  /// the assistant says nothing.
  var answerText: [UInt8]? {
    if let text { return text }
    guard let messages = try? MessageReader(field: "").messages(self),
      messages.contains(where: { $0.role == .assistant })
    else { return nil }
    return Answer(messages).text
  }

  /// The texts of a list of answers, or that of the only one.
  var answerTexts: [[UInt8]]? {
    if let answerText { return [answerText] }
    guard let elements, !elements.isEmpty else { return nil }
    let texts = elements.compactMap(\.answerText)
    return texts.count == elements.count ? texts : nil
  }
}
