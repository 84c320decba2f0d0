internal import Bytes
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
  package internal(set) var passThrough: [PassThroughValue] = []
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
    passThrough.removeAll(keepingCapacity: true)
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
  mutating func append(_ role: Message.Role, _ slice: JSONSlice, in source: PaddedBytes) {
    let start = begin(Mark.plain(role))
    JSONString.append(slice, in: source, to: &buffer)
    end(role, from: start)
  }

  /// Appends a whole prompt.
  mutating func append(_ row: ConversationRow) {
    conversation = row
    for message in row.messages { append(message) }
    guard !row.context.isEmpty else { return }
    let start = begin(Mark.context)
    buffer.append(JSONValue.object(row.context).canonical.span)
    close(from: start)
  }

  /// The fingerprint of a prompt that was read as values.
  package static func fingerprint(of row: ConversationRow) -> UInt64 {
    var bytes = PromptBytes()
    bytes.append(row)
    return bytes.fingerprint
  }

  /// The key of candidates whose rows have this id.
  package static func key(ofID id: [UInt8]) -> Fingerprint.Wide {
    Fingerprint.wide(of: id.span.bytes)
  }

  private mutating func append(_ message: Message) {
    if message.isPlain {
      let start = begin(Mark.plain(message.role))
      buffer.append(message.text.span)
      end(message.role, from: start)
      return
    }
    let start = begin(Mark.whole(message.role))
    buffer.append(message.value.canonical.span)
    close(from: start)
    messageCount += 1
    let saysNothing =
      !message.callsTools && !message.hasMedia && message.reasoning == nil
      && Words.isBlank(message.text.span)
    if saysNothing, message.role == .user || message.role == .assistant { isEmpty = true }
  }

  /// What candidates of this prompt share: a fingerprint of the id, or of the prompt without one.
  package var key: Fingerprint.Wide {
    guard id.isEmpty else { return Self.key(ofID: id) }
    return buffer.withBytes { Fingerprint.wide(of: $0.bytes) }
  }

  /// A fingerprint of the whole prompt.
  package var fingerprint: UInt64 { buffer.withBytes { Fingerprint.of($0.bytes) } }

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
    let digest = buffer.withBytes { SHA256.digest(of: $0.extracting(text ?? 0..<0).bytes) }
    return Array(digest.hexadecimal.utf8)
  }

  /// The prompt as a value.
  package var prompt: Prompt {
    Prompt(
      id: shownID, messages: messages, context: conversation?.context ?? [],
      passThrough: passThrough)
  }

  /// The messages before the answer.
  package var messages: [Message] {
    if let conversation { return conversation.messages }
    return buffer.withBytes { bytes in
      var messages: [Message] = []
      var position = 0
      while position < bytes.count {
        let role = Message.Role.allCases[Int(bytes[position])]
        // Any eight bytes make a number, and their place is checked.
        let length = Int(
          bytes.bytes.unsafeLoadUnaligned(fromByteOffset: position + 1, as: UInt64.self))
        position += 9
        let text = bytes.extracting(position..<position + length)
        messages.append(Message(role, text: Array(copying: text)))
        position += length
      }
      return messages
    }
  }

  /// The prompt as JSON: `messages` and what stands beside them.
  private var value: JSONValue {
    .object(
      [JSONValue.Member(name: "messages", value: .list(messages.map(\.value)))]
        + (conversation?.context ?? []))
  }

  private mutating func begin(_ mark: UInt8) -> Int {
    let head: [9 of UInt8] = [mark, 0, 0, 0, 0, 0, 0, 0, 0]
    buffer.append(head.span)
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
      buffer.withBytes({ Words.isBlank($0.extracting(start..<$0.count)) })
    {
      isEmpty = true
    }
  }
}
