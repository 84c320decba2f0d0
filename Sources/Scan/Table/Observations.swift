package import Records
package import Rows

/// What was noticed about rows as a whole while they were measured.
package struct Observations: Sendable {
  /// For each field that passes through, the kinds of its values.
  package internal(set) var passThroughKinds: [PassThroughKinds]
  /// What messages hold beside role and text.
  package internal(set) var types = ConversationTypes()
  /// The names of top-level fields that are not read, in the order of their first appearance.
  package internal(set) var otherFields: [[UInt8]] = []
  /// The fields that rows need not have and that some row had.
  package internal(set) var optionalFields: OptionalFields = []
  /// Answers that hold thinking.
  package internal(set) var thinkingAnswers = 0
  /// Candidates whose score of 10 stands for a 1, as UltraFeedback's finer scores show.
  package internal(set) var doubtfulScores = 0

  /// More names are not kept: rows with so many are maps, not columns.
  private static let otherFieldLimit = 1000

  init(passThroughCount: Int) { passThroughKinds = Array(repeating: [], count: passThroughCount) }

  /// Takes in what was noticed about later rows.
  mutating func merge(_ later: Observations) {
    for (index, kinds) in later.passThroughKinds.enumerated() {
      passThroughKinds[index].formUnion(kinds)
    }
    types.merge(later.types)
    for name in later.otherFields
    where otherFields.count < Self.otherFieldLimit && !otherFields.contains(name) {
      otherFields.append(name)
    }
    optionalFields.formUnion(later.optionalFields)
    thinkingAnswers += later.thinkingAnswers
    doubtfulScores += later.doubtfulScores
  }
}
