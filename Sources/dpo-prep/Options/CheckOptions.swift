/// What `config check` looks at.
struct CheckOptions: Equatable, Sendable {
  var source = ConfigurationSource()
  /// Whether what the configuration names is looked at, too.
  var looksAtInputs = true
}
