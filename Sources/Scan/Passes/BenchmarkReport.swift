/// What prompts have of a benchmark's file.
package struct BenchmarkReport: Sendable {
  package var input: InputReport
  /// The texts that were looked for, and those that are too short for it.
  package var textCount: Int
  package var shortTextCount: Int
  /// The prompts that have one of the texts.
  package var promptCount = 0
  /// The rows of which a text was found as the best match of a prompt, by their lines.
  package var rows: [Row] = []

  /// A row of which a text was found.
  package struct Row: Sendable {
    /// In Parquet the row's number.
    package var line: Int
    package var promptCount = 0
    /// The largest share of the text that a prompt has.
    package var largestShare = 0.0

    mutating func add(share: Double) {
      promptCount += 1
      largestShare = max(largestShare, share)
    }
  }
}
