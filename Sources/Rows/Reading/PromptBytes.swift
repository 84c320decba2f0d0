package import Hashing
internal import JSON
package import Records
internal import Text

/// A prompt as bytes: for each message its role, its length and its text, or all that it holds.
///
/// Two prompts are the same exactly when these bytes are.
package struct PromptBytes: ~Copyable {
  private var buffer = ScratchText()
  /// The row's own id; empty where it has none.
  package internal(set) var id: [UInt8] = []
  /// Fields of the row that pass through.
  package internal(set) var kept: [KeptValue] = []
  /// Where the text of the first user turn is; nil before there is one.
  private var text: Range<Int>?
  private var messageCount = 0
  /// The messages, where they are more than roles and texts.
  private var conversation: ConversationRow?
  /// Whether a turn that has to say something does not.
  package private(set) var isEmpty = false

  package init() {}

  mutating func clear() {
    buffer.truncate(to: 0)
    id.removeAll(keepingCapacity: true)
    kept.removeAll(keepingCapacity: true)
    text = nil
    messageCount = 0
    conversation = nil
    isEmpty = false
  }

  /// What stands before the length of a message's text, or of all that it holds.
  private enum Mark {
    static func plain(_ role: Message.Role) -> UInt8 {
      UInt8(Message.Role.allCases.firstIndex(of: role) ?? 0)
    }
    static func whole(_ role: Message.Role) -> UInt8 { plain(role) | 0x80 }
    static let context: UInt8 = 0xFF
  }

  /// Appends a message whose text `slice` holds.
  mutating func append(_ role: Message.Role, _ slice: JSONSlice, in base: UnsafePointer<UInt8>) {
    let start = begin(Mark.plain(role))
    if slice.kind == .escapedString {
      buffer.append(atMost: slice.end - slice.start) { output in
        let result = JSONString.unescape(slice, in: base, to: output)
        if result.hasLoneSurrogate {
          JSONString.replaceLoneSurrogates(in: output, byteCount: result.byteCount)
        }
        return (result.byteCount, ())
      }
    } else {
      buffer.append(
        UnsafeBufferPointer(start: base + slice.start, count: slice.end - slice.start))
    }
    end(role, from: start)
  }

  /// Appends a whole prompt.
  mutating func append(_ row: ConversationRow) {
    conversation = row
    for message in row.messages { append(message) }
    guard !row.context.isEmpty else { return }
    let start = begin(Mark.context)
    buffer.append(JSONValue.object(row.context).canonical)
    close(from: start)
  }

  private mutating func append(_ message: Message) {
    if message.isPlain {
      let start = begin(Mark.plain(message.role))
      buffer.append(message.text)
      end(message.role, from: start)
      return
    }
    let start = begin(Mark.whole(message.role))
    buffer.append(message.value.canonical)
    close(from: start)
    messageCount += 1
    let saysNothing =
      !message.callsTools && !message.hasMedia && message.reasoning == nil
      && Words.isBlank(message.text)
    if saysNothing, message.role == .user || message.role == .assistant { isEmpty = true }
  }

  /// What candidates of this prompt share: a fingerprint of the id, or of the prompt without one.
  package var key: Fingerprint.Wide {
    guard id.isEmpty else { return id.withUnsafeBytes { Fingerprint.wide(of: $0) } }
    return Fingerprint.wide(of: buffer.rawBytes)
  }

  /// A fingerprint of the whole prompt.
  package var fingerprint: UInt64 { Fingerprint.of(buffer.rawBytes) }

  /// The id that the dataset shows: the row's own; without one the SHA-256 of the text where that
  /// is all, and else of the prompt as canonical JSON.
  package var shownID: [UInt8] {
    guard id.isEmpty else { return id }
    if messageCount == 1, conversation?.context.isEmpty ?? true, text != nil { return splitKey }
    return Array(SHA256.digest(of: value.canonical).hexadecimal.utf8)
  }

  /// What decides the split: the SHA-256 of the first user turn, whatever the row's id.
  package var splitKey: [UInt8] {
    let first = conversation?.messages.first { $0.role == .user }
    if let first, !first.isPlain {
      return Array(SHA256.digest(of: first.text).hexadecimal.utf8)
    }
    let bytes = UnsafeBufferPointer(rebasing: buffer.bytes[text ?? 0..<0])
    return Array(SHA256.digest(of: bytes).hexadecimal.utf8)
  }

  /// The prompt as a value.
  package var prompt: Prompt {
    Prompt(
      id: shownID, messages: messages, context: conversation?.context ?? [], kept: kept)
  }

  private var messages: [Message] {
    if let conversation { return conversation.messages }
    var messages: [Message] = []
    var position = 0
    let bytes = buffer.bytes
    while position < bytes.count {
      let role = Message.Role.allCases[Int(bytes[position])]
      let length = Int(
        UnsafeRawBufferPointer(bytes).loadUnaligned(fromByteOffset: position + 1, as: UInt64.self))
      position += 9
      messages.append(Message(role, text: Array(bytes[position..<position + length])))
      position += length
    }
    return messages
  }

  /// The prompt as JSON: `messages` and what stands beside them.
  private var value: JSONValue {
    .object(
      [JSONValue.Member(name: "messages", value: .list(messages.map(\.value)))]
        + (conversation?.context ?? []))
  }

  private mutating func begin(_ mark: UInt8) -> Int {
    buffer.append([mark, 0, 0, 0, 0, 0, 0, 0, 0])
    return buffer.count
  }

  private mutating func close(from start: Int) {
    buffer.store(UInt64(buffer.count - start), at: start - 8)
  }

  private mutating func end(_ role: Message.Role, from start: Int) {
    close(from: start)
    messageCount += 1
    if role == .user, text == nil { text = start..<buffer.count }
    if role == .user || role == .assistant,
      Words.isBlank(UnsafeBufferPointer(rebasing: buffer.bytes[start...]))
    {
      isEmpty = true
    }
  }
}
