internal import JSON
internal import Parquet
package import Records

/// One pair with its texts and numbers.
package struct DatasetRow: Sendable {
  /// One of the two answers.
  package struct Answer: Sendable {
    package var content: Records.Answer
    /// The calibrated reward.
    package var score: Double
    package var rawScore: Double
    /// The first characteristic.
    package var length: Double
    /// Who wrote it, as UTF-8; nil where that is unknown or not asked for.
    package var model: [UInt8]?

    package init(
      _ content: Records.Answer, score: Double, rawScore: Double, length: Double,
      model: [UInt8]? = nil
    ) {
      self.model = model
      self.content = content
      self.score = score
      self.rawScore = rawScore
      self.length = length
    }
  }

  package var prompt: Prompt
  package var chosen: Answer
  package var rejected: Answer
  /// Every answer to the prompt, where they are wanted.
  package var all: [Answer]

  package init(prompt: Prompt, chosen: Answer, rejected: Answer, all: [Answer] = []) {
    self.prompt = prompt
    self.chosen = chosen
    self.rejected = rejected
    self.all = all
  }
}

extension DatasetRow {
  /// Hands what stands in a column to a file.
  ///
  /// - Parameter own: The answer that the row is made for.
  func write<Sink: ValueSink>(_ column: Column, own: Column.Side, to sink: inout Sink) {
    func answer(_ side: Column.Side) -> Answer {
      (side == .own ? own : side) == .rejected ? rejected : chosen
    }
    switch column.content {
    case .part(.firstUserTurn): sink.text(prompt.text)
    case .part(.promptText): sink.text(prompt.wholeText)
    case .part(.systemText): sink.text(prompt.systemText)
    case .part(.promptID): sink.text(prompt.id)
    case .part(.promptTurns):
      // ShareGPT's conversations have the system turn beside them.
      let isBeside = column.shape.dialect == .shareGPT
      sink.messages(isBeside ? prompt.turnsWithoutSystem : prompt.messages[...], column.shape)
    case .part(.conversation(let side)):
      let content = answer(side).content
      if case .text(let text) = content, column.shape.isPlain,
        prompt.messages.allSatisfy(\.isPlain)
      {
        // The usual row, without a copy of its texts.
        let turns = prompt.messages
        let shape = column.shape
        sink.list(count: turns.count + 1) { index, sink in
          if index < turns.count {
            sink.message(shape.name(of: turns[index].role), turns[index].text, shape)
          } else {
            sink.message(shape.name(of: .assistant), text, shape)
          }
        }
      } else {
        sink.messages((prompt.messages + content.messages)[...], column.shape)
      }
    case .part(.answerTurns(let side)):
      sink.messages(answer(side).content.messages[...], column.shape)
    case .part(.answer(let side)):
      for message in answer(side).content.messages.prefix(1) {
        sink.message(message, column.shape)
      }
    case .part(.answerText(let side)): sink.text(answer(side).content.text)
    case .part(.isChosen): sink.bool(own == .chosen)
    case .part(.input), .part(.history): sink.null()
    case .context(let name): sink.value(prompt[context: name], as: column.type)
    case .score(let side): sink.number(answer(side).score)
    case .rawScore(let side): sink.number(answer(side).rawScore)
    case .length(let side):
      let length = answer(side).length
      if column.type == .int64 { sink.integer(Int(clamped: length)) } else { sink.number(length) }
    case .model(let side):
      if let model = answer(side).model { sink.text(model) } else { sink.null() }
    case .allAnswers:
      if case .list(.list) = column.type {
        sink.list(count: all.count) { $1.messages(all[$0].content.messages[...], column.shape) }
      } else {
        sink.list(count: all.count) { $1.text(all[$0].content.text) }
      }
    case .allRawScores: sink.list(count: all.count) { $1.number(all[$0].rawScore) }
    case .allScores: sink.list(count: all.count) { $1.number(all[$0].score) }
    case .passThrough(let index): sink.passThrough(prompt.passThrough[index], as: column.type)
    }
  }
}

extension ValueSink {
  /// Takes a list of messages.
  fileprivate mutating func messages(_ messages: ArraySlice<Message>, _ shape: MessageShape) {
    switch shape.dialect {
    case .openAI, .text:
      list(count: messages.count) { index, sink in
        sink.message(messages[messages.startIndex + index], shape)
      }
    case .shareGPT, .swift:
      let turns = messages.flatMap(shape.turns)
      list(count: turns.count) { $1.message(turns[$0].name, turns[$0].text, shape) }
    }
  }

  /// Takes one message.
  fileprivate mutating func message(_ message: Message, _ shape: MessageShape) {
    if shape.dialect == .shareGPT || shape.dialect == .swift {
      for turn in shape.turns(of: message).prefix(1) { self.message(turn.name, turn.text, shape) }
      return
    }
    guard !shape.isPlain, case .structure(let fields) = shape.type else {
      return self.message(shape.name(of: message.role), message.text, shape)
    }
    structure(fields) { index, sink in
      switch index {
      case 0: sink.content(message.content, as: fields[0].type)
      case 1: sink.text(Array(message.role.rawValue.utf8))
      default: sink.value(message[extra: fields[index].name], as: fields[index].type)
      }
    }
  }

  /// Takes the content of a message; where contents are parts, a text is a part of its own.
  private mutating func content(_ content: Message.Content, as type: ColumnType) {
    switch (content, type) {
    case (.none, _): null()
    case (.text(let text), .text): self.text(text)
    case (.text(let text), _):
      value(.list([["type": "text", "text": .string(text)]]), as: type)
    case (.parts(let parts), _): value(.list(parts), as: type)
    }
  }

  /// Takes a field of the input in a column of this type.
  fileprivate mutating func passThrough(_ value: PassThroughValue, as type: ColumnType) {
    switch (value, type) {
    case (.null, _): null()
    case (.truth(let value), .boolean): bool(value)
    case (.integer(let value), .int64): integer(value)
    case (.integer(let value), .double): number(Double(value))
    case (.number(let value), .double): number(value)
    case (.text(let value), _), (.json(let value), _): text(value)
    // Where kinds are mixed, every value is a text.
    case (.truth(let value), _): text(Array(value.description.utf8))
    case (.integer(let value), _): text(Array(value.description.utf8))
    case (.number(let value), _): text(Array(value.description.utf8))
    }
  }
}

extension Prompt {
  /// All turns as one string, a blank line between them.
  fileprivate var wholeText: [UInt8] {
    messages.count == 1
      ? messages[0].text : Array(messages.map(\.text).joined(separator: [10, 10]))
  }

  /// The system turn that the conversation begins with.
  fileprivate var systemText: [UInt8] {
    guard let first = messages.first, first.role == .system else { return [] }
    return first.text
  }

  fileprivate var turnsWithoutSystem: ArraySlice<Message> {
    messages.first?.role == .system ? messages.dropFirst() : messages[...]
  }
}
