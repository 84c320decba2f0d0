/// Where a row keeps what is read, as dotted paths.
package struct FieldMap: Hashable, Sendable {
  package var prompt = "prompt"
  package var promptID = "prompt_id"
  package var response = "response"
  package var reward = "reward"
  /// One list, or a field for each response.
  package var responses = ["all_generated_responses"]
  /// As many as ``responses``.
  package var rewards = ["all_rm_scores"]
  package var model = "model"
  package var system = "system"
  package var messages = "messages"

  package init() {}
}
