package import JSON

/// The values of a row that make its prompt and its answers, found where its layout says.
package struct RowParts {
  /// A value and the path it was found at, for faults.
  package struct Field {
    var path: String
    var value: JSONValue

    package init(_ path: String, _ value: JSONValue) {
      self.path = path
      self.value = value
    }
  }

  /// A text, or messages.
  package var prompt: Field?
  /// What goes on with the text of the prompt, each behind a line break: Alpaca's `input`.
  package var inputs: [Field] = []
  /// Earlier turns before the text of the prompt: Alpaca's `history`.
  package var history: Field?
  /// The conversation so far, where there is no prompt.
  package var conversation: Field?
  package var system: Field?
  /// What stands beside the conversation and belongs to the prompt.
  package var context: [Field] = []
  /// One for each candidate; null where there is no answer.
  package var answers: [Field] = []

  package init() {}
}
