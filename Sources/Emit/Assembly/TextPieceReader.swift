internal import JSON
internal import Records

/// Reads what `TextPiece.write` has written, and checks every place, as disks can fail.
struct TextPieceReader {
  private let bytes: [UInt8]
  /// Where the bytes come from, for errors.
  private let file: String
  private var position = 0

  init(_ bytes: [UInt8], file: String) {
    self.bytes = bytes
    self.file = file
  }

  /// The next piece; nil at the end.
  mutating func next() throws(EmitError) -> (prompt: UInt32, piece: TextPiece)? {
    guard position < bytes.count else { return nil }
    let prompt = try number()
    let candidate = try number()
    guard candidate == UInt32.max else {
      // An answer without messages is a text.
      let messages = try list { (reader) throws(EmitError) in try reader.message() }
      let answer: Answer = messages.isEmpty ? .text(try text()) : .messages(messages)
      return (prompt, .answer(candidate: candidate, answer))
    }
    let id = try text()
    let messages = try list { (reader) throws(EmitError) in try reader.message() }
    let context = try context()
    let passThrough = try list { (reader) throws(EmitError) in try reader.passThroughValue() }
    return (
      prompt,
      .prompt(Prompt(id: id, messages: messages, context: context, passThrough: passThrough))
    )
  }

  /// Says that the bytes are not those of texts.
  static func damage(in file: String, _ what: String) -> EmitError {
    EmitError(
      .damaged, "the texts that were put aside here are damaged: \(what)", at: file,
      hint: "they have to be copied from the input again")
  }

  // MARK: Parts

  private func damage() -> EmitError { Self.damage(in: file, "a part is cut or unknown") }

  private mutating func number() throws(EmitError) -> UInt32 {
    guard bytes.count - position >= 4 else { throw damage() }
    position += 4
    return bytes[position - 4..<position].reversed().reduce(0) { $0 << 8 | UInt32($1) }
  }

  private mutating func bits() throws(EmitError) -> UInt64 {
    let low = UInt64(try number())
    return low | UInt64(try number()) << 32
  }

  private mutating func text() throws(EmitError) -> [UInt8] {
    let count = Int(try number())
    guard bytes.count - position >= count else { throw damage() }
    position += count
    return Array(bytes[position - count..<position])
  }

  /// Elements behind their number, which damage can make too large for any memory.
  private mutating func list<Element>(
    _ element: (inout Self) throws(EmitError) -> Element
  ) throws(EmitError) -> [Element] {
    var elements: [Element] = []
    for _ in 0..<(try number()) { elements.append(try element(&self)) }
    return elements
  }

  private mutating func context() throws(EmitError) -> [JSONValue.Member] {
    let document = try text()
    if document.isEmpty { return [] }
    guard let members = JSONValue(document: document, isOurs: true)?.members else {
      throw damage()
    }
    return members
  }

  private mutating func message() throws(EmitError) -> Message {
    let name = try text()
    let text = try text()
    let message =
      name.isEmpty
      ? JSONValue(document: text, isOurs: true).flatMap(Message.init)
      : Message.Role(rawValue: String(decoding: name, as: UTF8.self)).map {
        Message($0, text: text)
      }
    guard let message else { throw damage() }
    return message
  }

  private mutating func passThroughValue() throws(EmitError) -> PassThroughValue {
    switch PassThroughValue.Tag(rawValue: try number()) {
    case .null: return .null
    case .truth: return .truth(try number() == 1)
    case .integer: return .integer(Int(Int64(bitPattern: try bits())))
    case .number: return .number(Double(bitPattern: try bits()))
    case .text: return .text(try text())
    case .json: return .json(try text())
    case nil: throw damage()
    }
  }
}
