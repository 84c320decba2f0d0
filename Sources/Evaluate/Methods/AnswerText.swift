internal import Ingest

extension JSONTree {
  /// The text of an answer: the string itself, or what the assistant says in a list of messages.
  ///
  /// Models that apply their own chat template are scored on messages, not on text. Several messages
  /// or parts of one are joined by line breaks; nil where there is no text.
  var answerText: [UInt8]? {
    guard let elements else { return text }
    let isConversation = elements.contains { $0.role != nil }
    let spoken = isConversation ? elements.filter(\.isAnswer) : elements
    let texts = spoken.compactMap(\.messageText)
    return texts.isEmpty ? nil : Array(texts.joined(separator: [UInt8(ascii: "\n")]))
  }

  /// The texts of a list of answers, or that of the only one.
  var answerTexts: [[UInt8]]? {
    if let answerText { return [answerText] }
    guard let elements, !elements.isEmpty else { return nil }
    let texts = elements.compactMap(\.answerText)
    return texts.count == elements.count ? texts : nil
  }

  private var role: [UInt8]? { (self["role"] ?? self["from"])?.text }

  private var isAnswer: Bool {
    guard let role else { return false }
    return ["assistant", "gpt", "model"].contains { role.elementsEqual($0.utf8) }
  }

  /// The text of a message or of a part of one.
  private var messageText: [UInt8]? {
    (self["content"] ?? self["value"] ?? self["text"])?.answerText
  }
}
