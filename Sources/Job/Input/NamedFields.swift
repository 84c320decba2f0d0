internal import Columns
internal import Records
internal import Rows
package import Scan
package import Settings

/// The fields that the user named although rows need not have them: a misspelt one would go
/// unnoticed.
package enum NamedFields {
  /// - Throws: ``FieldNotFound`` for one that no row has.
  ///
  /// - Parameter readsModels: Whether models of answers were looked for.
  package static func require(
    _ input: Configuration.Input, in scan: InputScan.Result, readsModels: Bool
  ) throws {
    let model = input.fields.model
    if readsModels, model != FieldMap().model, !scan.table.models.hasNames,
      !scan.table.hasTooManyModels
    {
      throw FieldNotFound(path: model, setting: "input.fields.model")
    }
    if let missing = missing(input, from: scan.observations.optionalFields).first { throw missing }
  }

  /// Those that are not among the fields that rows have.
  static func missing(
    _ input: Configuration.Input, from seen: OptionalFields
  ) -> [FieldNotFound] {
    let (named, defaults) = (input.fields, FieldMap())
    let fields: [(OptionalFields, String, KeyPath<FieldMap, String>)] = [
      (.promptID, "prompt_id", \.promptID), (.system, "system", \.system),
      (.messages, "messages", \.messages),
    ]
    return fields.compactMap { field, name, path in
      // No id is looked for then.
      let isRead = field != .promptID || input.idConflicts != .ignore
      guard named[keyPath: path] != defaults[keyPath: path], isRead, !seen.contains(field)
      else { return nil }
      return FieldNotFound(path: named[keyPath: path], setting: "input.fields.\(name)")
    }
  }
}

/// No row has a field that the configuration names.
struct FieldNotFound: ReportableError {
  let path: String
  let setting: String

  var category: FailureCategory { .badData }

  var diagnostic: Diagnostic {
    Diagnostic(
      .error, "no row has a value for \"\(path)\", which \(setting) names",
      hint: "leave \(setting) out, or correct the path; `dpo-prep inspect` shows the layout")
  }
}
