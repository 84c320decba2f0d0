package import Records
internal import Work

extension Interruption.Requested {
  package var diagnostic: Diagnostic { Diagnostic(.error, "interrupted, nothing was written") }
}
