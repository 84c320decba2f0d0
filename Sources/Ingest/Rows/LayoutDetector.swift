internal import Records

/// Tells from a well-formed object how rows are laid out.
struct LayoutDetector {
  private let fields: FieldMap
  private let request: LayoutDetection.Request

  /// The list of objects that hold a response and a reward each.
  private static let completionsField = "completions"

  init(fields: FieldMap, request: LayoutDetection.Request) {
    self.fields = fields
    self.request = request
  }

  /// The layout of a row; nil where it has not the fields that are asked for.
  func layout(of row: JSONTree) -> RowShape.Match? {
    switch request {
    case .flat: return RowShape.Match(layout: .flat, fields: fields)
    case .nested: return nested(row) ?? completions(row) ?? plainNested
    case .preset(let preset): return match(row, preset)
    case .automatic:
      if let nested = nested(row) { return nested }
      if row.holds(fields.response) { return RowShape.Match(layout: .flat, fields: fields) }
      if row.holds("\(Self.completionsField).\(fields.reward)") { return completions(row) }
      for preset in InputPreset.allCases {
        if let match = match(row, preset) { return match }
      }
      return completions(row)
    }
  }

  /// What an input without a single row is taken for.
  var fallback: RowShape.Match {
    request == .nested ? plainNested : RowShape.Match(layout: .flat, fields: fields)
  }

  /// What to say of a row that has not the fields.
  func fault(_ row: Row) -> RowFault {
    let wanted = WantedField(
      path: fields.response, setting: "input.fields.response or .responses", slot: 0)
    var fault = row.missing(wanted)
    if case .preset(let preset) = request {
      fault.message = "the row is not of the format \"\(preset.rawValue)\""
    } else {
      fault.message =
        "no field \"\(fields.responses)\" (nested rows) or \"\(fields.response)\" (flat rows)"
    }
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

  private func match(_ row: JSONTree, _ preset: InputPreset) -> RowShape.Match? {
    for shape in preset.shapes {
      if let match = shape.match(row, fields: fields) { return match }
    }
    return nil
  }
}
