internal import Records

extension Sweep {
  /// Gives every variant the folder that `output.dir` means for it: `{n}` is its number, with as many
  /// digits as the last has, and a setting's key in braces its value.
  mutating func nameFolders() throws(ConfigurationError) {
    let digits = String(variants.count).count
    let axes = axes
    var named: [Variant] = []
    for variant in variants {
      let number = String(variant.number)
      let names =
        [(key: "n", text: String(repeating: "0", count: digits - number.count) + number)]
        + zip(axes, variant.values).map { ($0.key, $1.nameText) }
      var configuration = variant.configuration
      configuration.output.dir = try Self.filled(configuration.output.dir, with: names)
      named.append(
        Variant(number: variant.number, values: variant.values, configuration: configuration))
    }
    self = Sweep(axes: axes, variants: named)
    try requireDistinctFolders()
  }

  private static func filled(
    _ template: String, with names: [(key: String, text: String)]
  ) throws(ConfigurationError) -> String {
    var text = ""
    var rest = template[...]
    while let start = rest.firstIndex(of: "{"), let end = rest[start...].firstIndex(of: "}") {
      let key = rest[rest.index(after: start)..<end]
      guard let name = names.first(where: { $0.key == key }) else {
        let known = names.map { "{\($0.key)}" }.joined(separator: ", ")
        throw ConfigurationError(
          .invalidSettings,
          Diagnostic(
            .error, "nothing goes in place of \(quoted("{\(key)}"))",
            at: SourceLocation(file: "output.dir"), hint: "what varies is \(known)"))
      }
      text += rest[..<start] + name.text
      rest = rest[rest.index(after: end)...]
    }
    return text + rest
  }

  /// Throws where two variants would be written to one folder, or one into another's.
  private func requireDistinctFolders() throws(ConfigurationError) {
    var variantOfFolder: [[Substring]: Variant] = [:]
    for variant in variants {
      let parts = variant.folderParts
      for count in 0..<parts.count {
        if let other = variantOfFolder[Array(parts[...count])] {
          throw Self.sameFolder(other, variant)
        }
      }
      variantOfFolder[parts] = variant
    }
    // Shorter ones may come behind those inside them.
    for variant in variants {
      let parts = variant.folderParts
      for count in 0..<max(0, parts.count - 1) {
        if let other = variantOfFolder[Array(parts[...count])] {
          throw Self.sameFolder(other, variant)
        }
      }
    }
  }

  private static func sameFolder(_ first: Variant, _ second: Variant) -> ConfigurationError {
    let folders = (first.configuration.output.dir, second.configuration.output.dir)
    return ConfigurationError(
      .invalidSettings,
      Diagnostic(
        .error,
        folders.0 == folders.1
          ? "variants \(first.number) and \(second.number) would both be written to "
            + quoted(folders.0)
          : "variant \(second.number) would be written to \(quoted(folders.1)), inside that of "
            + "variant \(first.number), \(quoted(folders.0))",
        at: SourceLocation(file: "output.dir"),
        hint: "name the folders by number or by value, as in -o out-{n} or "
          + "-o 'out-{calibration.frac}'"))
  }
}

extension Sweep.Variant {
  /// The names on the way to the folder.
  fileprivate var folderParts: [Substring] {
    let path = configuration.output.dir
    return (path.hasPrefix("/") ? [""] : []) + path.split(separator: "/").filter { $0 != "." }
  }
}

extension ConfigValue {
  /// The value as a part of a file's name: words of letters, digits and `.`, `_`, `+`, `-`.
  fileprivate var nameText: String {
    flowText.split { !($0.isLetter || $0.isNumber || "._+-".contains($0)) }
      .joined(separator: "-")
  }
}
