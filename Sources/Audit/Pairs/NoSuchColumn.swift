package import Records

/// A column by which pairs were to be grouped, and of which no row has a value.
package struct NoSuchColumn: ReportableError {
  private let name: String
  private let columns: [String]

  /// Throws for a column that none of some tables has.
  ///
  /// - Parameter names: the columns that the user named.
  package static func refuse(_ names: [String], in tables: [PairTable]) throws(NoSuchColumn) {
    for name in names where tables.allSatisfy({ $0.absentGroupColumns.contains(name) }) {
      var columns: [String] = []
      for column in tables.flatMap(\.columnNames) where !columns.contains(column) {
        columns.append(column)
      }
      throw NoSuchColumn(name: name, columns: columns)
    }
  }

  package var category: FailureCategory { .badData }

  package var diagnostic: Diagnostic {
    let near = Spelling.nearest(to: name, among: columns).map { "did you mean \"\($0)\"? " } ?? ""
    return Diagnostic(
      .error, "no row has a text or a number in the column \"\(name)\" of --by",
      hint: near + "the columns of the first row are \(columns.joined(separator: ", "))",
      code: "no_such_column")
  }
}
