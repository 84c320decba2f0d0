/// An example as its row has it.
struct ExampleReading: Sendable {
  /// Without an id where the row has none.
  var example: ScoredExample
  /// nil where only the file tells.
  var model: String?
  /// Whether its answers were found in the benchmark's texts.
  var hasTexts: Bool
  /// Why a score is missing; nil where none is.
  var missing: String?
}
