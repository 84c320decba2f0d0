internal import Hashing
internal import JSON
internal import Records
internal import Rows

/// Makes records of the pairs of rows.
struct PairReader: Sendable {
  let rows: PairRowReader
  /// The columns whose values pairs are grouped by.
  let groupColumns: [String]

  /// A pair with the names of its groups.
  struct Reading: Sendable {
    var record: PairRecord
    /// For each column its value as text; nil where the row has none.
    var groups: [[UInt8]?]
  }

  /// The pair of a row; nil where it holds none that can be read.
  func read(_ row: JSONValue, file: Int, line: Int) -> Reading? {
    guard let pair = (try? rows.read(row)) ?? nil, let chosen = pair.chosen,
      let rejected = pair.rejected
    else { return nil }
    let (first, second) = (chosen.measuredText, rejected.measuredText)
    let (short, long) = (min(first.count, second.count), max(first.count, second.count))
    return Reading(
      record: PairRecord(
        promptID: pair.promptID.map { Fingerprint.of($0.span.bytes) },
        prompt: TextFingerprint(pair.conversation.promptText),
        chosen: AnswerText.record(chosen, first, score: pair.scores?.chosen),
        rejected: AnswerText.record(rejected, second, score: pair.scores?.rejected),
        // Texts of very different sizes need no look at their words.
        isNearlyIdentical: 2 * short >= long && AnswerText.areNearlyIdentical(first, second),
        shape: RowShape(row), file: UInt32(clamping: file), line: UInt32(clamping: line)),
      groups: groupColumns.map { row[$0].flatMap(\.asGroupName) })
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
  fileprivate init(_ row: JSONValue) {
    func form(_ names: String...) -> Form {
      Form(names.lazy.compactMap { row[$0] }.first { $0 != .null })
    }
    self.init(
      prompt: form("prompt", "conversations", "messages"),
      chosen: form("chosen", "chosen_messages", "messages"),
      rejected: form("rejected", "rejected_response", "rejected_messages"))
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
}
