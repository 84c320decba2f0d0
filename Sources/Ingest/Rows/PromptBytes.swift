internal import Hashing
internal import Records

/// A prompt as bytes: for each turn its role, its length and its text.
///
/// Two prompts are the same exactly when these bytes are.
struct PromptBytes: ~Copyable {
  private(set) var buffer = ScratchText()
  /// The row's own id; empty where it has none.
  var id: [UInt8] = []
  /// Fields of the row that pass through.
  var kept: [KeptValue] = []
  /// Where the text of the first user turn is; nil before there is one.
  private var text: Range<Int>?

  mutating func clear() {
    buffer.truncate(to: 0)
    id.removeAll(keepingCapacity: true)
    kept.removeAll(keepingCapacity: true)
    text = nil
  }

  /// Appends a turn whose text `value` holds.
  mutating func append(_ role: Turn.Role, _ value: JSONValue, in base: UnsafePointer<UInt8>) {
    let start = beginTurn(role)
    if value.kind == .escapedString {
      buffer.append(atMost: value.end - value.start) { output in
        let result = JSONString.unescape(value, in: base, to: output)
        if result.hasLoneSurrogate {
          JSONString.replaceLoneSurrogates(in: output, byteCount: result.byteCount)
        }
        return (result.byteCount, ())
      }
    } else {
      buffer.append(
        UnsafeBufferPointer(start: base + value.start, count: value.end - value.start))
    }
    endTurn(role, from: start)
  }

  /// Appends a turn.
  mutating func append(_ turn: Turn) {
    let start = beginTurn(turn.role)
    buffer.append(turn.content)
    endTurn(turn.role, from: start)
  }

  /// What candidates of this prompt share: a fingerprint of the id, or of the prompt without one.
  var key: Fingerprint.Wide {
    guard id.isEmpty else { return id.withUnsafeBytes { Fingerprint.wide(of: $0) } }
    return Fingerprint.wide(of: buffer.rawBytes)
  }

  /// A fingerprint of the whole prompt.
  var fingerprint: UInt64 { Fingerprint.of(buffer.rawBytes) }

  /// The id that the dataset shows: the row's own, or the SHA-256 of the first user turn.
  var shownID: [UInt8] {
    guard id.isEmpty else { return id }
    let bytes = UnsafeBufferPointer(rebasing: buffer.bytes[text ?? 0..<0])
    return Array(SHA256.digest(of: bytes).hexadecimal.utf8)
  }

  /// The prompt as a value.
  var prompt: Prompt {
    var turns: [Turn] = []
    var position = 0
    let bytes = buffer.bytes
    while position < bytes.count {
      let role = Turn.Role.allCases[Int(bytes[position])]
      let length = Int(
        UnsafeRawBufferPointer(bytes).loadUnaligned(fromByteOffset: position + 1, as: UInt64.self))
      position += 9
      turns.append(Turn(role: role, content: Array(bytes[position..<position + length])))
      position += length
    }
    return Prompt(id: shownID, turns: turns, kept: kept)
  }

  private mutating func beginTurn(_ role: Turn.Role) -> Int {
    buffer.append([UInt8(role.ordinal), 0, 0, 0, 0, 0, 0, 0, 0])
    return buffer.count
  }

  private mutating func endTurn(_ role: Turn.Role, from start: Int) {
    buffer.store(UInt64(buffer.count - start), at: start - 8)
    if role == .user, text == nil { text = start..<buffer.count }
  }
}

extension Turn.Role {
  fileprivate var ordinal: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
