internal import Settings

/// A command that is one of several, such as the steps of `job`; the program itself is one.
struct CommandGroup: AnyCommand {
  let name: String
  let abstract: String
  let discussion: String
  let noun: String
  /// What the usage line has behind the name.
  let usage: String
  let subcommands: [any AnyCommand]
  /// Options that stand for a subcommand, such as `--version`.
  var aliases: [CommandAlias] = []
  let example: String

  var operands: [(name: String, help: String)] { [] }
  var ownOptions: [any AnyOption] { [] }
  var operandWords: [String] { [] }
  var settings: [Setting] { [] }

  func invocation(_ arguments: ArraySlice<String>) throws(UsageError) -> Invocation {
    guard let word = arguments.first else {
      throw UsageError(
        .noCommand, isProgram ? "expected a command" : "\"\(name)\" needs \(noun.withArticle)",
        hint: "write one of \(wordList)" + (isProgram ? ", or --help" : ""))
    }
    if word == "--help" || word == "-h" { return .help(of: self) }
    if let alias = aliases.first(where: { $0.words.contains(word) }) {
      return try subcommand(alias.name).invocation([])
    }
    return try subcommand(word).invocation(arguments.dropFirst())
  }

  /// The subcommand of this name.
  func subcommand(_ word: String) throws(UsageError) -> any AnyCommand {
    if let command = subcommands.first(where: { $0.shortName == word }) { return command }
    if isProgram, word.hasPrefix("-"), word != "-" {
      throw UsageError(
        .unknownOption, "unknown option \"\(word)\" before the command",
        hint: UsageError.suggestion(for: word, among: ["--help"] + aliases.flatMap(\.words))
          ?? "options go behind the command, as in dpo-prep run --json CONFIG")
    }
    throw UsageError(
      .unknownCommand, "unknown \(noun) \"\(word)\"" + (isProgram ? "" : " of \"\(name)\""),
      hint: UsageError.suggestion(for: word, among: subcommands.map(\.shortName))
        ?? (isProgram ? "the commands are " : "write one of ") + wordList)
  }

  private var isProgram: Bool { name.isEmpty }

  private var wordList: String { subcommands.map(\.shortName).joined(separator: ", ") }
}

/// Options of a group that stand for one of its subcommands.
struct CommandAlias: Sendable {
  /// As they are typed, the long one last.
  let words: [String]
  /// The subcommand.
  let name: String
}

extension String {
  /// `an action`, `a step`.
  fileprivate var withArticle: String { ("aeiou".contains(first ?? " ") ? "an " : "a ") + self }
}
