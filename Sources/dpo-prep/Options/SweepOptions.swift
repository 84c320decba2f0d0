/// What `sweep` is given besides its configuration.
struct SweepOptions: Equatable, Sendable {
  var source = ConfigurationSource()
  /// The datasets' folders; with it, files of data need no configuration.
  var output: String?
  var writesData = true
  /// Where a report for the browser goes.
  var reportPath: String?
  /// Print the results as one JSON object instead of a table.
  var printsJSON = false
  /// Print nothing but results, warnings and errors.
  var isQuiet = false
  /// Show how far the work is.
  var showsProgress = true
}
