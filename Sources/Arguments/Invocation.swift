package import Terminal

/// A command that was asked for, with what it was told.
package struct Invocation: Sendable {
  /// The command's name, such as `job measure`.
  package let name: String
  package let options: any Equatable & Sendable
  /// The settings that the command takes.
  package let settings: SettingScope
  /// Whether large buffers stay with the program when they are freed.
  package let keepsMemory: Bool
  /// Does it.
  package let perform: @Sendable (Reporting) throws -> ExitStatus
}

extension Invocation {
  /// `--help` behind a command, which is `help` with the command's name.
  package static func help(of command: some AnyCommand) -> Invocation {
    Invocation(
      name: "help", options: HelpOptions(command: command.name), settings: .all,
      keepsMemory: false, perform: { try command.showHelp($0) })
  }
}
