internal import Arguments
internal import JSON
internal import Terminal

extension Command {
  static let sweep = CommandSpec<SweepOptions>(
    name: "sweep",
    abstract: "try several settings on one reading of the input",
    discussion: """
      Makes a dataset for every combination of settings, each the one that `run` would make, and \
      prints a table of what differs. The input is measured once, and read once more for all \
      texts; settings that change what is read or measured take a scan each.
      """,
    operands: [
      ("[CONFIG]", "A YAML file, as of `run`; its section `sweep` lists values by setting."),
      ("[INPUT...]", "With -o or --no-data: files, globs, folders or archives to read."),
      (
        "[key=value...]",
        "Settings that win over the file. A list where one value belongs is tried value by value, "
          + "as in calibration.frac=[0.1,0.3]; where a list belongs, a list of lists is."
      ),
    ],
    options: [
      .text(
        "output", short: "o", "DIR", \.output,
        "The datasets' folders, as output.dir says them: {n} is the variant's number, "
          + "{calibration.frac} its value of that setting."),
      .flag("no-data", \.writesData, to: false, "Only the figures, no dataset."),
      .text("html", "FILE", \.reportPath, "Write a report with figures for the browser, one file."),
    ] + figures(\.figures) + [
      limit(\.source),
      .flag("json", \.printsJSON, "Print one JSON object (default: a table)."),
    ],
    example: "dpo-prep sweep samples/quickstart.yaml 'pairs.seed=[1,2]' -o 'out-{n}'",
    defaults: SweepOptions(),
    scope: .all,
    triesValues: true,
    takeOperands: { (operands, options) throws(UsageError) in
      // Without datasets there is no folder to name.
      let readsInputs = operands.contains(where: \.isInput)
      guard options.output != nil || (!options.writesData && readsInputs) else {
        options.source.add(try source(operands, of: "sweep"))
        return
      }
      options.source.add(try source(withInputs: operands, of: "sweep"))
      if let output = options.output {
        options.source.set("output.dir", to: .string(output), as: "-o")
      }
    },
    perform: { options, reporting in
      let failure = try SweepCommand(
        options: options, printer: reporting.printer,
        progress: reporting.meter()
      ).run()
      return failure.map(ExitStatus.init) ?? .done
    })
}
