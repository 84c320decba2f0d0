package import Parquet
internal import Records

/// A pair of plain messages, whose texts are looked at where they are: the prompt's turns, and two
/// answers of one message each.
///
/// It is what a ``PairRow`` of the same row holds.
package struct Exchange: Sendable {
  /// Everything before the answers.
  package private(set) var turns: [ViewedTurn]
  package private(set) var chosen: TextView
  package private(set) var rejected: TextView

  /// Reads the parts of a row, as ``ConversationRow`` does.
  ///
  /// - Parameters:
  ///   - own: the turns that the row has for the prompt.
  ///   - system: the text of the system message that it has beside them; nil without one.
  /// - Returns: nil where the row is more than such a pair or none; ``ConversationRow`` tells.
  init?(
    own: [ViewedTurn], system: TextView?, chosen: [ViewedTurn], rejected: [ViewedTurn],
    in batch: ColumnBatch
  ) {
    let answers = [chosen, rejected]
    guard answers.allSatisfy({ $0.last?.role == .assistant }) else { return nil }
    let whole = answers.filter(Self.isWhole)
    turns = own
    var count = 0
    if let first = whole.first {
      count = whole.reduce(Int.max) { min($0, $1.count - 1) }
      for other in whole.dropFirst() {
        count = zip(first, other).prefix(count).prefix { Self.areEqual($0, $1, batch) }.count
      }
      while count > 0, first[count - 1].role == .assistant { count -= 1 }
      let shared = first[..<count]
      guard whole.allSatisfy({ $0[count].role == .assistant }),
        Self.agree(own, shared, batch)
      else { return nil }
      turns = Array(shared)
    }
    let rests = answers.map { Self.isWhole($0) ? $0[count...] : $0[...] }
    guard rests.allSatisfy({ $0.count == 1 }) else { return nil }
    let texts = rests.flatMap { $0.map(\.text) }
    (self.chosen, self.rejected) = (texts[0], texts[1])
    if let system, system.byteCount > 0, let first = turns.first,
      first.role != .system, first.role != .developer
    {
      turns.insert(ViewedTurn(role: .system, text: system), at: 0)
    }
    guard turns.contains(where: { $0.role == .user }), turns.last?.role != .assistant else {
      return nil
    }
  }

  /// Whether messages begin with a prompt.
  private static func isWhole(_ messages: [ViewedTurn]) -> Bool {
    messages.first.map { $0.role != .assistant && $0.role != .tool } ?? false
  }

  /// Whether the row's own turns are what its conversations begin with, or the text of one of the
  /// user's there; where they may be so nevertheless, ``ConversationRow`` looks closer.
  private static func agree(
    _ own: [ViewedTurn], _ shared: ArraySlice<ViewedTurn>, _ batch: ColumnBatch
  ) -> Bool {
    if own.count <= shared.count, zip(own, shared).allSatisfy({ areEqual($0, $1, batch) }) {
      return true
    }
    // Those of the row stand for these only where they end with them.
    return own.count == 1 && shared.count > 1
      && shared.contains { $0.role == .user && batch.areEqual($0.text, own[0].text) }
  }

  private static func areEqual(
    _ first: ViewedTurn, _ second: ViewedTurn, _ batch: ColumnBatch
  ) -> Bool {
    first.role == second.role && batch.areEqual(first.text, second.text)
  }
}
