internal import Records

/// Tells nested rows from flat ones by the fields of the first well-formed object.
struct LayoutDetector {
  private let fields: FieldMap
  private var slots = FieldSlots()
  private let responses: Int
  private let response: Int
  private let completions: Int

  /// The list of objects that hold a response and a reward each, as in UltraFeedback.
  static let completionsField = "completions"

  init(fields: FieldMap) {
    self.fields = fields
    responses = slots.want(fields.responses)
    response = slots.want(fields.response)
    completions = slots.want(Self.completionsField)
  }

  /// The layout for rows that are nested by what the configuration says.
  mutating func nested(
    _ base: UnsafePointer<UInt8>, from start: Int, to end: Int
  ) -> RowSchema.Layout {
    if case .nested(let responses, let rewards) = detect(base, from: start, to: end) {
      return .nested(responses: responses, rewards: rewards)
    }
    return .nested(responses: fields.responses, rewards: fields.rewards)
  }

  /// The layout of the row in `start..<end`; nil where it is no object or has no known field.
  mutating func detect(
    _ base: UnsafePointer<UInt8>, from start: Int, to end: Int
  ) -> RowSchema.Layout? {
    var scanner = JSONScanner(base, from: start, to: end)
    guard (try? scanner.scanRow(into: &slots)) != nil else { return nil }
    if slots[responses].isPresent {
      return .nested(responses: fields.responses, rewards: fields.rewards)
    }
    if slots[response].isPresent { return .flat }
    if slots[completions].isList {
      return .nested(
        responses: "\(Self.completionsField).\(fields.response)",
        rewards: "\(Self.completionsField).\(fields.reward)")
    }
    return nil
  }

  /// What to say of a row that has none of the fields.
  func fault(_ base: UnsafePointer<UInt8>, from start: Int, to end: Int) -> RowFault {
    var fault = Row(base: base, start: start, end: end).missing(fields.response)
    fault.message =
      "no field \"\(fields.responses)\" (nested rows) or \"\(fields.response)\" (flat rows)"
    return fault
  }
}
