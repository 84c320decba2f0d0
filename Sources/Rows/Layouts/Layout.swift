internal import JSON
package import Records

/// A way to lay out rows: where the answers, their scores and the prompt are.
///
/// ``all`` is the one list of them. Detection, `inspect`, messages and the documentation come from
/// it: to add a layout is one entry there, one sample and one line of test.
package struct Layout: Sendable {
  /// Where a row has its answers and their scores.
  package enum Answers: Sendable {
    /// One answer a row.
    case flat(response: String, reward: String)
    /// One answer a row, the last turn of a conversation.
    case lastTurn(reward: String)
    /// Lists that run in parallel.
    case nested(responses: String, rewards: String)
    /// A list of answers; the reward is the mean of the ratings that there are.
    case rated(responses: String, ratings: [String])
    /// Fields for each answer, numbered or lettered as in `answer_0` and `score_0`.
    case numbered(response: String, rewards: [String])
    /// A field for each of two answers, the better one first, in one of these spellings.
    case pair([Pair])
  }

  /// The names of two answers and of their scores.
  package struct Pair: Sendable {
    var chosen: String
    var rejected: String
    /// Patterns of the scores' names, where `{}` stands for the reward and `@` for `chosen` or
    /// `rejected`.
    var scores: [String]
    var sides: (String, String)

    init(
      _ chosen: String, _ rejected: String, scores: [String] = ["{}_@", "@_{}", "@-{}"],
      sides: (String, String) = ("chosen", "rejected")
    ) {
      self.chosen = chosen
      self.rejected = rejected
      self.scores = scores
      self.sides = sides
    }
  }

  /// The format that a configuration asks for it by.
  package let format: InputFormat
  package let answers: Answers
  /// Names that the prompt can have, the likeliest first.
  let prompts: [String]
  let systems: [String]
  /// Names that the conversation so far can have.
  let conversations: [String]
  /// Names that the models of answers can have beside the usual ones.
  let models: [String]
  /// What publishes rows like these, for the documentation.
  package let origin: String

  init(
    _ format: InputFormat, _ answers: Answers, origin: String,
    prompts: [String] = ["prompt", "instruction", "question", "query", "input"],
    systems: [String] = ["system", "system_prompt"], conversations: [String] = ["messages"],
    models: [String] = []
  ) {
    self.format = format
    self.answers = answers
    self.origin = origin
    self.prompts = prompts
    self.systems = systems
    self.conversations = conversations
    self.models = models
  }
}
