package import Records

/// One pair with its texts and numbers.
package struct DatasetRow: Sendable {
  /// One of the two answers.
  package struct Answer: Sendable {
    package var text: [UInt8]
    /// The calibrated reward.
    package var score: Double
    package var rawScore: Double
    /// The first characteristic.
    package var length: Double

    package init(text: [UInt8], score: Double, rawScore: Double, length: Double) {
      self.text = text
      self.score = score
      self.rawScore = rawScore
      self.length = length
    }
  }

  package var prompt: Prompt
  package var chosen: Answer
  package var rejected: Answer

  package init(prompt: Prompt, chosen: Answer, rejected: Answer) {
    self.prompt = prompt
    self.chosen = chosen
    self.rejected = rejected
  }
}
