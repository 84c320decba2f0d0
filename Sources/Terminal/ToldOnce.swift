package import Records
internal import Synchronization

/// Passes on what is reported, each thing once.
package final class ToldOnce: DiagnosticSink {
  private let sink: any DiagnosticSink
  private let told = Mutex<Set<Diagnostic>>([])

  package init(_ sink: any DiagnosticSink) { self.sink = sink }

  package func report(_ diagnostic: Diagnostic) {
    if told.withLock({ $0.insert(diagnostic).inserted }) { sink.report(diagnostic) }
  }
}
