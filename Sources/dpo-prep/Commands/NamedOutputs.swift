internal import Arguments
internal import Emit
internal import Ingest
internal import Records
internal import Report
internal import Terminal
internal import Work

/// The places that options name for results, looked at together and before any work is done.
struct NamedOutputs {
  /// A file beside the result: the option that names it, and what it holds.
  typealias Content = (option: String, bytes: () throws -> [UInt8])

  private let paths: [String: OutputPath]
  /// Where figures go; nil where none are asked for.
  private let figures: OutputFolder?
  /// What makes other files of SVG; nil where figures stay SVG.
  private let converter: SVGConverter?
  private let printer: any DiagnosticSink

  /// - Parameters:
  ///   - named: options, such as `--html`, and what they were given; nil for nothing.
  ///   - figures: where `--figures` wants them.
  ///   - folders: of datasets that will be made.
  ///   - printsJSON: whether an object goes to standard output.
  ///   - sources: what must not be overwritten.
  init(
    _ named: [(option: String, path: String?)], figures: FigureOptions = FigureOptions(),
    beside folders: [String] = [],
    printsJSON: Bool = false, sparing sources: () throws -> [OutputPath.Source],
    printer: any DiagnosticSink
  ) throws {
    let named = named.compactMap { name in name.path.map { (option: name.option, path: $0) } }
    let sources = named.isEmpty ? [] : try sources()
    let outputs = try named.map {
      (option: $0.option, path: try OutputPath($0.path, sparing: sources))
    }
    for (index, output) in outputs.enumerated() {
      if let other = outputs[..<index].first(where: { $0.path.isSame(as: output.path) }) {
        throw UsageError(
          .invalidValue, "\"\(other.option)\" and \"\(output.option)\" name the same file",
          hint: "name two files")
      }
      if let folder = folders.first(where: output.path.overlaps) {
        throw UsageError(
          .invalidValue, "\"\(output.option)\" and the dataset \(folder) are in each other's way",
          hint: "name a file outside of it")
      }
      if printsJSON, output.path.isStandardOutput {
        throw UsageError(
          .invalidValue, "\"--json\" and \"\(output.option)\" both go to standard output",
          hint: "name a file for one of them")
      }
    }
    guard figures.folder != nil || figures.format == nil else {
      throw UsageError(
        .missingOperand, "\"--figure-format\" says what figures are, but not where they go",
        hint: "add --figures DIR")
    }
    self.figures = try figures.folder.map { try OutputFolder($0) }
    converter = try figures.format.map { try SVGConverter(to: $0) }
    if let own = self.figures, let folder = folders.first(where: own.overlaps) {
      throw UsageError(
        .invalidValue, "\"--figures\" and the dataset \(folder) are in each other's way",
        hint: "name a folder outside of it")
    }
    paths = Dictionary(uniqueKeysWithValues: outputs.map { ($0.option, $0.path) })
    self.printer = printer
  }

  /// Whether standard output is still free for the result in words.
  var leavesStandardOutput: Bool { !paths.values.contains(where: \.isStandardOutput) }

  /// Writes the files that options asked for and prints the result.
  ///
  /// A file that cannot be written takes neither the result nor other files with it: what failed
  /// is told when all has been tried.
  ///
  /// - Parameters:
  ///   - contents: of files, each made only where its option named one.
  ///   - figures: those of the report, made only where they are asked for.
  ///   - result: prints it, where standard output does not hold one of the files.
  func deliver(
    _ contents: [Content], figures: () -> [ReportFigure] = { [] },
    printing result: () throws -> Void
  ) throws {
    var failures: [any ReportableError] = []
    func attempt(_ work: () throws -> Void) rethrows {
      do {
        try work()
      } catch let failure as any ReportableError {
        failures.append(failure)
      }
    }
    for content in contents { try attempt { try write(content.option, content.bytes) } }
    try attempt { try write(figures) }
    if leavesStandardOutput { try result() }
    for failure in failures.dropLast() { printer.report(failure.diagnostic) }
    if let failure = failures.last { throw failure }
  }

  /// Writes figures where they are asked for.
  func write(_ figures: () -> [ReportFigure]) throws {
    guard let folder = self.figures else { return }
    for figure in figures() {
      try Interruption.checkpoint()
      let svg = Array(figure.svg.utf8)
      try folder.write(
        try converter?.convert(svg) { try Interruption.checkpoint() } ?? svg,
        to: "\(figure.name).\(converter?.suffix ?? "svg")"
      ).forEach(printer.report)
    }
  }

  /// Writes what an option asked for, if it did.
  func write(_ option: String, _ bytes: () throws -> [UInt8]) throws {
    guard let path = paths[option] else { return }
    let bytes = try bytes()
    try Interruption.checkpoint()
    if path.isStandardOutput { return try StandardStream.output.write(file: bytes) }
    // A FIFO waits for its reader, who may never come.
    let warnings =
      path.mayWait
      ? try Interruption.whileWaiting { try path.write(bytes) } : try path.write(bytes)
    warnings.forEach(printer.report)
  }
}

extension NamedOutputs {
  /// Writes what an option asked for, piece by piece.
  ///
  /// - Parameter make: as of ``OutputPath/write(by:)``.
  func write<Value>(
    _ option: String, by make: (_ output: @escaping (RawSpan) throws -> Void) throws -> Value
  ) throws -> Value? {
    guard let path = paths[option] else { return nil }
    let (value, warnings) = try path.write(by: make)
    warnings.forEach(printer.report)
    return value
  }
}

extension [OutputPath.Source] {
  /// The files that a command reads.
  static func inputs(_ files: [InputFile]) -> [OutputPath.Source] {
    files.map { OutputPath.Source($0.path, role: "an input") }
  }
}
