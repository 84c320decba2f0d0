package import Clean
package import Records
package import Rows
package import Tokenizer

/// What the first pass does with each row.
package struct MeasureOptions: Sendable {
  /// Where the parts of rows are, for each file.
  package var schemas: RowSchemas
  /// The fewest and the most code points of a usable response.
  package var minChars: Int
  package var maxChars: Int?
  /// The most tokens of a usable response, and of prompt and response together.
  package var maxTokens: Int?
  package var maxPairTokens: Int?
  /// What the thinking of answers counts for.
  package var thinking = ThinkingPolicy.include
  /// What tokens are counted by; nil where they are not.
  package var tokenizer: TokenizerFile?
  /// Draws for a prompt from its id and from what decides its split; nil where nothing is drawn.
  package var draw: (@Sendable (_ id: [UInt8], _ splitKey: [UInt8]) -> PromptDraws)?
  /// What of a row the output cannot carry; nil where it carries everything.
  package var obstacle: RowReader.Obstacle?
  /// With more models than this their names are not kept; nil to keep all.
  package var modelLimit: Int?
  /// Which of the fields that pass through says where a prompt comes from; nil where none does.
  package var sourceField: Int?
  /// What is looked for in prompts.
  package var promptFilters = PromptFilters()
  /// Phrases that make an answer a refusal; nil where none are looked for.
  package var refusals: PhraseList?
  /// Whom hints are for.
  package var advice = Advice.settings

  package init(schemas: RowSchemas, minChars: Int, maxChars: Int?) {
    self.schemas = schemas
    self.minChars = minChars
    self.maxChars = maxChars
  }

  /// Whether rows say which split they belong to.
  var hasGivenSplit: Bool { schemas.distinct.contains { $0.split != nil } }

  /// What is measured of every response, the same for all files.
  var characteristics: [Characteristic] { schemas.distinct.first?.characteristics ?? [] }

  /// The reward models of which there are several, the same for all files; none where there is one reward.
  var rewardModels: [RewardModel] {
    schemas.distinct.first?.rewards.map(\.model) ?? []
  }

  /// How many fields of rows pass through.
  var passThroughCount: Int { schemas.distinct.first?.passThrough.count ?? 0 }
}
