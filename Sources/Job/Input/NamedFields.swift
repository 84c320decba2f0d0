internal import Records
internal import Rows
package import Scan
package import Settings

/// The fields that the user named although rows need not have them: a misspelt one would be missed
/// by nobody.
package enum NamedFields {
  /// - Throws: ``FieldNotFound`` for one that no row has.
  package static func require(_ input: Configuration.Input, in scan: InputScan.Result) throws {
    let (named, defaults) = (input.fields, FieldMap())
    let fields: [(OptionalFields, String, KeyPath<FieldMap, String>)] = [
      (.promptID, "prompt_id", \.promptID), (.system, "system", \.system),
      (.messages, "messages", \.messages),
    ]
    for (field, name, path) in fields where named[keyPath: path] != defaults[keyPath: path] {
      // No id is looked for then.
      if field == .promptID, input.idConflicts == .ignore { continue }
      guard !scan.observations.optionalFields.contains(field) else { continue }
      throw FieldNotFound(path: named[keyPath: path], setting: "input.fields.\(name)")
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
