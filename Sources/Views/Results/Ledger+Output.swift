internal import JSON
internal import Records
internal import Terminal

extension Ledger {
  /// What was read, and what became of candidates, as rows of a table.
  func addCandidates(to table: inout TextTable, kept: String) {
    table.add("rows read", Quantity.count(rowsRead))
    if rowsRejected > 0 { table.add("  malformed", Quantity.count(rowsRejected)) }
    table.add("candidates read", Quantity.count(candidatesRead))
    for reason in CandidateDrop.allCases {
      if let count = candidatesDropped[reason] {
        table.add("  dropped: \(reason.rawValue)", Quantity.count(count))
      }
    }
    table.add(kept, Quantity.count(candidatesKept))
    table.add("prompts read", Quantity.count(promptsRead))
    for reason in PromptDrop.allCases {
      guard let count = promptsDropped[reason] else { continue }
      table.add("  dropped: \(reason.rawValue)", Quantity.count(count))
      if reason == .tooFewCandidates { table.add(tooFewCandidates) }
    }
  }

  /// Rows and candidates, for programs.
  var candidateMembers: [JSONValue.Member] {
    [
      .init(
        name: "rows",
        value: ["read": .integer(rowsRead), "rejected": .integer(rowsRejected)]),
      .init(
        name: "candidates",
        value: [
          "read": .integer(candidatesRead), "kept": .integer(candidatesKept),
          "dropped": Self.document(CandidateDrop.allCases, candidatesDropped),
          "with_lone_surrogate": .integer(candidatesWithLoneSurrogate),
        ]),
    ]
  }

  /// Prompts that are dropped, for programs.
  var droppedPrompts: JSONValue { Self.document(PromptDrop.allCases, promptsDropped) }

  private static func document<Reason: RawRepresentable<String> & Hashable>(
    _ reasons: [Reason], _ counts: [Reason: Int]
  ) -> JSONValue {
    .object(
      reasons.filter { counts[$0, default: 0] > 0 }
        .map { .init(name: $0.rawValue, value: .integer(counts[$0, default: 0])) })
  }
}
