/// Of what `help` tells.
struct HelpOptions: Equatable, Sendable {
  /// The command's name; empty for the program itself.
  var command = ""
}

/// What `version` is told: nothing.
struct VersionOptions: Equatable, Sendable {}
