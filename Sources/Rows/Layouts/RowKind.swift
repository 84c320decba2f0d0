package import JSON
internal import Records

/// Rows that are known, but not scored answers: what to say of them.
package enum RowKind {
  /// Answers that are better or worse by a label.
  case labelled
  /// Better and worse answers without scores.
  case pairs
  /// Numbered answers, of which a field names the better one.
  case numbered(String)
  /// A conversation without a score.
  case conversation
  /// An object with the rows in one of its fields.
  case envelope(String)

  /// Tells what a row is; nil where it is nothing that is known.
  package init?(of row: JSONValue) {
    if Self.isLabelled(row) {
      self = .labelled
    } else if Layout.all.contains(where: { $0.isPair && $0.match(row, needsScores: false) != nil })
    {
      self = .pairs
    } else if let name = ["response_0", "response_a", "answer_0", "completion_a", "output_1"].first(
      where: { row[$0] != nil })
    {
      self = .numbered(name)
    } else if ["messages", "conversations", "conversation"].contains(where: { name in
      row[name]?.elements?.first.flatMap { $0["role"] ?? $0["from"] } != nil
    }) {
      self = .conversation
    } else if let name = row.members?.first(where: { member in
      guard let first = member.value.elements?.first, case .object = first else { return false }
      return first["role"] == nil && first["from"] == nil
    })?.name, row.members?.count ?? 0 <= 3 {
      self = .envelope(String(decoding: name, as: UTF8.self))
    } else {
      return nil
    }
  }

  /// Whether a label says of a single answer that it is good or bad.
  static func isLabelled(_ row: JSONValue) -> Bool {
    ["label", "kto_tag", "labels"].contains { name in
      if case .bool? = row[name] { true } else { false }
    }
  }

  package var message: String {
    switch self {
    case .labelled: "these are single answers with a label (KTO), without scores"
    case .pairs: "these are pairs without scores: there is nothing to calibrate"
    case .numbered(let name):
      "these are answers to compare (\"\(name)\" and so on) without scores: there is nothing to "
        + "calibrate"
    case .conversation: "these are conversations without scores: there is nothing to calibrate"
    case .envelope(let name): "this object holds rows in \"\(name)\", it is not a row itself"
    }
  }

  package var hint: String {
    switch self {
    case .labelled: "score the answers first; `dpo-prep validate --profile kto` checks the data"
    case .pairs:
      "score the answers first, or name the scores; `dpo-prep validate` and `dpo-prep audit` look "
        + "at pairs as they are"
    case .numbered:
      "score the answers first; with the better one in `chosen` and the other in `rejected`, "
        + "`dpo-prep audit` looks at them"
    case .conversation:
      "score the answers first, in a field `score` or `reward` beside the messages, or name the "
        + "field with the scores"
    case .envelope(let name):
      "write the rows by themselves, a line each: `jq -c '.\(name)[]' FILE > rows.jsonl`"
    }
  }
}

extension Layout {
  /// Whether a row has a better and a worse answer.
  package var isPair: Bool {
    if case .pair = answers { true } else { false }
  }
}
