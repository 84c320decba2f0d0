/// Of what `help` tells.
struct HelpOptions: Equatable, Sendable {
  /// The command's name; empty for the program itself.
  var command = ""

  /// What every command takes, which leads here.
  static let option = OptionSpec<HelpOptions>("help", short: "h", "Show this help and stop.") {
    (_, _) in
  }
}

/// What `version` is told: nothing.
struct VersionOptions: Equatable, Sendable {}
