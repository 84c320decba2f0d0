internal import Columns
internal import Emit
internal import Ingest
internal import Records
internal import Scan
internal import Settings

extension ExtraColumns {
  /// The columns that a configuration keeps, with the types that the input has for them.
  init(_ output: Configuration.Output, found scan: InputScan.Result) throws {
    for (field, kinds) in zip(output.keptFields, scan.observations.passThroughKinds)
    where !kinds.hasValues {
      throw NothingKept(field: field.path)
    }
    if output.keepsModels, !scan.table.models.hasNames { throw NothingKept(field: "model") }
    self.init(output, kinds: scan.observations.passThroughKinds)
  }

  /// - Parameter kinds: the kinds of the values of each field that is kept.
  init(_ output: Configuration.Output, kinds: [PassThroughKinds]) {
    self.init(
      passThrough: zip(output.keptFields, kinds).map { ($0.name, $1) },
      hasModels: output.keepsModels,
      hasAllAnswers: output.allAnswers)
  }
}

/// No row has a field that should pass through.
struct NothingKept: ReportableError {
  let field: String

  var category: FailureCategory { .badData }

  var diagnostic: Diagnostic {
    Diagnostic(
      .error, "no row has a value for \"\(field)\", which output.keep names",
      hint: field == "model"
        ? "set input.fields.model to where rows name the model, or leave it out of output.keep"
        : "leave it out of output.keep, or correct the path; `dpo-prep inspect` shows the layout",
      code: "nothing_kept")
  }
}
