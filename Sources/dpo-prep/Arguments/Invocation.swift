/// A command that was asked for, with what it was told.
struct Invocation: Sendable {
  /// The command's name, such as `job measure`.
  let name: String
  let options: any Equatable & Sendable
  /// The settings that the command takes.
  let settings: SettingScope
  /// Whether large buffers stay with the program when they are freed.
  let keepsMemory: Bool
  /// Does it.
  let perform: @Sendable (Reporting) throws -> ExitStatus
}

extension Invocation {
  /// `--help` behind a command, which is `help` with the command's name.
  static func help(of command: some AnyCommand) -> Invocation {
    Invocation(
      name: "help", options: HelpOptions(command: command.name), settings: .all,
      keepsMemory: false, perform: { try command.showHelp($0) })
  }
}
