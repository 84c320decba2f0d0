package import Records
package import Work

/// What commands tell while they work, in the form that was asked for.
package struct Reporting: Sendable {
  private let diagnostics: JSONLines?
  private let progress: JSONLines?
  private let color: ColorChoice
  /// The settings that the command takes.
  private let settings: SettingScope

  /// - Parameters:
  ///   - diagnostics: a descriptor for JSON Lines; nil for text on standard error.
  ///   - progress: a descriptor for JSON Lines; nil for a bar.
  ///   - color: whether text is colored.
  ///   - settings: those that the command takes, which alone are named to its user.
  package init(
    diagnostics: Int32? = nil, progress: Int32? = nil, color: ColorChoice = .auto,
    settings: SettingScope
  ) {
    self.color = color
    self.settings = settings
    self.diagnostics = diagnostics.map(JSONLines.init)
    // One descriptor for both is locked once.
    self.progress = progress == diagnostics ? self.diagnostics : progress.map(JSONLines.init)
  }

  /// Where errors, warnings and notes go.
  package var printer: any DiagnosticSink {
    AdvisedSink(
      sink: diagnostics.map { JSONPrinter(lines: $0) }
        ?? StderrPrinter(isColored: color.colors(.error)), settings: settings)
  }

  /// Tells what to do in terms of the settings that there are.
  private struct AdvisedSink: DiagnosticSink {
    let sink: any DiagnosticSink
    let settings: SettingScope

    func report(_ diagnostic: Diagnostic) {
      sink.report(diagnostic.advised(for: settings.contains))
    }
  }

  /// Whether what people read on standard output is colored.
  package var colorsOutput: Bool { color.colors(.output) }

  /// What shows progress, for people only where they want it.
  ///
  /// - Parameter linePause: how long there is no line after another, where there is no terminal.
  package func meter(isShown: Bool, linePause: Duration = .seconds(30)) -> ProgressMeter {
    // Lines of text have no place among those of JSON; a bar goes when it is done.
    ProgressMeter(
      isEnabled: isShown && progress == nil
        && (diagnostics == nil || StandardStream.error.isTerminal),
      lines: progress, linePause: linePause)
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
