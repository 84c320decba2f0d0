internal import Records

extension YAMLNode {
  /// Limits that no configuration comes near, and that keep a hostile one from hurting.
  enum Limit {
    static let byteCount = 1 << 20
    static let depth = 64
    /// Nodes after aliases are expanded.
    static let nodeCount = 100_000
  }

  /// Reads the one document of a text; nil if it holds nothing but comments and blanks.
  ///
  /// - Parameters:
  ///   - bytes: what the file or argument holds, in any encoding; UTF-8 is required and checked.
  ///   - file: the name in messages.
  ///   - argument: the argument that `bytes` comes from, if not from a file.
  /// - Throws: what is wrong with the text as YAML, with its place.
  package static func parse(
    _ bytes: [UInt8], file: String, argument: String? = nil
  ) throws(ConfigurationError) -> YAMLNode? {
    guard bytes.count <= Limit.byteCount else {
      throw ConfigurationError(
        .malformedText,
        Diagnostic(
          .error, "the file has \(bytes.count) bytes, too many for a configuration",
          at: SourceLocation(file: file),
          hint: "name the YAML file with the settings; the data goes under `input.paths`"))
    }
    if let offset = firstInvalidByte(in: bytes) {
      throw ConfigurationError(
        .malformedText,
        Diagnostic(
          .error, "invalid UTF-8", at: SourceText(bytes, file: file).location(ofByte: offset),
          hint: "a configuration is text in UTF-8; save it in that encoding"))
    }
    let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let content = bytes.starts(with: byteOrderMark) ? Array(bytes.dropFirst(3)) : bytes
    var composer = YAMLComposer(SourceText(content, file: file), argument: argument)
    return try composer.document()
  }

  /// Where the first sequence of bytes starts that is not UTF-8; nil if all is well.
  private static func firstInvalidByte(in bytes: [UInt8]) -> Int? {
    if String(validating: bytes, as: UTF8.self) != nil { return nil }
    var decoder = Unicode.UTF8.ForwardParser()
    var iterator = bytes.makeIterator()
    var offset = 0
    while true {
      switch decoder.parseScalar(from: &iterator) {
      case .valid(let encoded): offset += encoded.count
      case .error: return offset
      case .emptyInput: return nil
      }
    }
  }
}
