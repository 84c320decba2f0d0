internal import Arguments
internal import Records
internal import Terminal
internal import Text

extension Command {
  static let job = CommandGroup(
    name: "job",
    abstract: "do the steps of run one by one, on many machines",
    discussion: """
      A job makes byte for byte the dataset that `run` makes. Tasks can run in any order that the \
      steps allow, on any number of machines that see the folder JOB, several times and at the \
      same time. A task that is done ends with status 0 at once; one whose predecessors are not \
      done ends with 75.
      """,
    noun: "step",
    usage: "STEP JOB [OPTION...]",
    subcommands: jobSteps,
    example: """
      dpo-prep job init samples/flat.yaml job-a output.dir=out-a
      dpo-prep job run job-a --workers 2
      """)

  /// What can follow `job`, in the order of the steps.
  private static let jobSteps: [CommandSpec<JobOptions>] = [
    jobSpec(
      .initialize, "describe a job: a configuration and the inputs it means",
      """
      Finds the inputs, looks at their first rows and writes JOB/job.json. No later step reads \
      CONFIG again.
      """,
      operands: [
        ("CONFIG", "A YAML file, as for `run`."),
        ("JOB", "The job's folder, which all workers see."),
        ("[key=value...]", "Settings that win over the file."),
      ], options: []),
    jobSpec(
      .measure, "read inputs and write their columns",
      "Reads one input, or several, and writes to JOB/columns what the plan needs of them.",
      operands: [folderOperand, numberOperand("input")],
      options: [shareOption, copyOption] + workingOptions),
    jobSpec(
      .plan, "decide the dataset",
      """
      Puts the columns of all inputs together, fits the bias, and decides every pair and every \
      file. The only step that needs memory for all candidates.
      """,
      operands: [folderOperand], options: workingOptions),
    jobSpec(
      .extract, "read inputs again and copy the texts of the pairs",
      "Reads one input, or several, and writes to JOB/texts what the dataset needs of them.",
      operands: [folderOperand, numberOperand("input")],
      options: [shareOption, copyOption] + workingOptions),
    jobSpec(
      .assemble, "write data files of the dataset",
      "Writes one data file of the dataset, or several, to JOB/outputs.",
      operands: [folderOperand, numberOperand("data file")],
      options: [shareOption] + workingOptions),
    jobSpec(
      .finish, "verify everything and publish the dataset",
      """
      Checks the digests of all files, writes the dataset card, the report and the manifest, and \
      gives output.dir its name in one step.
      """,
      operands: [folderOperand],
      options: workingOptions),
    jobSpec(
      .all, "do everything that is not done, on this machine",
      """
      Runs the steps in their order, several tasks at a time. What was done before it was stopped \
      is not done again.
      """,
      operands: [folderOperand],
      options: [
        OptionSpec(
          "workers", valueName: "N",
          "How many processes work at the same time (default: 1).",
          apply: { (text, options) throws(UsageError) in
            options.workers = try positive(text, of: "--workers")
          })
      ] + workingOptions),
    jobSpec(
      .status, "say what is done, missing and failed",
      "Looks at the receipts of all tasks and at the last errors of those that failed.",
      operands: [folderOperand],
      options: [.flag("json", \.printsJSON, "Print one JSON object (default: text).")]),
  ]

  // MARK: Parts

  private static let folderOperand = ("JOB", "The job's folder.")

  private static func numberOperand(_ name: String) -> (String, String) {
    (
      "[NUMBER]",
      "The number of the \(name), from 0; without it SLURM_ARRAY_TASK_ID counts, and without "
        + "that every one is done."
    )
  }

  private static let shareOption = OptionSpec<JobOptions>(
    "shard", valueName: "R/N",
    "Do the tasks of worker R of N: those whose number leaves R when divided by N.",
    apply: { (text, options) throws(UsageError) in
      let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
      guard parts.count == 2, let rank = parts[0], let count = parts[1], count > 0,
        (0..<count).contains(rank)
      else {
        throw UsageError(
          .invalidValue, "\"--shard\" needs R/N, found \"\(text)\"",
          hint: "R counts from 0: --shard 0/16 to --shard 15/16")
      }
      options.tasks = .share(rank: rank, count: count)
    })

  private static let copyOption = OptionSpec<JobOptions>.text(
    "input", "FILE", \.inputCopy,
    "Where this input is on this machine, if not where the job has it.")

  private static let workingOptions: [OptionSpec<JobOptions>] = [
    OptionSpec(
      "threads", valueName: "N", "How many threads work (default: as run.threads says).",
      apply: { (text, options) throws(UsageError) in
        options.threads = try positive(text, of: "--threads")
      }),
    .flag("json", \.printsJSON, "Tell errors and warnings as JSON Lines."),
  ]

  static func positive(_ text: String, of option: String) throws(UsageError) -> Int {
    guard let number = Int(text), number > 0 else {
      throw UsageError(
        .invalidValue, "\"\(option)\" needs a number from 1 on, found \"\(text)\"")
    }
    return number
  }

  private static func jobSpec(
    _ action: JobOptions.Action, _ abstract: String, _ discussion: String,
    operands: [(name: String, help: String)], options: [OptionSpec<JobOptions>]
  ) -> CommandSpec<JobOptions> {
    var defaults = JobOptions()
    defaults.action = action
    return CommandSpec(
      name: "job \(action.rawValue)", abstract: abstract, discussion: discussion,
      operands: operands, options: options,
      example: action == .initialize
        ? "dpo-prep job init samples/flat.yaml job output.dir=out-job"
        : "dpo-prep job \(action.rawValue) job",
      defaults: defaults, scope: .all,
      takeOperands: { (operands, options) throws(UsageError) in
        try take(operands, &options)
      },
      perform: { options, reporting in
        try JobCommand(
          options: options, reporting: reporting
        ).run()
        return .done
      })
  }

  private static func take(
    _ operands: [String], _ options: inout JobOptions
  ) throws(UsageError) {
    let command = "job \(options.action.rawValue)"
    var rest = operands[...]
    if options.action == .initialize {
      guard operands.count > 1, !operands[1].contains("=") else {
        throw UsageError(
          .missingOperand, "\"\(command)\" needs a CONFIG and a JOB",
          hint: "write dpo-prep \(command) prep.yaml job")
      }
      options.folder = rest.remove(at: 1)
      options.source = try source(Array(rest), of: command)
      guard options.source.path != "-" else {
        throw UsageError(
          .unexpectedOperand, "\"\(command)\" needs a configuration that is a file",
          hint: "save it as prep.yaml")
      }
      return
    }
    guard let folder = rest.popFirst() else {
      throw UsageError(
        .missingOperand, "\"\(command)\" needs a JOB",
        hint: "`dpo-prep job init CONFIG JOB` makes one")
    }
    options.folder = folder
    if options.action.isOfMany, let text = rest.popFirst() {
      guard let number = Int(text), number >= 0 else {
        throw UsageError(
          .invalidValue, "\"\(command)\" needs a NUMBER from 0 on, found \"\(text)\"")
      }
      guard options.tasks == .automatic else {
        throw UsageError(
          .unexpectedOperand, "\"\(command)\" takes a NUMBER or --shard, not both")
      }
      options.tasks = .one(number)
    }
    if let operand = rest.first {
      throw UsageError(
        .unexpectedOperand, "\"\(command)\" takes no more arguments, found \"\(operand)\"",
        hint: options.action == .plan ? "settings belong to `job init`" : nil)
    }
  }
}
