/// A measured input: its columns in a file, and what else is known of it.
package struct MeasuredInput: Sendable {
  /// The Parquet file.
  package var path: String
  package var facts: MeasuredFacts

  package init(path: String, facts: MeasuredFacts) {
    self.path = path
    self.facts = facts
  }
}
