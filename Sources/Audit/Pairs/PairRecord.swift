/// What is kept of a pair of a dataset: numbers and fingerprints, no text.
///
/// A record takes about 160 bytes, however long the texts are.
package struct PairRecord: Sendable {
  /// The fingerprint of the prompt's id; nil where the row has none.
  var promptID: UInt64?
  /// That of the turns before the answers.
  var prompt: TextFingerprint
  var chosen: AnswerRecord
  var rejected: AnswerRecord
  /// Whether the answers are nearly the same text, though not the same.
  var isNearlyIdentical: Bool
  /// The texts' lengths in tokens; nil where they were not counted.
  var tokens: PairTokens?
  /// How the row writes prompt and answers.
  var shape: RowShape
  /// The data file's place among the dataset's.
  var file: UInt32
  /// The line that the row begins in, from 1; in Parquet the row's number.
  var line: UInt32

  /// The chosen answer's length in code points.
  package var chosenLength: Double { Double(chosen.length) }
  /// The rejected answer's length in code points.
  package var rejectedLength: Double { Double(rejected.length) }
  /// chosen score − rejected score; NaN without scores.
  package var margin: Double { chosen.score - rejected.score }
  /// chosen length − rejected length, in code points.
  var lengthGap: Double { chosenLength - rejectedLength }
}

/// What is kept of an answer.
struct AnswerRecord: Sendable {
  var text: TextFingerprint
  /// Unicode code points.
  var length: UInt32
  /// Headers, list items and bold spans.
  var markdown: UInt32
  /// NaN where the row has none.
  var score: Double
  /// Whether the text seems to have been cut off.
  var isTruncated: Bool
}

/// How a row writes prompt and answers.
struct RowShape: Equatable, Sendable {
  enum Form: UInt8, Sendable {
    case absent, text, message, conversation
  }

  var prompt: Form
  var chosen: Form
  var rejected: Form
}
