/// Of what `help` tells.
package struct HelpOptions: Equatable, Sendable {
  /// The command's name; empty for the program itself.
  package var command = ""

  package init(command: String = "") { self.command = command }

  /// What every command takes, which leads here.
  package static let option = OptionSpec<HelpOptions>(
    "help", short: "h", "Show this help and stop."
  ) {
    (_, _) in
  }
}

/// What `version` is given: nothing.
package struct VersionOptions: Equatable, Sendable {
  package init() {}
}
