internal import Evaluate
package import Records

extension MalformedRows {
  /// How many there are and where the first one is; nil without any.
  package var note: String? {
    guard count > 0 else { return nil }
    var place = first.map { ", the first at \($0)" } ?? ""
    if let reason { place += ": \(reason)" }
    return "rows that lack a field, left out: \(Quantity.count(count))\(place)"
  }

  /// The note as a warning; nil without any.
  package var warning: Diagnostic? {
    guard count > 0 else { return nil }
    return Diagnostic(
      .warning,
      "rows that lack a field, left out: \(Quantity.count(count))"
        + (reason.map { ", the first: \($0)" } ?? ""), at: first,
      code: "rows_lack_field")
  }
}
