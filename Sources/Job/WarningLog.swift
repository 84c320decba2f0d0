package import Records
internal import Synchronization

/// Passes on what is reported, and keeps the warnings for the documents of a run.
///
/// Stages report warnings of the data from one thread, in the order of the input, so that their order
/// does not depend on the number of threads.
package final class WarningLog: DiagnosticSink {
  private let sink: any DiagnosticSink
  private let kept: Mutex<[Diagnostic]>

  /// - Parameter warnings: what was reported before.
  package init(_ sink: any DiagnosticSink, warnings: [Diagnostic] = []) {
    self.sink = sink
    kept = Mutex(warnings)
  }

  package func report(_ diagnostic: Diagnostic) {
    if diagnostic.severity == .warning { kept.withLock { $0.append(diagnostic) } }
    sink.report(diagnostic)
  }

  /// The warnings so far, in the order in which they came.
  package var warnings: [Diagnostic] { kept.withLock { $0 } }
}
