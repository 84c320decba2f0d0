package import Records

/// One option of a command: how it is written, what it does, and what the help says of it.
package struct OptionSpec<Options: Sendable>: AnyOption {
  package let long: String
  package let short: Character?
  package let valueName: String?
  package let help: String
  package let words: [String]
  /// Puts a value, `""` for an option without one, in its place.
  package let apply: @Sendable (String, inout Options) throws(UsageError) -> Void

  package init(
    _ long: String, short: Character? = nil, valueName: String? = nil, words: [String] = [],
    _ help: String,
    apply: @escaping @Sendable (String, inout Options) throws(UsageError) -> Void
  ) {
    self.long = long
    self.short = short
    self.valueName = valueName
    self.help = help
    self.words = words
    self.apply = apply
  }
}

extension OptionSpec {
  /// Applies the option, whose value stands behind an equals sign or is the next argument.
  package func take(
    _ argument: String, _ rest: inout ArraySlice<String>, _ options: inout Options
  ) throws(UsageError) {
    let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let typed = parts[0]
    let attached = parts.count == 2 ? String(parts[1]) : nil
    guard let valueName else {
      guard attached == nil else {
        throw UsageError(
          .unexpectedValue, "\"\(typed)\" takes no value, found \"\(attached ?? "")\"",
          hint: "write \(typed)")
      }
      return try apply("", &options)
    }
    if let attached { return try apply(attached, &options) }
    guard let value = rest.popFirst() else {
      throw UsageError(
        .missingValue, "\"\(typed)\" needs \(valueName.withArticle)",
        hint: "write \(typed) \(valueName)")
    }
    if value.hasPrefix("-"), value != "-" {
      throw UsageError(
        .missingValue, "\"\(typed)\" needs \(valueName.withArticle), found the option \"\(value)\"",
        hint: "write \(name)=\(value) if that is the \(valueName)")
    }
    try apply(value, &options)
  }

  /// An option that sets a truth value when it is there.
  package static func flag(
    _ long: String, short: Character? = nil,
    _ path: any WritableKeyPath<Options, Bool> & Sendable, to value: Bool = true, _ help: String
  ) -> OptionSpec {
    OptionSpec(long, short: short, help) { (_, options) in options[keyPath: path] = value }
  }

  /// An option with a text; the last one counts.
  package static func text(
    _ long: String, short: Character? = nil, _ valueName: String,
    _ path: any WritableKeyPath<Options, String?> & Sendable, _ help: String
  ) -> OptionSpec {
    OptionSpec(long, short: short, valueName: valueName, help) {
      (value, options) throws(UsageError) in
      guard !value.isEmpty else {
        throw UsageError(
          .invalidValue, "\"--\(long)\" needs \(valueName.withArticle), found an empty text")
      }
      options[keyPath: path] = value
    }
  }

  /// An option with one of a few words; the last one counts.
  package static func choice<Value>(
    _ long: String, short: Character? = nil, _ valueName: String,
    _ path: any WritableKeyPath<Options, Value> & Sendable, _ help: String
  ) -> OptionSpec where Value: RawRepresentable<String> & CaseIterable & Sendable {
    let words = Value.allCases.map(\.rawValue)
    return OptionSpec(long, short: short, valueName: valueName, words: words, help) {
      (text, options) throws(UsageError) in
      guard let value = Value(rawValue: text) else {
        throw UsageError.invalidChoice(text, for: "--\(long)", among: words)
      }
      options[keyPath: path] = value
    }
  }

  /// The layout of a dataset's rows; the last one counts.
  package static func profile(_ path: any WritableKeyPath<Options, Profile?> & Sendable)
    -> OptionSpec
  {
    OptionSpec(
      "profile", valueName: "PROFILE", words: Profile.allCases.map(\.rawValue),
      "The trainer's profile, as in output.profiles (default: what the first row looks like)."
    ) { (text, options) throws(UsageError) in
      guard let profile = Profile(rawValue: text) else {
        throw UsageError.invalidChoice(
          text, for: "--profile", among: Profile.allCases.map(\.rawValue))
      }
      options[keyPath: path] = profile
    }
  }
}
