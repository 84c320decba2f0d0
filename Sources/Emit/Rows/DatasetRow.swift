internal import Parquet
package import Records

/// One pair with its texts and numbers.
package struct DatasetRow: Sendable {
  /// One of the two answers.
  package struct Answer: Sendable {
    package var text: [UInt8]
    /// The calibrated reward.
    package var score: Double
    package var rawScore: Double
    /// The first characteristic.
    package var length: Double
    /// Who wrote it, as UTF-8; nil where nobody said or asked.
    package var model: [UInt8]?

    package init(
      text: [UInt8], score: Double, rawScore: Double, length: Double, model: [UInt8]? = nil
    ) {
      self.model = model
      self.text = text
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
    case .firstUserTurn: sink.text(prompt.text)
    case .promptText: sink.text(prompt.wholeText)
    case .systemText: sink.text(prompt.systemText)
    case .promptID: sink.text(prompt.id)
    case .prompt(let shape):
      // ShareGPT's conversations have the system turn beside them.
      let turns = shape == .shareGPT ? prompt.turnsWithoutSystem : prompt.turns[...]
      sink.list(count: turns.count) { index, sink in
        let turn = turns[turns.startIndex + index]
        sink.message(turn.role, turn.content, shape)
      }
    case .conversation(let side, let shape):
      let (turns, answer) = (prompt.turns, answer(side))
      sink.list(count: turns.count + 1) { index, sink in
        if index < turns.count {
          sink.message(turns[index].role, turns[index].content, shape)
        } else {
          sink.message(.assistant, answer.text, shape)
        }
      }
    case .answerInList(let side, let shape):
      let answer = answer(side)
      sink.list(count: 1) { $1.message(.assistant, answer.text, shape) }
    case .answer(let side, let shape): sink.message(.assistant, answer(side).text, shape)
    case .answerText(let side): sink.text(answer(side).text)
    case .isChosen: sink.bool(own == .chosen)
    case .score(let side): sink.number(answer(side).score)
    case .rawScore(let side): sink.number(answer(side).rawScore)
    case .length(let side):
      let length = answer(side).length
      if column.type == .int64 { sink.integer(Int(length)) } else { sink.number(length) }
    case .model(let side):
      if let model = answer(side).model { sink.text(model) } else { sink.null() }
    case .allAnswers: sink.list(count: all.count) { $1.text(all[$0].text) }
    case .allRawScores: sink.list(count: all.count) { $1.number(all[$0].rawScore) }
    case .allScores: sink.list(count: all.count) { $1.number(all[$0].score) }
    case .kept(let index): sink.kept(prompt.kept[index], as: column.type)
    }
  }
}

extension ValueSink {
  /// Takes a field of the input in a column of this type.
  fileprivate mutating func kept(_ value: KeptValue, as type: ColumnType) {
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
    turns.count == 1 ? turns[0].content : Array(turns.map(\.content).joined(separator: [10, 10]))
  }

  /// The system turn that the conversation begins with.
  fileprivate var systemText: [UInt8] {
    guard let first = turns.first, first.role == .system else { return [] }
    return first.content
  }

  fileprivate var turnsWithoutSystem: ArraySlice<Turn> {
    turns.first?.role == .system ? turns.dropFirst() : turns[...]
  }
}
