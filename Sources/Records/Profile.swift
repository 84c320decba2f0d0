/// The shape of a dataset's rows, named for who reads them.
package enum Profile: String, CaseIterable, Sendable {
  /// Whole conversations and nothing that a trainer takes for something else, which the
  /// alignment-handbook and TRL both take as they are.
  case alignmentHandbook = "alignment-handbook"
  /// Whole conversations beside a string prompt and `messages`, the columns of
  /// HuggingFaceH4/ultrafeedback_binarized, of which trainers have to pick two.
  case h4
  /// An explicit prompt, and answers that are the last turn only, as TRL's DPO trainer wants it.
  case trl
  /// Whole conversations; TRL takes what they begin with alike for the prompt.
  case trlImplicit = "trl-implicit"
  /// Plain strings.
  case standard
  /// A row an answer, with whether it is the better one, for TRL's KTO trainer.
  case kto
  /// Whole conversations under the names that OpenRLHF asks for by default.
  case openRLHF = "openrlhf"
  /// Conversations in the manner of ShareGPT, and a `dataset_info.json`, for LLaMA-Factory.
  case llamaFactory = "llama-factory"
  /// The prompt's messages and one message each, for Axolotl's `chat_template` strategy.
  case axolotl
  /// The whole chosen conversation and the rejected answer, for ms-swift.
  case msSwift = "ms-swift"
}
