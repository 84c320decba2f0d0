/// What the first pass does with each row.
package struct MeasureOptions: Sendable {
  package var schema: RowSchema
  /// The fewest and the most code points of a usable response.
  package var minChars: Int
  package var maxChars: Int?
  /// Draws for a prompt from its id; nil where nothing is drawn.
  package var draw: (@Sendable ([UInt8]) -> PromptDraws)?

  package init(
    schema: RowSchema, minChars: Int, maxChars: Int?,
    draw: (@Sendable ([UInt8]) -> PromptDraws)? = nil
  ) {
    self.schema = schema
    self.minChars = minChars
    self.maxChars = maxChars
    self.draw = draw
  }
}
