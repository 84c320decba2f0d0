package import Records

/// A text that belongs to one or more pairs of a prompt.
package enum TextPiece: Sendable {
  case prompt(Prompt)
  case response(candidate: UInt32, text: [UInt8])
}

extension TextPiece {
  /// Roughly the memory that the piece takes.
  var cost: Int {
    switch self {
    case .prompt(let prompt):
      prompt.turns.reduce(160 + prompt.id.count) { $0 + $1.content.count + 64 }
        + prompt.kept.reduce(0) { $0 + $1.cost }
    case .response(_, let text): text.count + 96
    }
  }

  /// Appends the piece, as it belongs to the prompt of this number, to what will be put aside.
  func write(prompt: UInt32, to output: inout [UInt8]) {
    output.append(number: prompt)
    switch self {
    case .prompt(let value):
      output.append(number: UInt32.max)
      output.append(text: value.id)
      output.append(number: UInt32(value.turns.count))
      for turn in value.turns {
        output.append(text: Array(turn.role.rawValue.utf8))
        output.append(text: turn.content)
      }
      output.append(number: UInt32(value.kept.count))
      for value in value.kept { value.write(to: &output) }
    case .response(let candidate, let text):
      output.append(number: candidate)
      output.append(text: text)
    }
  }

  /// Reads a piece that `write` wrote; nil at the end of `bytes`.
  static func read(
    from bytes: inout ArraySlice<UInt8>
  ) -> (prompt: UInt32, piece: TextPiece)? {
    guard !bytes.isEmpty else { return nil }
    let prompt = bytes.takeNumber()
    let candidate = bytes.takeNumber()
    guard candidate == UInt32.max else {
      return (prompt, .response(candidate: candidate, text: bytes.takeText()))
    }
    let id = bytes.takeText()
    let turns = (0..<bytes.takeNumber()).map { _ in
      let role = Turn.Role(rawValue: String(decoding: bytes.takeText(), as: UTF8.self))
      return Turn(role: role ?? .user, content: bytes.takeText())
    }
    let kept = (0..<bytes.takeNumber()).map { _ in KeptValue.read(from: &bytes) }
    return (prompt, .prompt(Prompt(id: id, turns: turns, kept: kept)))
  }
}

extension KeptValue {
  /// Roughly the memory that the value takes.
  fileprivate var cost: Int {
    switch self {
    case .text(let text), .json(let text): text.count + 48
    case .null, .truth, .integer, .number: 16
    }
  }

  private enum Tag: UInt32 {
    case null, truth, integer, number, text, json
  }

  fileprivate func write(to output: inout [UInt8]) {
    func append(_ tag: Tag) { output.append(number: tag.rawValue) }
    func append(bits: UInt64) {
      output.append(number: UInt32(truncatingIfNeeded: bits))
      output.append(number: UInt32(truncatingIfNeeded: bits >> 32))
    }
    switch self {
    case .null: append(.null)
    case .truth(let value):
      append(.truth)
      output.append(number: value ? 1 : 0)
    case .integer(let value):
      append(.integer)
      append(bits: UInt64(bitPattern: Int64(value)))
    case .number(let value):
      append(.number)
      append(bits: value.bitPattern)
    case .text(let text):
      append(.text)
      output.append(text: text)
    case .json(let text):
      append(.json)
      output.append(text: text)
    }
  }

  fileprivate static func read(from bytes: inout ArraySlice<UInt8>) -> KeptValue {
    func takeBits() -> UInt64 {
      let low = UInt64(bytes.takeNumber())
      return low | UInt64(bytes.takeNumber()) << 32
    }
    return switch Tag(rawValue: bytes.takeNumber()) {
    case .truth: .truth(bytes.takeNumber() == 1)
    case .integer: .integer(Int(Int64(bitPattern: takeBits())))
    case .number: .number(Double(bitPattern: takeBits()))
    case .text: .text(bytes.takeText())
    case .json: .json(bytes.takeText())
    case .null, nil: .null
    }
  }
}

extension [UInt8] {
  fileprivate mutating func append(number: UInt32) {
    for shift in stride(from: 0 as UInt32, to: 32, by: 8) {
      append(UInt8(truncatingIfNeeded: number >> shift))
    }
  }

  fileprivate mutating func append(text: [UInt8]) {
    append(number: UInt32(text.count))
    self += text
  }
}

extension ArraySlice<UInt8> {
  fileprivate mutating func takeNumber() -> UInt32 {
    let number = prefix(4).reversed().reduce(0 as UInt32) { $0 << 8 | UInt32($1) }
    removeFirst(4)
    return number
  }

  fileprivate mutating func takeText() -> [UInt8] {
    let count = Int(takeNumber())
    let text = Array(prefix(count))
    removeFirst(count)
    return text
  }
}
