package import Records
package import Work

/// What commands tell while they work, in the form that was asked for.
package struct Reporting: Sendable {
  private let diagnostics: JSONLines?
  private let progress: JSONLines?
  private let color: ColorChoice
  /// Whether notes and summaries of what was written are left out.
  package let isQuiet: Bool
  private let showsProgress: Bool
  /// The settings that the command takes.
  private let settings: SettingScope

  /// - Parameters:
  ///   - diagnostics: a descriptor for JSON Lines; nil for text on standard error.
  ///   - progress: a descriptor for JSON Lines; nil for a bar.
  ///   - color: whether text is colored.
  ///   - isQuiet: whether notes, progress for people and summaries are left out.
  ///   - showsProgress: whether progress is shown to people.
  ///   - settings: those that the command takes, which alone are named to its user.
  package init(
    diagnostics: Int32? = nil, progress: Int32? = nil, color: ColorChoice = .auto,
    isQuiet: Bool = false, showsProgress: Bool = true, settings: SettingScope
  ) {
    self.color = color
    self.isQuiet = isQuiet
    self.showsProgress = showsProgress && !isQuiet
    self.settings = settings
    self.diagnostics = diagnostics.map(JSONLines.init)
    // One descriptor for both is locked once.
    self.progress = progress == diagnostics ? self.diagnostics : progress.map(JSONLines.init)
  }

  /// Where errors, warnings and notes go.
  package var printer: any DiagnosticSink {
    AdvisedSink(
      sink: diagnostics.map { JSONPrinter(lines: $0) }
        ?? StderrPrinter(isColored: color.colors(.error)), settings: settings, isQuiet: isQuiet)
  }

  /// Tells what to do in terms of the settings that there are, and notes only where they are wanted.
  private struct AdvisedSink: DiagnosticSink {
    let sink: any DiagnosticSink
    let settings: SettingScope
    let isQuiet: Bool

    func report(_ diagnostic: Diagnostic) {
      if isQuiet, diagnostic.severity == .note { return }
      sink.report(diagnostic.advised(for: settings.contains))
    }
  }

  /// Whether what people read on standard output is colored.
  package var colorsOutput: Bool { color.colors(.output) }

  /// What shows progress, for people only where they want it.
  package func meter() -> ProgressMeter {
    // Lines of text have no place among those of JSON; a bar goes when it is done.
    ProgressMeter(
      isEnabled: showsProgress && progress == nil
        && (diagnostics == nil || StandardStream.error.isTerminal),
      lines: progress, linePause: .seconds(30))
  }

  /// The options with which a process that inherits the descriptors reports as this one does.
  ///
  /// - Parameter isOneOfMany: whether others work at the same time, whose bars would draw over its.
  package func options(isOneOfMany: Bool) -> [String] {
    (isQuiet ? ["--quiet"] : [])
      + (showsProgress && !isOneOfMany ? [] : ["--no-progress"])
      + (diagnostics.map { ["--diagnostics-fd", String($0.descriptor)] } ?? [])
      + (progress.map { ["--progress-fd", String($0.descriptor)] } ?? [])
      + ["--color", color.rawValue]
  }

  /// Tells that the program ends as it was asked to.
  package func report(_ interruption: Interruption.Requested) {
    if let diagnostics {
      JSONPrinter(lines: diagnostics).report(interruption)
    } else {
      StderrPrinter.write(ShownText("\ndpo-prep: \(interruption.diagnostic.message)\n"))
    }
  }

  /// Tells what ended the program.
  package func report(_ error: any ReportableError) {
    report([error.diagnostic], error.category)
  }

  /// Tells everything that ended the program.
  package func report(_ errors: [Diagnostic], _ category: FailureCategory) {
    for var error in errors {
      error.category = category
      printer.report(error)
    }
  }
}
