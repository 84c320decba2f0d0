internal import Bytes
internal import Hashing
internal import JSON
internal import Parquet
internal import Records
internal import Rows
internal import Tokenizer

/// Makes records of the pairs of rows.
struct PairReader {
  /// A pair with the names of its groups.
  struct Reading: Sendable {
    var record: PairRecord
    /// For each column its value as text; nil where the row has none.
    var groups: [[UInt8]?]
  }

  private let rows: PairRowReader
  private let groupColumns: [String]
  private let isCompared: Bool
  /// Counts tokens; nil where they are not wanted.
  private let counter: TokenCounter?
  private let noGroups: [[UInt8]?]
  private var words = WordBag()
  /// For prompts of several turns.
  private var text: [UInt8] = []

  /// - Parameters:
  ///   - groupColumns: The columns whose values pairs are grouped by.
  ///   - isCompared: Whether the pairs will be compared with those of another dataset.
  ///   - tokenizer: What tokens are counted by; nil for no tokens.
  init(
    _ rows: PairRowReader, groupColumns: [String], isCompared: Bool, tokenizer: TokenizerFile?
  ) {
    self.rows = rows
    self.groupColumns = groupColumns
    self.isCompared = isCompared
    counter = tokenizer.map(TokenCounter.init)
    noGroups = Array(repeating: nil, count: groupColumns.count)
  }

  /// The pair of a row; nil where it holds none that can be read.
  ///
  /// - Throws: ``TokenizerError`` where the tokens of a text cannot be counted.
  mutating func read(
    _ row: JSONValue, file: Int, line: Int
  ) throws(TokenizerError) -> Reading? {
    guard let pair = (try? rows.read(row)) ?? nil, let chosen = pair.chosen,
      let rejected = pair.rejected
    else { return nil }
    let (first, second) = (chosen.measuredText, rejected.measuredText)
    func record(_ answer: Answer, _ text: [UInt8], _ score: Double?) -> AnswerRecord {
      let fingerprint = TextFingerprint(answer.identity.span, isCompared: isCompared)
      return AnswerText.record(text.span, fingerprint, score: score)
    }
    return Reading(
      record: PairRecord(
        promptID: pair.promptID.map { Fingerprint.of($0.span.bytes) },
        prompt: TextFingerprint(pair.conversation.promptText.span, isCompared: isCompared),
        chosen: record(chosen, first, pair.scores?.chosen),
        rejected: record(rejected, second, pair.scores?.rejected),
        isNearlyIdentical: words.areNearlyIdentical(first.span, second.span),
        tokens: try tokens(of: pair.conversation, first, second),
        shape: isCompared ? RowShape(row) : .unknown, file: UInt32(clamping: file),
        line: UInt32(clamping: line)),
      groups: groupColumns.map { row[$0].flatMap(\.asGroupName) })
  }

  private func tokens(
    of prompt: ConversationRow, _ chosen: [UInt8], _ rejected: [UInt8]
  ) throws(TokenizerError) -> PairTokens? {
    guard let counter else { return nil }
    var promptCount = 0
    for message in prompt.messages { promptCount += try counter.count(message.text.span) }
    return PairTokens(
      prompt: promptCount, chosen: try counter.count(chosen.span),
      rejected: try counter.count(rejected.span))
  }

  /// The pair of a row that is looked at in columns, without its tokens; nil where it holds none that
  /// can be read.
  mutating func read(_ row: RowView, file: Int) throws -> Reading? {
    guard let pair = try row.exchange() else {
      return try read(try row.value(), file: file, line: row.line)
    }
    let scores = try row.scores()
    func record(_ text: Span<UInt8>, _ score: Double?) -> AnswerRecord {
      AnswerText.record(text, TextFingerprint(text, isCompared: isCompared), score: score)
    }
    let (chosen, rejected, isNearlyIdentical) = row.batch.withText(pair.chosen) { first in
      row.batch.withText(pair.rejected) { second in
        (
          record(first, scores?.chosen), record(second, scores?.rejected),
          words.areNearlyIdentical(first, second)
        )
      }
    }
    return Reading(
      record: PairRecord(
        promptID: try row.promptID().map { Fingerprint.of($0.span.bytes) },
        prompt: pair.withPrompt(in: row.batch, using: &text) {
          TextFingerprint($0, isCompared: isCompared)
        },
        chosen: chosen, rejected: rejected, isNearlyIdentical: isNearlyIdentical,
        shape: isCompared ? RowShape(row) : .unknown, file: UInt32(clamping: file),
        line: UInt32(clamping: row.line)),
      groups: row.hasColumnsBeside
        ? try row.valuesBeside().map { $0.flatMap(\.asGroupName) } : noGroups)
  }
}

extension ConversationRow {
  /// The prompt as one string, so that a conversation and the same turns as one text are the same;
  /// whatever is more than text comes behind it.
  var promptText: [UInt8] {
    var text = Array(messages.map(\.text).joined(separator: [0x0A, 0x0A]))
    for message in messages where !message.isPlain { text += [0] + message.value.canonical }
    if !context.isEmpty { text += [0] + JSONValue.object(context).canonical }
    return text
  }
}

extension Answer {
  /// What is measured, thinking included, as `run` does.
  var measuredText: [UInt8] {
    switch self {
    case .text(let text): text
    case .messages(let messages): AnswerMeasure.text(of: messages, .include).text
    }
  }
}

extension JSONValue {
  /// The text that stands for the value in a table of groups; nil for null, lists and objects.
  fileprivate var asGroupName: [UInt8]? {
    switch self {
    case .string(let text): text
    case .largeInteger(let digits): digits
    case .integer(let number): Array("\(number)".utf8)
    case .number(let number): Array("\(number)".utf8)
    case .bool(let value): Array("\(value)".utf8)
    case .null, .list, .object: nil
    }
  }
}

extension RowShape {
  /// The columns of a prompt and of each answer, of which the first counts that has a value.
  static let columns = [
    ["prompt", "conversations", "messages"], ["chosen", "chosen_messages", "messages"],
    ["rejected", "rejected_response", "rejected_messages"],
  ]

  /// What stands for the shape of rows that are not compared.
  static let unknown = RowShape(prompt: .absent, chosen: .absent, rejected: .absent)

  fileprivate init(_ row: JSONValue) {
    self.init { Form(Self.columns[$0].lazy.compactMap { row[$0] }.first { $0 != .null }) }
  }

  fileprivate init(_ row: RowView) {
    self.init { Form(row.content(ofAlternative: $0)) }
  }

  private init(_ form: (Int) -> Form) {
    self.init(prompt: form(0), chosen: form(1), rejected: form(2))
  }
}

extension RowShape.Form {
  fileprivate init(_ value: JSONValue?) {
    switch value {
    case .list(let elements)?: self = elements.count > 1 ? .conversation : .message
    case .object?: self = .message
    case .string?: self = .text
    default: self = .absent
    }
  }

  fileprivate init(_ content: RowView.Content?) {
    switch content {
    case .list(let count)?: self = count > 1 ? .conversation : .message
    case .object?: self = .message
    case .text?: self = .text
    case .other?, nil: self = .absent
    }
  }
}
