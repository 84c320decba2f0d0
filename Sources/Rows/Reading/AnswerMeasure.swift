internal import Glibc
package import Records
internal import Text

/// What of an answer is measured and filtered.
package enum AnswerMeasure {
  private static let opening = Array("<think>".utf8)
  private static let closing = Array("</think>".utf8)

  /// Whether a text begins with thinking.
  package static func beginsWithThinking(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let first = text.first, first == opening[0] || first <= 0x20 else { return false }
    guard let start = text.firstIndex(where: { $0 > 0x20 }) else { return false }
    return text[start...].starts(with: opening)
  }

  /// What follows the thinking of a text: nothing where the thinking has no end.
  package static func afterThinking(_ text: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<
    UInt8
  > {
    guard let end = endOfThinking(text) else {
      return beginsWithThinking(text) ? UnsafeBufferPointer(rebasing: text[..<0]) : text
    }
    let start = text[end...].firstIndex { $0 > 0x20 } ?? text.endIndex
    return UnsafeBufferPointer(rebasing: text[start...])
  }

  /// The place behind the last closing mark; nil where there is none.
  private static func endOfThinking(_ text: UnsafeBufferPointer<UInt8>) -> Int? {
    guard let base = text.baseAddress else { return nil }
    var end: Int?
    var position = 0
    while position < text.count,
      let found = memchr(base + position, Int32(closing[0]), text.count - position)
    {
      let start = UnsafeRawPointer(base).distance(to: found)
      position = start + 1
      guard text[start...].starts(with: closing) else { continue }
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
      let text = message.text.withUnsafeBufferPointer { text in
        hasThinking = hasThinking || beginsWithThinking(text)
        return Array(policy == .exclude ? afterThinking(text) : text)
      }
      if !text.isEmpty { texts.append(text) }
    }
    return (Array(texts.joined(separator: [0x0A, 0x0A])), hasThinking)
  }
}
