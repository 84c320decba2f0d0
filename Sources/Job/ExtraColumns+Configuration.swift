internal import Columns
internal import Emit
internal import Ingest
internal import Records
internal import Scan
internal import Settings

extension ExtraColumns {
  /// The columns that a configuration keeps, with the types that the input has for them.
  init(_ output: Configuration.Output, found scan: InputScan.Result) throws {
    var kept: [(name: String, kinds: KeptKinds)] = []
    for (field, kinds) in zip(output.keptFields, scan.observations.keptKinds) {
      guard kinds.hasValues else { throw NothingKept(field: field.path) }
      kept.append((field.name, kinds))
    }
    if output.keepsModels, !scan.table.models.hasNames { throw NothingKept(field: "model") }
    self.init(kept: kept, hasModels: output.keepsModels, hasAllAnswers: output.allAnswers)
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
