internal import Arguments
internal import Job
internal import Records
internal import Settings
internal import Terminal

/// `config check`: everything that would end a run at its beginning, all of it at once.
struct ConfigCheckCommand {
  let options: CheckOptions
  let reporting: Reporting

  /// More problems of one kind are counted, not shown.
  private static let shownAtMost = 50

  func run() throws -> ExitStatus {
    let source = options.source
    let sweep = try Sweep(
      path: source.path, overrides: source.arguments(), environment: .process)
    var told = source.path ?? "the defaults"
    told += ": valid"
    if !sweep.axes.isEmpty {
      told += ", a sweep of \(Quantity.count(sweep.variants.count, "variant"))"
    }
    if options.looksAtInputs {
      let found = look(at: sweep.variants.map(\.configuration))
      found.warnings.forEach(reporting.printer.report)
      for problem in found.problems.prefix(Self.shownAtMost) { reporting.report(problem) }
      if let first = found.problems.first {
        let more = found.problems.count - Self.shownAtMost
        if more > 0 {
          reporting.printer.report(
            Diagnostic(
              .note,
              Quantity.count(
                more, "further problem is not shown", plural: "further problems are not shown"),
              code: "more_problems"))
        }
        return ExitStatus(first.category)
      }
      let count = found.fileCount
      told +=
        count > 0
        ? "; \(Quantity.count(count, "input file")) can be read"
        // They can be read once, and are left to the run.
        : "; streams are not looked into"
    }
    try StandardStream.output.write(ShownText(told + "\n"))
    return .done
  }

  /// Looks at what configurations name; inputs that several of them name once.
  private func look(
    at configurations: [Configuration]
  ) -> (problems: [any ReportableError], warnings: [Diagnostic], fileCount: Int) {
    var problems: [any ReportableError] = []
    var warnings: [Diagnostic] = []
    var inputs: [Configuration.Input] = []
    var fileCount = 0
    var seen: Set<Diagnostic> = []
    for configuration in configurations {
      let isNew = !inputs.contains(configuration.input)
      if isNew { inputs.append(configuration.input) }
      let check = InputCheck(configuration, looksAtInput: isNew)
      problems += check.problems.filter { seen.insert($0.diagnostic).inserted }
      warnings += check.warnings.filter { seen.insert($0).inserted }
      fileCount = max(fileCount, check.fileCount)
    }
    return (problems, warnings, fileCount)
  }
}
