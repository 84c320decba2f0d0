internal import JSON

extension SplitStep {
  /// Reads a pre-tokenizer.
  static func read(_ value: JSONValue, at place: String) throws(TokenizerError) -> [SplitStep] {
    var fields = try Fields(value, at: place)
    let type = String(decoding: try fields.requiredText("type"), as: UTF8.self)
    let read: [SplitStep]
    switch type {
    case "Sequence":
      var parts: [SplitStep] = []
      for (index, part) in try fields.requiredList("pretokenizers").enumerated() {
        parts += try Self.read(part, at: "\(place).pretokenizers[\(index)]")
      }
      read = parts
    case "Split": read = [try split(&fields)]
    case "ByteLevel": read = try byteLevel(&fields)
    case "Digits":
      guard let isIndividual = try fields.truth("individual_digits") else {
        throw fields.missing("individual_digits")
      }
      read = [.digits(isIndividual ? .isolated : .contiguous)]
    case "Metaspace": read = try metaspace(&fields)
    default: throw .unsupported("the pre-tokenizer \(type)")
    }
    try fields.finish()
    return read
  }

  private static func split(_ fields: inout Fields) throws(TokenizerError) -> SplitStep {
    guard let behavior: SplitBehavior = try fields.choice("behavior") else {
      throw fields.missing("behavior")
    }
    guard let isInverted = try fields.truth("invert") else { throw fields.missing("invert") }
    return switch try FilePattern(&fields) {
    case .text(let text): .literal(text, behavior, inverted: isInverted)
    case .expression(let pattern): .pattern(pattern, behavior, inverted: isInverted)
    }
  }

  /// What ByteLevel splits by, which is GPT-2's pattern.
  private static let byteLevelPattern =
    #"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"#

  private static func byteLevel(_ fields: inout Fields) throws(TokenizerError) -> [SplitStep] {
    guard let addsSpace = try fields.truth("add_prefix_space") else {
      throw fields.missing("add_prefix_space")
    }
    let usesPattern = try fields.truth("use_regex") ?? true
    // What offsets are told, which no one asks for here.
    _ = fields.value("trim_offsets")
    var steps: [SplitStep] = addsSpace ? [.prefixSpace] : []
    if usesPattern {
      let pattern = try Pattern(Array(byteLevelPattern.utf8), named: fields.place)
      steps.append(.pattern(pattern, .isolated, inverted: false))
    }
    return steps + [.spelledBytes]
  }

  private static func metaspace(_ fields: inout Fields) throws(TokenizerError) -> [SplitStep] {
    let mark = try fields.requiredText("replacement")
    guard !mark.isEmpty, Scalars.length(ofLead: mark[0]) == mark.count else {
      throw .malformed("\(fields.place).replacement: expected one character")
    }
    let addsSpace = try fields.truth("add_prefix_space")
    var prefix: MarkPrefix = try fields.choice("prepend_scheme") ?? .always
    if addsSpace == false {
      guard prefix == .never || fields.value("prepend_scheme") == nil else {
        throw .malformed("\(fields.place): add_prefix_space does not match prepend_scheme")
      }
      prefix = .never
    }
    let splits = try fields.truth("split") ?? true
    _ = fields.value("str_rep")
    return [.marks(mark, prefix)] + (splits ? [.splitAtMarks(mark)] : [])
  }
}
