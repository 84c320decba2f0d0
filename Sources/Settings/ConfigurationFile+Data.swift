internal import Records

extension ConfigurationFile {
  /// How files begin that hold rows, or something compressed.
  private static let beginnings: [[UInt8]] = [
    [0x28, 0xB5, 0x2F, 0xFD], [0x1F, 0x8B], [0xFD, 0x37, 0x7A, 0x58], [0x04, 0x22, 0x4D, 0x18],
    Array("BZh".utf8), Array("PK\u{3}\u{4}".utf8), Array("PAR1".utf8), Array("ARROW1".utf8),
  ]

  /// Whether the bytes are data to read and no settings, which their first bytes tell: a format of
  /// data, or JSON Lines, as YAML never has two mappings in braces one below the other.
  var holdsData: Bool {
    if Self.beginnings.contains(where: bytes.starts) { return true }
    let lines = bytes.split(separator: UInt8(ascii: "\n"), maxSplits: 2)
    return lines.count > 1
      && lines.prefix(2).allSatisfy { $0.first == UInt8(ascii: "{") }
      && lines[0].last { $0 > UInt8(ascii: " ") } == UInt8(ascii: "}")
  }

  /// The same by all of the text, which is read as YAML where its beginning leaves it open.
  var holdsRows: Bool {
    if holdsData { return true }
    guard isBraced else { return false }
    if bytes.count > YAMLNode.Limit.byteCount { return true }
    let root = try? YAMLNode.parse(bytes, file: name)
    return root?.isRows ?? false
  }

  /// Whether the text is JSON, if it is YAML.
  var isBraced: Bool {
    bytes.first { $0 > UInt8(ascii: " ") }.map {
      $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: "[")
    }
      ?? false
  }

  /// What to say of data where a configuration is to be.
  var dataFailure: ConfigurationError {
    let value = name == Self.standardInput ? "-" : "[\(name)]"
    return ConfigurationError(
      .malformedText,
      Diagnostic(
        .error, "expected a configuration, found rows of data", at: SourceLocation(file: name),
        hint: "to read it as data, write input.paths=\(value) in its place"))
  }
}

extension Configuration {
  /// Whether a regular file holds data to read and no settings, by its content.
  package static func isData(fileAt path: String) -> Bool {
    let file = try? ConfigurationFile(path: path)
    return file?.holdsRows ?? false
  }
}

extension YAMLNode {
  /// Whether this is a row in JSON, or a list of them, rather than settings.
  var isRows: Bool {
    switch content {
    case .sequence(let elements): elements.first?.isRows ?? false
    case .mapping(let entries):
      !entries.isEmpty
        && entries.allSatisfy { entry in
          !Setting.isKey(entry.key) && entry.key != Sweep.section
            && ConfigurationLayer.Directive(rawValue: entry.key) == nil
        }
    default: false
    }
  }
}
