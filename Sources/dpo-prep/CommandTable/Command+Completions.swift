internal import Arguments
internal import Terminal

extension Command {
  static let completions = CommandSpec<CompletionOptions>(
    name: "completions",
    abstract: "print what makes a shell complete command lines",
    discussion: """
      Prints a script for bash, zsh or fish, which completes commands, options, what they can be, \
      keys of the configuration with their values, and file names. In ~/.bashrc write \
      `source <(dpo-prep completions bash)`, in ~/.zshrc below compinit \
      `source <(dpo-prep completions zsh)`, in fish `dpo-prep completions fish > \
      ~/.config/fish/completions/dpo-prep.fish`.
      """,
    operands: [
      ("SHELL", "bash, zsh or fish."),
      (
        "[WORD...]",
        "Behind --, as the scripts write it: what was typed after dpo-prep up to the cursor; then "
          + "what can stand for the last of these words is printed instead."
      ),
    ],
    operandWords: CompletionShell.allCases.map(\.rawValue),
    options: [],
    example: "dpo-prep completions bash > dpo-prep.bash",
    defaults: CompletionOptions(),
    takeOperands: { (operands, options) throws(UsageError) in
      let names = CompletionShell.allCases.map(\.rawValue)
      guard let name = operands.first else {
        throw UsageError(
          .missingOperand, "\"completions\" needs a SHELL",
          hint: "write one of \(names.joined(separator: ", "))")
      }
      guard let shell = CompletionShell(rawValue: name) else {
        throw UsageError.invalidChoice(name, for: "completions", among: names)
      }
      options = CompletionOptions(shell: shell, words: Array(operands.dropFirst()))
    },
    perform: { options, _ in
      let text =
        options.words.isEmpty
        ? options.shell.script : Completion(options.words, of: root).lines
      try StandardStream.output.write(ShownText(text))
      return .done
    })
}

/// What `completions` prints.
struct CompletionOptions: Equatable, Sendable {
  var shell = CompletionShell.bash
  /// What is completed, the word with the cursor last; empty for the shell's script.
  var words: [String] = []
}
