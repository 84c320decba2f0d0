package import Records

/// Where what is said of work on the side goes.
package struct SilentSink: DiagnosticSink {
  package init() {}

  package func report(_ diagnostic: Diagnostic) {}
}
