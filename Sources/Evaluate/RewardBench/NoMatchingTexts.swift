package import Records

/// No example has the id of one of the benchmark's texts, so that none would be measured.
package struct NoMatchingTexts: ReportableError {
  package var category: FailureCategory { .badData }

  package var diagnostic: Diagnostic {
    Diagnostic(
      .error, "no example has an id of --texts",
      hint: "texts and scores are joined by \"id\"; name the texts of the same benchmark, or leave "
        + "--texts out to measure the texts beside the scores",
      code: "no_matching_texts")
  }
}
