internal import Bytes
internal import Records

/// Whole dialogues as one string, as in hh-rlhf: `\n\nHuman: … \n\nAssistant: …`.
enum Dialogue {
  private static let marks: [(mark: [UInt8], role: Message.Role)] = [
    (Array("\n\nHuman:".utf8), .user), (Array("\n\nAssistant:".utf8), .assistant),
  ]

  /// The first mark where the text begins with it.
  private static let bareMark = Array("Human:".utf8)

  /// The turns of a text; nil where it is not a dialogue that begins with the user.
  ///
  /// The white space around a turn belongs to the marks.
  static func messages(_ text: [UInt8]) -> [Message]? {
    // Without the line breaks at the start it is the same dialogue.
    let text = text.starts(with: bareMark) ? [0x0A, 0x0A] + text : text
    guard text.starts(with: marks[0].mark) else { return nil }
    var messages: [Message] = []
    var turn: (role: Message.Role, start: Int)?
    var position = 0
    func end(at end: Int) {
      guard let turn else { return }
      messages.append(Message(turn.role, text: trimmed(text[turn.start..<end])))
    }
    while let found = text[position...].firstIndex(of: 0x0A) {
      guard let next = marks.first(where: { text[found...].starts(with: $0.mark) }) else {
        position = found + 1
        continue
      }
      end(at: found)
      turn = (next.role, found + next.mark.count)
      position = found + next.mark.count
    }
    end(at: text.count)
    return messages.count > 1 ? messages : nil
  }

  /// The turns of a prompt that is a dialogue up to where the assistant answers; nil for any other.
  ///
  /// The mark of the answer may stand there already, as in Nectar.
  static func prompt(_ text: [UInt8]) -> [Message]? {
    guard var turns = messages(text) else { return nil }
    if let last = turns.last, last.role == .assistant, last.text.isEmpty { turns.removeLast() }
    return turns.last?.role == .user ? turns : nil
  }

  /// Whether a text can be a dialogue, by its first bytes.
  static func canBe(_ text: Span<UInt8>) -> Bool {
    text.holds(marks[0].mark) || text.holds(bareMark)
  }

  /// Whether a text can be a dialogue, by its first bytes as they are written in JSON.
  static func mayBegin(_ json: Span<UInt8>) -> Bool {
    guard json.count > 2 else { return false }
    return switch json[0] {
    // `Hu`, or an escape in the place of the `u`.
    case UInt8(ascii: "H"): json[1] == UInt8(ascii: "u") || json[1] == UInt8(ascii: "\\")
    // A line break, or a letter of ASCII that is escaped.
    case UInt8(ascii: "\\"):
      json[1] == UInt8(ascii: "n")
        || json.count > 3 && json[1] == UInt8(ascii: "u") && json[2] == UInt8(ascii: "0")
          && json[3] == UInt8(ascii: "0")
    default: false
    }
  }

  private static func trimmed(_ text: ArraySlice<UInt8>) -> [UInt8] {
    func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
    guard let first = text.firstIndex(where: { !isSpace($0) }),
      let last = text.lastIndex(where: { !isSpace($0) })
    else { return [] }
    return Array(text[first...last])
  }
}
