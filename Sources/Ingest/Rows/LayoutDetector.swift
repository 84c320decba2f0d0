internal import Records

/// Tells from a well-formed object how rows are laid out.
struct LayoutDetector {
  private let fields: FieldMap
  private let format: InputFormat

  /// The list of objects that hold a response and a reward each.
  private static let completionsField = "completions"

  init(fields: FieldMap, format: InputFormat) {
    self.fields = fields
    self.format = format
  }

  /// The layout of a row; nil where it has not the fields that are asked for.
  func layout(of row: JSONTree) -> RowShape.Match? {
    switch format {
    case .flat: return RowShape.Match(layout: .flat, fields: fields)
    case .nested: return nested(row) ?? completions(row) ?? plainNested
    case .automatic:
      if let nested = nested(row) { return nested }
      if row.holds(fields.response) { return RowShape.Match(layout: .flat, fields: fields) }
      if row.holds("\(Self.completionsField).\(fields.reward)") { return completions(row) }
      for format in InputFormat.allCases {
        if let match = match(row, format) { return match }
      }
      return completions(row)
    default: return match(row, format)
    }
  }

  /// What an input without a single row is taken for.
  var fallback: RowShape.Match {
    format == .nested ? plainNested : RowShape.Match(layout: .flat, fields: fields)
  }

  /// What to say of a row that has not the fields.
  func fault(_ row: Row) -> RowFault {
    let wanted = WantedField(
      path: fields.response, setting: "input.fields.response or .responses", slot: 0)
    var fault = row.missing(wanted)
    fault.message =
      format.shapes.isEmpty
      ? "no field \"\(fields.responses)\" (nested rows) or \"\(fields.response)\" (flat rows)"
      : "the row is not of the format \"\(format.rawValue)\""
    return fault
  }

  private var plainNested: RowShape.Match {
    RowShape.Match(
      layout: .nested(responses: fields.responses, rewards: fields.rewards), fields: fields)
  }

  private func nested(_ row: JSONTree) -> RowShape.Match? {
    row.holds(fields.responses) ? plainNested : nil
  }

  private func completions(_ row: JSONTree) -> RowShape.Match? {
    guard row[Self.completionsField]?.elements != nil else { return nil }
    var fields = fields
    if fields.model == FieldMap().model { fields.model = "\(Self.completionsField).model" }
    return RowShape.Match(
      layout: .nested(
        responses: "\(Self.completionsField).\(fields.response)",
        rewards: "\(Self.completionsField).\(fields.reward)"),
      fields: fields)
  }

  private func match(_ row: JSONTree, _ format: InputFormat) -> RowShape.Match? {
    for shape in format.shapes {
      if let match = shape.match(row, fields: fields) { return match }
    }
    return nil
  }
}
