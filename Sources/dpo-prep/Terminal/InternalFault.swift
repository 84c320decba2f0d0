internal import Records

/// Something that cannot be, unless the program is wrong: nothing is written then.
struct InternalFault: ReportableError {
  let message: String

  var category: FailureCategory { .software }

  var diagnostic: Diagnostic {
    Diagnostic(
      .error, "internal fault: \(message)",
      hint:
        "this is a fault of dpo-prep, not of your data; please report it with the configuration",
      code: "internal_fault")
  }
}
