/// Which of the settings that have no default must have a value.
package enum RequiredSettings: Sendable {
  case all
  /// Those of the input: no dataset is written.
  case input
  case none

  func contains(_ setting: Setting) -> Bool {
    guard setting.placeholder != nil else { return false }
    return switch self {
    case .all: true
    case .input: setting.section == "input"
    case .none: false
    }
  }
}
