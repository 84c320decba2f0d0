/// The settings that a command takes as `key=value`, in its configuration or both.
package enum SettingScope: Equatable, Sendable {
  case none
  /// Those of these keys, with what is in them.
  case only([String])
  case all

  /// Whether a setting is among them.
  package func contains(_ key: String) -> Bool {
    switch self {
    case .none: false
    case .only(let keys): keys.contains { key == $0 || key.hasPrefix($0 + ".") }
    case .all: true
    }
  }
}
