/// A field that rows must have: where it is, which setting says so, and where its value is found.
struct WantedField {
  let path: String
  /// The key of the configuration that names the path.
  let setting: String
  let slot: Int

  init(path: String, setting: String, slot: Int) {
    self.path = path
    self.setting = setting
    self.slot = slot
  }

  init(_ path: String, setting: String, in slots: inout FieldSlots) {
    self.init(path: path, setting: setting, slot: slots.want(path))
  }
}
