internal import Records

/// One option of a command: how it is written, what it does, and what the help says of it.
struct OptionSpec<Options: Sendable>: AnyOption {
  let long: String
  let short: Character?
  let valueName: String?
  let help: String
  let words: [String]
  /// Puts a value, `""` for an option without one, in its place.
  let apply: @Sendable (String, inout Options) throws(UsageError) -> Void

  init(
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
  /// An option that sets a truth value when it is there.
  static func flag(
    _ long: String, short: Character? = nil,
    _ path: any WritableKeyPath<Options, Bool> & Sendable, to value: Bool = true, _ help: String
  ) -> OptionSpec {
    OptionSpec(long, short: short, help) { (_, options) in options[keyPath: path] = value }
  }

  /// An option with a text; the last one counts.
  static func text(
    _ long: String, short: Character? = nil, _ valueName: String,
    _ path: any WritableKeyPath<Options, String?> & Sendable, _ help: String
  ) -> OptionSpec {
    OptionSpec(long, short: short, valueName: valueName, help) {
      (value, options) throws(UsageError) in
      guard !value.isEmpty else {
        throw UsageError(.invalidValue, "\"--\(long)\" needs a \(valueName), found an empty text")
      }
      options[keyPath: path] = value
    }
  }

  /// An option with one of a few words; the last one counts.
  static func choice<Value>(
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
  static func profile(_ path: any WritableKeyPath<Options, Profile?> & Sendable) -> OptionSpec {
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
