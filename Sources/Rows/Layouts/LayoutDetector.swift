package import JSON
package import Records

/// Tells from a well-formed object how rows are laid out.
package struct LayoutDetector {
  private let fields: FieldMap
  private let format: InputFormat

  /// The list of objects that hold a response and a reward each.
  private static let completionsField = "completions"
  /// Rows whose fields have the names that `input.fields` gives them.
  private static let named = Layout(
    .nested, .nested(responses: "", rewards: ""), origin: "the names of input.fields")

  package init(fields: FieldMap, format: InputFormat) {
    self.fields = fields
    self.format = format
  }

  /// How a row is laid out; nil where it lacks the fields that are asked for.
  package func schema(of row: JSONValue) -> RowSchema? {
    let each = fields.ofEachReward
    guard each.count > 1 else { return plainSchema(of: row)?.readingScoreObjects(in: row) }
    // Each reward model has its fields where it would have them alone.
    let schemas = each.map {
      LayoutDetector(fields: $0.fields, format: format).plainSchema(of: row)
    }
    guard var schema = schemas[0] else { return nil }
    for ((model, _), other) in zip(each, schemas) {
      guard let other, other.responsePaths == schema.responsePaths else { return nil }
      schema.rewards.append(ModelReward(model: model, paths: other.firstRewardPaths))
    }
    schema.findNames(of: schema.paths, in: row)
    return schema
  }

  /// How a row with one reward is laid out.
  private func plainSchema(of row: JSONValue) -> RowSchema? {
    if fields.responses.count > 1 { return columns(row) }
    switch format {
    case .flat: return flat(row)
    case .nested: return nested(row) ?? completions(row) ?? plainNested(row)
    case .automatic:
      if !row.holdsValue(fields.prompt), OwnScores.standRaw(in: row) {
        // With every answer beside the pair, the prompt is in the conversations of the pair alone.
        for layout in Layout.all where layout.isPair {
          if let schema = layout.match(row, fields: fields, prefersRaw: true) { return schema }
        }
      }
      if let schema = nested(row) { return schema }
      // A pair may call its better answer the response, too; then its scores have other names.
      if row.holds(fields.response), row.holds(fields.reward) { return flat(row) }
      if row.holds("\(Self.completionsField).\(fields.reward)") { return completions(row) }
      for layout in Layout.all {
        if let schema = layout.match(row, fields: fields, prefersRaw: true) { return schema }
      }
      return row.holds(fields.response) ? flat(row) : completions(row)
    default:
      for layout in Layout.all where layout.format.isPart(of: format) {
        if let schema = layout.match(row, fields: fields, prefersRaw: true) { return schema }
      }
      return nil
    }
  }

  /// What an input without a single row is taken for.
  package var fallback: RowSchema {
    let row = JSONValue.object([])
    return format == .nested ? plainNested(row) : flat(row)
  }

  /// Fields that the user named and that rows like these are not read by.
  package func unusedFields(of schema: RowSchema) -> [String] {
    let defaults = FieldMap()
    let named: [(String, Bool, [String])] = [
      ("response", fields.response != defaults.response, [fields.response]),
      (
        "reward", fields.flatRewards != defaults.flatRewards, fields.flatRewards.flatMap(\.paths)
      ),
      ("responses", fields.responses != defaults.responses, fields.responses),
      (
        "rewards", fields.nestedRewards != defaults.nestedRewards,
        fields.nestedRewards.flatMap(\.paths)
      ),
    ]
    let used = schema.responsePaths + schema.rewardPaths
    return named.compactMap { name, isSet, paths in
      let isUsed = paths.allSatisfy { path in
        // A name can be part of the paths: `reward` of `reward_chosen` or `completions.reward`.
        used.contains { $0 == path || $0.contains(path) }
      }
      return isSet && !isUsed ? name : nil
    }
  }

  private func flat(_ row: JSONValue) -> RowSchema {
    var schema = Self.named.schema(
      .flat(response: fields.response, reward: fields.reward), of: row, fields: fields)
    schema.format = .flat
    return schema
  }

  private func plainNested(_ row: JSONValue) -> RowSchema {
    Self.named.schema(
      .nested(responses: fields.responses[0], rewards: fields.rewards[0]), of: row, fields: fields)
  }

  private func nested(_ row: JSONValue) -> RowSchema? {
    row.holds(fields.responses[0]) ? plainNested(row) : nil
  }

  private func columns(_ row: JSONValue) -> RowSchema? {
    guard fields.responses.allSatisfy(row.holds) else { return nil }
    return Self.named.schema(
      .columns(
        zip(fields.responses, fields.rewards).map {
          CandidateColumn(response: $0, rewardPath: $1)
        }), of: row, fields: fields)
  }

  private func completions(_ row: JSONValue) -> RowSchema? {
    guard row[Self.completionsField]?.elements != nil else { return nil }
    return Self.named.schema(
      .nested(
        responses: "\(Self.completionsField).\(fields.response)",
        rewards: "\(Self.completionsField).\(fields.reward)"), of: row, fields: fields)
  }
}

extension InputFormat {
  /// Whether rows of this format are of the other one as well: RLHFlow publishes pairs too.
  fileprivate func isPart(of format: InputFormat) -> Bool {
    self == format || format == .rlhflow && self == .h4
  }
}
