internal import Arguments
internal import Emit
internal import Job
internal import Records
internal import Terminal

extension Command {
  static let man = CommandSpec<ManualOptions>(
    name: "man",
    abstract: "write manual pages, one for each command",
    discussion: """
      Writes dpo-prep.1, dpo-prep-run.1 and so on into a folder that is there, such as \
      ~/.local/share/man/man1; `man dpo-prep-run` then shows them.
      """,
    operands: [("DIR", "Where they go.")],
    options: [],
    example: "mkdir -p man1\ndpo-prep man man1",
    defaults: ManualOptions(),
    takeOperands: { (operands, options) throws(UsageError) in
      guard let folder = operands.first, operands.count == 1 else {
        throw UsageError(
          operands.isEmpty ? .missingOperand : .unexpectedOperand,
          "\"man\" takes one DIR\(operands.isEmpty ? "" : ", found \(operands.count)")",
          hint: "name a folder that is there, such as ~/.local/share/man/man1")
      }
      options.folder = folder
    },
    perform: { options, reporting in
      // All places are looked at before the first page is written.
      let pages = try ManualPage.all(of: root, version: "dpo-prep \(dpoPrepVersion)").map {
        (page: $0, path: try OutputPath(options.folder + "/" + $0.fileName))
      }
      for (page, path) in pages {
        try path.write(Array(page.text.utf8)).forEach(reporting.printer.report)
      }
      return .done
    })
}

/// What `man` is given.
struct ManualOptions: Equatable, Sendable {
  /// Where pages go.
  var folder = ""
}
