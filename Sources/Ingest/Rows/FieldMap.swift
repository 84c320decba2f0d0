/// Where a row's fields are: dotted paths.
package struct FieldMap: Equatable, Sendable {
  package var prompt = "prompt"
  package var promptID = "prompt_id"
  package var response = "response"
  package var reward = "reward"
  package var responses = "all_generated_responses"
  package var rewards = "all_rm_scores"
  package var system = "system"
  package var messages = "messages"

  package init() {}
}
