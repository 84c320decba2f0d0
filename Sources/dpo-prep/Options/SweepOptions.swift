/// What `sweep` is given besides its configuration.
struct SweepOptions: Equatable, Sendable {
  var source = ConfigurationSource()
  /// The datasets' folders; with it, files of data need no configuration.
  var output: String?
  var writesData = true
  /// Where a report for the browser goes.
  var reportPath: String?
  var figures = FigureOptions()
  /// Print the results as one JSON object instead of a table.
  var printsJSON = false
}
