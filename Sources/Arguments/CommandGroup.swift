package import Settings

/// A command that is one of several, such as the steps of `job`; the program itself is one.
package struct CommandGroup: AnyCommand {
  package let name: String
  package let abstract: String
  package let discussion: String
  package let noun: String
  /// What the usage line has behind the name.
  package let usage: String
  package let subcommands: [any AnyCommand]
  /// Options that stand for a subcommand, such as `--version`.
  package var aliases: [CommandAlias] = []
  package let example: String

  package init(
    name: String, abstract: String, discussion: String, noun: String, usage: String,
    subcommands: [any AnyCommand], aliases: [CommandAlias] = [], example: String
  ) {
    self.name = name
    self.abstract = abstract
    self.discussion = discussion
    self.noun = noun
    self.usage = usage
    self.subcommands = subcommands
    self.aliases = aliases
    self.example = example
  }

  package var operands: [(name: String, help: String)] { [] }
  package var ownOptions: [any AnyOption] { [] }
  package var operandWords: [String] { [] }
  package var settings: [Setting] { [] }
  package var triesValues: Bool { false }

  package func invocation(_ arguments: ArraySlice<String>) throws(UsageError) -> Invocation {
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
  package func subcommand(_ word: String) throws(UsageError) -> any AnyCommand {
    if let command = subcommands.first(where: { $0.shortName == word }) { return command }
    if word.hasPrefix("-"), word != "-" {
      throw UsageError(
        .unknownOption, "unknown option \"\(word)\" before the \(noun)",
        hint: UsageError.suggestion(for: word, among: ["--help"] + aliases.flatMap(\.words))
          ?? "options go behind the \(noun)"
          + (isProgram
            ? ", as in dpo-prep run --json CONFIG" : ", which is one of \(wordList)"))
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
package struct CommandAlias: Sendable {
  /// As they are typed, the long one last.
  package let words: [String]
  /// The subcommand.
  package let name: String

  package init(words: [String], name: String) {
    self.words = words
    self.name = name
  }
}
