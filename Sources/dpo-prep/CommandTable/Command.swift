internal import Arguments

/// The table of commands, which parser, dispatch, help, man pages and completions read.
enum Command {
  /// The program itself, with every command in the order of the help.
  static let root: CommandGroup = CommandGroup(
    name: "",
    abstract: "scored generations in, length-calibrated DPO pairs out",
    discussion: """
      Reads language model answers with the rewards that a reward model gave them, removes what \
      the reward owes to length, and writes preference pairs that DPO trainers load. Results go \
      to standard output, everything else to standard error.
      """,
    noun: "command",
    usage: "COMMAND [OPTION...] [ARGUMENT...]",
    subcommands: [
      run, sweep, fit, score, inspect, validate, verify, audit, diff, evaluate, job, config,
      completions, man, help, version,
    ],
    aliases: [CommandAlias(words: ["-V", "--version"], name: "version")],
    example: """
      dpo-prep config init > prep.yaml
      dpo-prep run prep.yaml 'input.paths=[samples/nested.jsonl.zst]' -o out/first
      """)

  /// Reads a command line.
  ///
  /// - Parameter arguments: what was typed after the program's name.
  static func parse(_ arguments: [String]) throws(UsageError) -> Invocation {
    try root.invocation(arguments[...])
  }
}
