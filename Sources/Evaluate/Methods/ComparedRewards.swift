/// Rewards of answers that are compared in twos.
///
/// In benchmarks of reward models chosen and rejected answer; on leaderboards a model's and the
/// baseline's.
struct ComparedRewards {
  /// One side of the comparisons, an element a comparison.
  struct Side {
    var rewards: [Double]
    /// For each characteristic its value for each answer.
    var characteristics: [[Double]]
    /// The characters that the penalty counts.
    var characters: [Double]
    /// For each answer a number that answers to the same prompt share, from 0.
    var prompts: [UInt32]
  }

  var first: Side
  var second: Side
  /// Whether a bias is fitted to the first side's answers; not where answers are compared more than
  /// once and ``others`` has each once.
  var fitsFirst = true
  /// Whether a bias is fitted to the second side's answers too.
  var fitsSecond: Bool
  /// Answers that a bias is fitted to besides, in no comparison of their own.
  var others: Side?

  /// Both sides' scores under a method.
  struct Scores {
    var first: [Double]
    var second: [Double]
    /// Comparisons that RC-Mean leaves as they are, for want of answers of similar length.
    var uncalibrated = 0
  }
}
