internal import Parquet
internal import Records
internal import Rows

/// The columns of a Parquet file, all of which are looked at.
struct ValidatedColumns: Sendable {
  let pairs: PairColumns
  /// nil where every row is looked at as a value.
  let checker: ViewedRowChecker?
  let survey: ColumnSurvey
  /// What batches are read of.
  let choice: ColumnChoice

  /// - Returns: nil where a column is of a kind that is not read by columns.
  init?(_ file: ColumnRows, _ reader: PairRowReader, profile: Profile) {
    let names = file.columns.map(\.name)
    guard file.columns.allSatisfy(\.isViewable),
      let pairs = PairColumns(reader, file, beside: names, alternatives: [])
    else { return nil }
    self.pairs = pairs
    checker = ViewedRowChecker(profile, file, pairs)
    var choice = pairs.choice
    survey = ColumnSurvey(file, adding: &choice)
    self.choice = choice
  }
}
