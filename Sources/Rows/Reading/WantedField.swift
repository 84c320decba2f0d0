internal import JSON

/// A field that rows must have: where it is, what names it, and where its value is found.
struct WantedField {
  let path: String
  /// The name in `input.fields`, or the key of another setting, such as
  /// `calibration.characteristics`.
  let name: String
  let slot: Int

  init(path: String, name: String, slot: Int) {
    self.path = path
    self.name = name
    self.slot = slot
  }

  init(_ path: String, _ name: String, _ schema: RowSchema, in slots: inout FieldSlots) {
    self.init(path: path, name: name, slot: slots.want(schema.names(in: path)))
  }

  /// What names the field, in the words of the command.
  func setting(_ advice: Advice) -> String {
    name.contains(".") ? name : advice.name(ofField: name)
  }
}
