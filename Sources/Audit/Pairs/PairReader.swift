internal import Hashing
internal import Ingest
internal import Records

/// Reads the pair of a row, whatever the names of its columns.
struct PairReader: Sendable {
  let profile: Profile
  /// The columns whose values pairs are grouped by.
  let groupColumns: [String]

  /// A pair with the names of its groups.
  struct Reading: Sendable {
    var record: PairRecord
    /// For each column its value as text; nil where the row has none.
    var groups: [[UInt8]?]
  }

  /// The pair of a row; nil where it holds none.
  func read(_ row: JSONTree, file: Int, line: Int) -> Reading? {
    let preference = Preference(row, as: profile)
    guard let chosen = preference.chosen?.lastText, let rejected = preference.rejected?.lastText
    else { return nil }
    let scores = Self.scores(of: row)
    // As one string, so that a conversation and the same turns as one text are the same prompt.
    var turns = preference.turnsBefore
    if profile == .llamaFactory, let system = row["system"]?.text, !system.isEmpty {
      turns.insert(system, at: 0)
    }
    let prompt = Array(turns.joined(separator: [0x0A, 0x0A]))
    let first = AnswerText.record(chosen, score: scores?.chosen)
    let second = AnswerText.record(rejected, score: scores?.rejected)
    let (short, long) = (min(chosen.count, rejected.count), max(chosen.count, rejected.count))
    return Reading(
      record: PairRecord(
        promptID: Self.promptID(of: row), prompt: TextFingerprint(prompt), chosen: first,
        rejected: second,
        // Texts of very different sizes need no look at their words.
        isNearlyIdentical: 2 * short >= long && AnswerText.areNearlyIdentical(chosen, rejected),
        shape: RowShape(preference), file: UInt32(clamping: file), line: UInt32(clamping: line)),
      groups: groupColumns.map { row[$0].flatMap(\.asGroupName) })
  }

  private static func promptID(of row: JSONTree) -> UInt64? {
    switch row["prompt_id"] {
    case .string(let id)? where !id.isEmpty: id.withUnsafeBytes { Fingerprint.of($0) }
    case .integer(let id)?: withUnsafeBytes(of: id) { Fingerprint.of($0) }
    default: nil
    }
  }

  /// The names that the field gives to the scores of a pair.
  private static let scoreNames = [
    ("score_chosen", "score_rejected"), ("chosen_score", "rejected_score"),
    ("chosen-score", "rejected-score"), ("chosen_rating", "rejected_rating"),
    ("chosen-rating", "rejected-rating"), ("rating_chosen", "rating_rejected"),
  ]

  /// The scores of a row, where both are finite numbers.
  private static func scores(of row: JSONTree) -> (chosen: Double, rejected: Double)? {
    for (chosen, rejected) in scoreNames {
      if let chosen = row[chosen]?.number, let rejected = row[rejected]?.number,
        chosen.isFinite, rejected.isFinite
      {
        return (chosen, rejected)
      }
    }
    return nil
  }
}

extension JSONTree {
  /// The text that stands for the value in a table of groups; nil for null, lists and objects.
  fileprivate var asGroupName: [UInt8]? {
    switch self {
    case .string(let text): text
    case .integer(let number): Array("\(Int(exactly: number).map(String.init) ?? "\(number)")".utf8)
    case .number(let number): Array("\(number)".utf8)
    case .bool(let value): Array("\(value)".utf8)
    case .null, .list, .object: nil
    }
  }
}

extension RowShape {
  fileprivate init(_ preference: Preference) {
    self.init(
      prompt: Form(preference.prompt), chosen: Form(preference.chosen),
      rejected: Form(preference.rejected))
  }
}

extension RowShape.Form {
  fileprivate init(_ content: Preference.Content?) {
    switch content {
    case nil: self = .absent
    case .text?: self = .text
    case .messages(let messages)?: self = messages.count > 1 ? .conversation : .message
    }
  }
}
