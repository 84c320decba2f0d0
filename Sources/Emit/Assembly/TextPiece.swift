internal import JSON
package import Records

/// A text that belongs to one or more pairs of a prompt.
package enum TextPiece: Sendable {
  case prompt(Prompt)
  case answer(candidate: UInt32, Answer)
}

extension TextPiece {
  /// Roughly the memory that the piece takes.
  var cost: Int {
    switch self {
    case .prompt(let prompt):
      prompt.messages.reduce(160 + prompt.id.count) { $0 + $1.cost }
        + prompt.context.reduce(0) { $0 + $1.cost } + prompt.passThrough.reduce(0) { $0 + $1.cost }
    case .answer(_, .text(let text)): text.count + 96
    case .answer(_, .messages(let messages)): messages.reduce(96) { $0 + $1.cost }
    }
  }

  /// Appends the piece, as it belongs to the prompt of this number, to what will be put aside.
  func write(prompt: UInt32, to output: inout [UInt8]) {
    output.append(number: prompt)
    switch self {
    case .prompt(let value):
      output.append(number: UInt32.max)
      output.append(text: value.id)
      output.append(number: UInt32(value.messages.count))
      for message in value.messages { message.write(to: &output) }
      output.append(text: value.context.isEmpty ? [] : JSONValue.object(value.context).compact)
      output.append(number: UInt32(value.passThrough.count))
      for value in value.passThrough { value.write(to: &output) }
    case .answer(let candidate, let answer):
      output.append(number: candidate)
      switch answer {
      case .text(let text):
        output.append(number: 0)
        output.append(text: text)
      case .messages(let messages):
        output.append(number: UInt32(messages.count))
        for message in messages { message.write(to: &output) }
      }
    }
  }
}

extension Message {
  /// Roughly the memory that the message takes.
  fileprivate var cost: Int {
    let content =
      switch content {
      case .none: 0
      case .text(let text): text.count
      case .parts(let parts): parts.reduce(0) { $0 + $1.cost }
      }
    return 64 + content + extras.reduce(0) { $0 + $1.cost }
  }

  /// A message of a text alone is its role and its text, any other is JSON.
  fileprivate func write(to output: inout [UInt8]) {
    output.append(text: isPlain ? Array(role.rawValue.utf8) : [])
    output.append(text: isPlain ? text : value.compact)
  }
}

extension JSONValue.Member {
  fileprivate var cost: Int { name.count + 48 + value.cost }
}

extension JSONValue {
  /// Roughly the memory that the value takes.
  fileprivate var cost: Int {
    switch self {
    case .string(let text), .largeInteger(let text): text.count + 48
    case .list(let elements): elements.reduce(48) { $0 + $1.cost }
    case .object(let members): members.reduce(48) { $0 + $1.cost }
    default: 16
    }
  }
}

extension PassThroughValue {
  /// Roughly the memory that the value takes.
  fileprivate var cost: Int {
    switch self {
    case .text(let text), .json(let text): text.count + 48
    case .null, .truth, .integer, .number: 16
    }
  }

  /// What tells the kinds of values apart.
  enum Tag: UInt32 {
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
