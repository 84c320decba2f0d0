import JSON
import Testing

/// The value that a text in JSON holds.
func value(_ text: String) throws -> JSONValue {
  try #require(JSONValue(document: Array(text.utf8)), "not JSON: \(text)")
}
