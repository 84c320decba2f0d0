internal import Records

/// `alpha: auto` where there are no pairs to select.
struct ChosenAlpha: ReportableError {
  var category: FailureCategory { .badConfiguration }

  var diagnostic: Diagnostic {
    Diagnostic(
      .error, "\"alpha: auto\" has no meaning in an evaluation",
      hint: "there are no pairs to select; give a number", code: "chosen_alpha")
  }
}
