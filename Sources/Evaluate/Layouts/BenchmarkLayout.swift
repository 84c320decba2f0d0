/// A published form of the rows of a benchmark with a reward model's scores.
///
/// A row is a prompt with answers, which of them are right, a subset, and scores. Each form is an
/// entry of ``all`` and a reader in a file of its own; what comes after them knows no forms.
package struct BenchmarkLayout: Sendable {
  /// The benchmark whose form it is.
  package let name: String
  /// The fields that tell it, and where the right answers are.
  package let fields: String
  /// What an example counts, and how subsets are summed up.
  package let rule: String
  /// Whether a row is of this form, by the fields that it has.
  let recognizes: @Sendable (ScoreRow) -> Bool
  let read: @Sendable (BenchmarkRow) throws(UnusableRow) -> ExampleReading

  /// In the order in which they are tried; rows that none recognizes are read as pairs.
  package static let all: [BenchmarkLayout] = [
    judgeBench, rmBench, rewardBench2, rewardMath, pairs,
  ]

  /// The form of a row.
  static func of(_ row: ScoreRow) -> BenchmarkLayout {
    all.first { $0.recognizes(row) } ?? pairs
  }

  /// Every form as a table in Markdown, for the documentation.
  package static var markdownTable: String {
    all.reduce("| form | fields of a row | what counts |\n|---|---|---|\n") {
      $0 + "| \($1.name) | \($1.fields) | \($1.rule) |\n"
    }
  }
}
