/// What `score` is given besides its configuration.
struct ScoreOptions: Equatable, Sendable {
  var source = ConfigurationSource()
  /// A configuration beside operands that are all input.
  var configuration: String?
  /// Where the table goes; nil or `-` is standard output.
  var output: String?
  /// Print what was done as one JSON object instead of a table.
  var printsJSON = false
}
