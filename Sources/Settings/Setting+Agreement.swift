extension Setting {
  /// Whether a `key=value` argument sets this setting, or a part of it, to something else than
  /// another argument does.
  package func contradicts(_ argument: String, _ other: String) -> Bool {
    let typed = argument.prefix { $0 != "=" }
    if typed.hasPrefix(key + ".") { return true }
    return typed == key && said(by: argument) != said(by: other)
  }

  /// The value that an argument gives; nil where it is malformed.
  private func said(by argument: String) -> ConfigValue? {
    guard let node = try? Override(argument).node else { return nil }
    var configuration = Configuration()
    var problems = ValueProblems(key: key)
    read(node, &configuration, &problems)
    return problems.diagnostics.isEmpty ? value(configuration) : nil
  }
}
