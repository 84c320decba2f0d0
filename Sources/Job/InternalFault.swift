package import Records

/// Something that cannot be, unless the program is wrong: nothing is written then.
package struct InternalFault: ReportableError {
  private let message: String

  package init(_ message: String) { self.message = message }

  package var category: FailureCategory { .software }

  package var diagnostic: Diagnostic {
    Diagnostic(
      .error, "internal fault: \(message)",
      hint:
        "this is a fault of dpo-prep, not of your data; please report it with the configuration",
      code: "internal_fault")
  }
}
