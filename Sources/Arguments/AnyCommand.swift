package import Settings

/// A command whatever its options are: what parser, dispatch, help, man pages and completions need.
package protocol AnyCommand: Sendable {
  /// What is typed after `dpo-prep`, such as `run` or `job measure`; empty for the program itself.
  var name: String { get }
  /// What the command does, as a phrase for the list of commands.
  var abstract: String { get }
  /// What the command does, in two or three sentences.
  var discussion: String { get }
  /// The operands in order, as the usage line writes them, and what they are.
  var operands: [(name: String, help: String)] { get }
  /// The options of this command alone, without those that every command takes.
  var ownOptions: [any AnyOption] { get }
  /// A command line that can be run, or several, one a line.
  var example: String { get }
  /// The words that the first operand can be; empty where it is anything.
  var operandWords: [String] { get }
  /// The settings that operands change, where there is a `key=value` among them.
  var settings: [Setting] { get }
  /// Whether a setting can have several values, in a list, which are tried one after the other.
  var triesValues: Bool { get }
  /// What can follow the name; empty for a command that does something itself.
  var subcommands: [any AnyCommand] { get }
  /// What the usage line has behind the name.
  var usage: String { get }
  /// What the help calls the subcommands, such as `step`; empty where there are none.
  var noun: String { get }
  /// Options that stand for a subcommand.
  var aliases: [CommandAlias] { get }

  /// Reads what was typed after the command's name.
  func invocation(_ arguments: ArraySlice<String>) throws(UsageError) -> Invocation
}

extension AnyCommand {
  /// The last word of the name.
  var shortName: String { name.split(separator: " ").last.map(String.init) ?? name }

  /// What is typed to get here, such as `dpo-prep job measure`.
  var commandLine: String { name.isEmpty ? "dpo-prep" : "dpo-prep \(name)" }

  /// All options: the command's own, and those that every command takes.
  var allOptions: [any AnyOption] { ownOptions + ReportingOptions.all + [HelpOptions.option] }

  /// The command and all below it, each before its subcommands.
  package var all: [any AnyCommand] { [self] + subcommands.flatMap(\.all) }
}
