internal import Arguments
internal import Records
internal import Terminal

extension Command {
  static let verify = CommandSpec<VerifyOptions>(
    name: "verify",
    abstract: "say whether a dataset is as it was written",
    discussion: """
      Compares every file of a dataset of dpo-prep with its digest in the manifest, and the counts \
      of the ledger, the manifest, the card and the files with each other. Says for each file \
      what is wrong. Exit status 0 if nothing is, 65 if something is or there is no manifest.
      """,
    operands: [("DATASET", "The dataset's folder.")],
    options: [
      .flag("json", \.printsJSON, "Print one JSON object (default: text).")
    ],
    example: "dpo-prep verify out/first",
    defaults: VerifyOptions(),
    takeOperands: { (operands, options) throws(UsageError) in
      options.dataset = try onlyDataset(operands, of: "verify")
    },
    perform: { options, reporting in
      let isIntact = try VerifyCommand(
        options: options,
        progress: reporting.meter()
      ).run()
      return isIntact ? .done : ExitStatus(.badData)
    })
}
