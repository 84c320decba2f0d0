internal import Columns

/// What can be said of the pairs of a dataset, or of a group of them, over every one.
package struct PairAudit: Sendable {
  package var rows: Int
  package var length: CharacteristicBias
  package var markdown: CharacteristicBias
  package var margins: ScoreMargins
  /// Pairs whose answers are the same text.
  package var identicalPairs: Int
  /// Other pairs whose answers share at least nine tenths of their words.
  package var nearlyIdenticalPairs: Int
  /// Pairs that are there already: the same prompt and the same answers.
  package var duplicatePairs: Int
  /// Distinct prompts.
  package var prompts: Int
  /// Prompts in more than one split.
  package var promptOverlap: Int
  /// Pairs with an answer of fewer than ten code points.
  package var shortAnswers: Int
  /// Pairs with an answer that seems to have been cut off, chosen and rejected.
  package var truncatedChosen: Int
  package var truncatedRejected: Int
  /// The mean length of the answers in code points.
  package var meanLengthChosen: Double
  package var meanLengthRejected: Double
  /// The mean scores, over pairs that have both; nil without any.
  package var meanScoreChosen: Double?
  package var meanScoreRejected: Double?
  /// The lengths in tokens; nil where they were not counted.
  package var tokens: TokenLengths?

  static let shortestAnswer = 10

  /// The mean of a score, whose sum is scaled by a power of two so that it is a number.
  private static func mean(
    _ records: [PairRecord], _ score: (PairRecord) -> Double
  ) -> Double {
    records.reduce(0) { $0 + 0x1p-64 * score($1) } / Double(records.count) / 0x1p-64
  }

  /// - Parameter records: Some of the table's records; never empty.
  init(_ records: [PairRecord], in table: PairTable) {
    rows = records.count
    let margins = records.map(\.margin)
    let lengths = records.map(\.chosenLength)
    let rejectedLengths = records.map(\.rejectedLength)
    length = CharacteristicBias(chosen: lengths, rejected: rejectedLengths, margins: margins)
    markdown = CharacteristicBias(
      chosen: records.map { Double($0.chosen.markdown) },
      rejected: records.map { Double($0.rejected.markdown) }, margins: margins)
    self.margins = ScoreMargins(margins)
    identicalPairs = records.count { $0.chosen.text.exact == $0.rejected.text.exact }
    nearlyIdenticalPairs = records.count(where: \.isNearlyIdentical)
    shortAnswers = records.count {
      min($0.chosen.length, $0.rejected.length) < Self.shortestAnswer
    }
    truncatedChosen = records.count(where: \.chosen.isTruncated)
    truncatedRejected = records.count(where: \.rejected.isTruncated)
    meanLengthChosen = lengths.reduce(0, +) / Double(rows)
    meanLengthRejected = rejectedLengths.reduce(0, +) / Double(rows)
    tokens = TokenLengths(records, cutAt: table.maxTokens)

    let scored = records.filter { !$0.margin.isNaN }
    if !scored.isEmpty {
      meanScoreChosen = Self.mean(scored, \.chosen.score)
      meanScoreRejected = Self.mean(scored, \.rejected.score)
    }

    struct Key: Hashable { var prompt, chosen, rejected: UInt64 }
    duplicatePairs =
      rows
      - Set(
        records.map {
          Key(
            prompt: $0.prompt.exact, chosen: $0.chosen.text.exact, rejected: $0.rejected.text.exact)
        }
      ).count
    var firstSplits: [UInt64: Int] = [:]
    var overlapping: Set<UInt64> = []
    for record in records {
      let split = table.split(of: record)
      if let first = firstSplits[record.prompt.exact] {
        if first != split { overlapping.insert(record.prompt.exact) }
      } else {
        firstSplits[record.prompt.exact] = split
      }
    }
    prompts = firstSplits.count
    promptOverlap = overlapping.count
  }
}

extension PairTable {
  /// The audit of every pair.
  package var audit: PairAudit { PairAudit(records, in: self) }

  /// For each column that pairs are grouped by, the audit of each value, the most frequent first.
  package var auditsByGroup: [(column: String, groups: [(name: String, audit: PairAudit)])] {
    groupColumns.map { column in
      let parts = Dictionary(grouping: records.indices) { column.codes[$0] }
      let order = parts.keys.sorted {
        let (first, second) = (parts[$0]?.count ?? 0, parts[$1]?.count ?? 0)
        return first != second ? first > second : $0 < $1
      }
      return (
        column.column,
        order.map { number in
          let name = number == .max ? "(none)" : column.names[Int(number)]
          return (name, PairAudit((parts[number] ?? []).map { records[$0] }, in: self))
        }
      )
    }
  }
}
