/// The values of a row that make its prompt.
struct PromptFields {
  var prompt: JSONValue
  var messages: JSONValue
  var system: JSONValue
  var id: JSONValue
  /// A conversation that ends with an answer.
  var answered: JSONValue
  /// Fields that pass through.
  var kept: [JSONValue]
}
