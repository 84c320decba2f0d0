internal import Audit
internal import Emit
internal import Ingest
internal import JSON
internal import Records
internal import Settings
internal import Terminal
internal import Text
internal import Work

/// `validate`: what a trainer would stumble over in a dataset.
struct ValidateCommand {
  let options: ValidateOptions
  let printer: any DiagnosticSink
  let progress: ProgressMeter

  /// - Returns: whether it would.
  func run() throws -> Bool {
    // `datasets`, which trainers load with, does not read them either.
    let dataset = try DatasetFiles(
      options.dataset, config: options.profile?.rawValue, partitions: .none
    ).rereadable(progress: progress)
    try Verification.warnings(for: options.dataset, threads: Processors.count)
      .forEach(printer.report)
    progress.begin("reading", total: dataset.files.reduce(0) { $0 + ($1.byteCount ?? 0) })
    let result: Validation.Result
    do {
      defer { progress.end() }
      result = try Validation(threads: Processors.count).run(
        dataset, as: options.profile, progress: { progress.update($0) },
        checkpoint: { try Interruption.checkpoint() })
    }
    if options.printsJSON {
      try StandardStream.output.write(document(result))
    } else {
      try StandardStream.output.write(ShownText(text(result, width: StandardStream.outputWidth)))
    }
    return result.isAccepted
  }

  /// - Parameter width: the cells that a line may take; nil for any.
  private func text(_ result: Validation.Result, width: Int?) -> String {
    func lines(_ sentence: String, indent: Int = 0) -> String {
      sentence.wrapped(width: max(1, (width ?? .max) - indent))
        .map { String(repeating: " ", count: indent) + $0 + "\n" }.joined()
    }
    let splits = result.splits.map { "\(Quantity.count($0.rows)) \($0.name)" }
      .joined(separator: ", ")
    var text = lines(
      "\(options.dataset): \(Quantity.count(result.rows, "row")) (\(splits)), "
        + "read as \(result.profile.rawValue)")
    for finding in result.findings {
      let subject = finding.subject.map { "\"\($0)\": " } ?? ""
      let places = finding.places.map { "\($0.file):\($0.line)" }
      let names = ShortNames(places, cells: max(1, (width ?? .max) - 8))
      let more = finding.count > places.count && !places.isEmpty ? ", ..." : ""
      text += "\n"
      text += lines(
        "\(finding.severity.rawValue): \(subject)\(finding.message) "
          + "(\(finding.code.rawValue), \(Quantity.count(finding.count)))")
      if !places.isEmpty {
        text += lines("at \(places.map { names[$0] }.joined(separator: ", "))\(more)", indent: 2)
      }
      text += lines(finding.code.remedy, indent: 2)
    }
    let errors = result.findings.count { $0.severity == .error }
    let warnings = result.findings.count - errors
    return text + "\n\(Quantity.count(errors, "error")), \(Quantity.count(warnings, "warning"))\n"
  }

  private func document(_ result: Validation.Result) -> JSONValue {
    [
      "dataset": .string(options.dataset),
      "profile": .string(result.profile.rawValue),
      "rows": .integer(result.rows),
      "splits": .object(
        result.splits.map { .init(name: $0.name, value: .integer($0.rows)) }),
      "accepted": .bool(result.isAccepted),
      "findings": .list(
        result.findings.map { finding in
          [
            "code": .string(finding.code.rawValue),
            "severity": .string(finding.severity.rawValue),
            "subject": finding.subject.map { .string($0) } ?? .null,
            "count": .integer(finding.count),
            "rows": .list(
              finding.places.map { ["file": .string($0.file), "row": .integer($0.line)] }),
            "message": .string(finding.message),
            "remedy": .string(finding.code.remedy),
          ]
        }),
    ]
  }
}
