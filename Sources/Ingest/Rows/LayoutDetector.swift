internal import Records

/// Tells nested rows from flat ones by the fields of the first well-formed object.
struct LayoutDetector {
  private let fields: FieldMap
  private var slots = FieldSlots()
  private let responses: Int
  private let response: WantedField
  private let completions: Int

  /// The list of objects that hold a response and a reward each, as in UltraFeedback.
  static let completionsField = "completions"

  init(fields: FieldMap) {
    self.fields = fields
    responses = slots.want(fields.responses)
    response = WantedField(
      fields.response, setting: "input.fields.response or .responses", in: &slots)
    completions = slots.want(Self.completionsField)
  }

  /// Looks at the row in `start..<end`; false where it is no well-formed object.
  mutating func isObject(_ base: UnsafePointer<UInt8>, from start: Int, to end: Int) -> Bool {
    var scanner = JSONScanner(base, from: start, to: end)
    return (try? scanner.scanRow(into: &slots)) != nil
  }

  /// The layout of the row last looked at; nil where it has no known field.
  func layout(_ request: LayoutDetection.Request) -> RowSchema.Layout? {
    let nested = RowSchema.Layout.nested(responses: fields.responses, rewards: fields.rewards)
    if slots[responses].isPresent { return nested }
    if slots[response.slot].isPresent, request == .automatic { return .flat }
    if slots[completions].isList {
      return .nested(
        responses: "\(Self.completionsField).\(fields.response)",
        rewards: "\(Self.completionsField).\(fields.reward)")
    }
    return request == .nested ? nested : nil
  }

  /// What to say of a row that has none of the fields.
  func fault(_ base: UnsafePointer<UInt8>, from start: Int, to end: Int) -> RowFault {
    var fault = Row(base: base, start: start, end: end).missing(response)
    fault.message =
      "no field \"\(fields.responses)\" (nested rows) or \"\(fields.response)\" (flat rows)"
    return fault
  }
}
