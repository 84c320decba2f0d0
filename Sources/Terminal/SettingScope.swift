/// The settings that a command takes as `key=value`, in its configuration or both.
package enum SettingScope: Equatable, Sendable {
  case none
  case section(String)
  case all

  /// Whether a setting is among them.
  package func contains(_ key: String) -> Bool {
    switch self {
    case .none: false
    case .section(let section): key.hasPrefix(section + ".")
    case .all: true
    }
  }
}
