/// What is kept of a pair of a dataset: numbers and fingerprints, no text.
///
/// A record takes about 100 bytes, however long the texts are.
package struct PairRecord: Sendable {
  /// The fingerprint of the prompt's turns.
  var prompt: UInt64
  var chosen: AnswerRecord
  var rejected: AnswerRecord
  /// Whether the answers are nearly the same text, though not the same.
  var isNearlyIdentical: Bool
  /// The data file's place among the dataset's.
  var file: UInt32
  /// The place of the source's name among those of the column, and of the model's.
  var groups: [UInt32]

  /// chosen score − rejected score; NaN without scores.
  var margin: Double { chosen.score - rejected.score }
  /// chosen length − rejected length, in code points.
  var lengthGap: Double { Double(chosen.length) - Double(rejected.length) }
}

/// What is kept of an answer.
struct AnswerRecord: Sendable {
  /// The fingerprint of the text.
  var text: UInt64
  /// Unicode code points.
  var length: UInt32
  /// Headers, list items and bold spans.
  var markdown: UInt32
  /// NaN where the row has none.
  var score: Double
  /// Whether the text seems to have been cut off.
  var isTruncated: Bool
}
