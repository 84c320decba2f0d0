internal import Bytes
package import Records

/// What of an answer is measured and filtered.
package enum AnswerMeasure {
  private static let opening = Array("<think>".utf8)
  private static let closing = Array("</think>".utf8)

  /// Whether a text begins with thinking.
  package static func beginsWithThinking(_ text: Span<UInt8>) -> Bool {
    guard let start = firstVisible(in: text, from: 0) else { return false }
    return text.holds(opening, at: start)
  }

  /// Where what follows the thinking of a text begins: at the end where the thinking has none.
  package static func startAfterThinking(_ text: Span<UInt8>) -> Int {
    guard let end = endOfThinking(text) else { return beginsWithThinking(text) ? text.count : 0 }
    return firstVisible(in: text, from: end) ?? text.count
  }

  /// The place of the next byte that is more than a space.
  private static func firstVisible(in text: Span<UInt8>, from start: Int) -> Int? {
    var place = start
    while place < text.count {
      if text[place] > 0x20 { return place }
      place += 1
    }
    return nil
  }

  /// The place behind the last closing mark; nil where there is none.
  private static func endOfThinking(_ text: Span<UInt8>) -> Int? {
    var end: Int?
    var position = 0
    while let start = text.firstIndex(of: closing[0], from: position) {
      position = start + 1
      guard text.holds(closing, at: start) else { continue }
      position = start + closing.count
      end = position
    }
    return end
  }

  /// The text of an answer that is more than a text, thinking that stands beside it included.
  ///
  /// - Returns: the text of the assistant's messages, a blank line between two, and whether there
  ///   is thinking.
  package static func text(
    of messages: [Message], _ policy: ThinkingPolicy
  ) -> (text: [UInt8], hasThinking: Bool) {
    var texts: [[UInt8]] = []
    var hasThinking = false
    for message in messages where message.role == .assistant {
      if let reasoning = message.reasoning {
        hasThinking = true
        if policy == .include { texts.append(reasoning) }
      }
      let text = message.text
      hasThinking = hasThinking || beginsWithThinking(text.span)
      let start = policy == .exclude ? startAfterThinking(text.span) : 0
      if start < text.count { texts.append(Array(text[start...])) }
    }
    return (Array(texts.joined(separator: [0x0A, 0x0A])), hasThinking)
  }
}
