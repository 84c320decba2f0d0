internal import Records

/// Builds a tree from YAML events: resolves aliases, refuses what a configuration cannot hold.
struct YAMLComposer: ~Copyable {
  private var reader: YAMLEventReader
  private let text: SourceText
  private let argument: String?
  private var anchors: [String: (node: YAMLNode, size: Int)] = [:]
  private var nodeCount = 0

  init(_ text: SourceText, argument: String?) {
    reader = YAMLEventReader(text.bytes)
    self.text = text
    self.argument = argument
  }

  /// The stream's one document; nil if there is none.
  mutating func document() throws(ConfigurationError) -> YAMLNode? {
    _ = try next()
    guard try next().kind == .documentStart else { return nil }
    let root = try node(from: try next(), depth: 0)
    _ = try next()
    let event = try next()
    guard event.kind == .streamEnd else {
      throw failure(
        "a second document starts here", at: event,
        hint: "a configuration is one document; remove the line `---` and what follows")
    }
    return root
  }

  private mutating func node(
    from event: YAMLEvent, depth: Int
  ) throws(ConfigurationError) -> YAMLNode {
    guard depth <= YAMLNode.Limit.depth else {
      throw failure("more than \(YAMLNode.Limit.depth) levels of nesting", at: event, hint: nil)
    }
    if case .alias(let name) = event.kind { return try expand(name, event) }
    let countBefore = nodeCount
    try count(1, at: event)
    var node = YAMLNode(.sequence([]), origin: origin(of: event))
    switch event.kind {
    case .scalar(let value, let isPlain):
      let isForcedText = try isForcedText(event)
      node.content = .scalar(value, isPlain: isPlain && !isForcedText)
    case .sequenceStart:
      try refuseTag(of: event)
      node.content = .sequence(try elements(depth: depth))
    case .mappingStart:
      try refuseTag(of: event)
      node.content = .mapping(try entries(depth: depth))
    default:
      throw failure("unexpected end of the document", at: event, hint: nil)
    }
    if let anchor = event.anchor { anchors[anchor] = (node, nodeCount - countBefore) }
    return node
  }

  private mutating func elements(depth: Int) throws(ConfigurationError) -> [YAMLNode] {
    var elements: [YAMLNode] = []
    while true {
      let event = try next()
      if event.kind == .sequenceEnd { return elements }
      elements.append(try node(from: event, depth: depth + 1))
    }
  }

  private mutating func entries(depth: Int) throws(ConfigurationError) -> [YAMLNode.Entry] {
    var entries: [YAMLNode.Entry] = []
    var lines: [[UInt8]: Origin] = [:]
    while true {
      let event = try next()
      if event.kind == .mappingEnd { return entries }
      guard case .scalar(let key, _) = try node(from: event, depth: depth + 1).content else {
        throw failure("a key must be a plain text", at: event, hint: nil)
      }
      let origin = origin(of: event)
      if let first = lines.updateValue(origin, forKey: Array(key.utf8)) {
        let line = first.location?.line
        throw failure(
          "\(quoted(key)) is given twice", at: event,
          hint: line.map { "remove one of them; the first is in line \($0)" })
      }
      let value = try node(from: try next(), depth: depth + 1)
      entries.append(YAMLNode.Entry(key: key, keyOrigin: origin, value: value))
    }
  }

  private mutating func expand(
    _ name: String, _ event: YAMLEvent
  ) throws(ConfigurationError) -> YAMLNode {
    guard let (anchored, size) = anchors[name] else {
      throw failure(
        "no anchor \"&\(name)\" before the alias \"*\(name)\"", at: event,
        hint: "a text that starts with `*` needs quotes")
    }
    try count(size, at: event)
    return YAMLNode(anchored.content, origin: origin(of: event))
  }

  private mutating func count(_ count: Int, at event: YAMLEvent) throws(ConfigurationError) {
    nodeCount += count
    guard nodeCount <= YAMLNode.Limit.nodeCount else {
      throw failure(
        "the document, with its aliases expanded, has more than \(YAMLNode.Limit.nodeCount) nodes",
        at: event, hint: nil)
    }
  }

  /// Whether a tag makes text of a plain scalar, as in `!!str 5`.
  private func isForcedText(_ event: YAMLEvent) throws(ConfigurationError) -> Bool {
    if event.tag == "!" || event.tag == "tag:yaml.org,2002:str" { return true }
    try refuseTag(of: event)
    return false
  }

  private func refuseTag(of event: YAMLEvent) throws(ConfigurationError) {
    guard let tag = event.tag else { return }
    throw failure(
      "the tag \(quoted(tag)) means nothing here", at: event,
      hint: "remove it; a text that starts with `!` needs quotes")
  }

  private mutating func next() throws(ConfigurationError) -> YAMLEvent {
    do {
      return try reader.next()
    } catch {
      throw failure(error)
    }
  }

  private func origin(of event: YAMLEvent) -> Origin {
    if let argument { return .argument(argument) }
    return .file(text.location(ofByte: text.offset(ofCharacter: event.position)))
  }

  private func failure(
    _ message: String, at event: YAMLEvent, hint: String?
  ) -> ConfigurationError {
    let offset = text.offset(ofCharacter: event.position)
    return ConfigurationError(
      .malformedText,
      Diagnostic(.error, message, at: location(ofByte: offset), hint: hint))
  }

  private func location(ofByte offset: Int) -> SourceLocation {
    argument == nil ? text.location(ofByte: offset) : SourceLocation(file: text.file)
  }
}

extension YAMLComposer {
  /// A syntax error with what to do about it, the line it is in and a caret.
  private func failure(_ error: YAMLSyntaxError) -> ConfigurationError {
    let offset =
      switch error.position {
      case .byte(let offset): min(offset, text.bytes.count)
      case .character(let index): text.offset(ofCharacter: index)
      }
    let byte = offset < text.bytes.count ? text.bytes[offset] : nil
    let (message, usual) = Self.explanation(of: error, foundByte: byte)
    let hint =
      byte == UInt8(ascii: "{") && offset > 0 && text.bytes[offset - 1] == UInt8(ascii: "$")
      ? "inside [...] and {...} a text with ${NAME} in it needs quotes" : usual
    let excerpt = text.excerpt(atByte: offset).map { "\n" + $0 } ?? ""
    return ConfigurationError(
      .malformedText,
      Diagnostic(.error, message, at: location(ofByte: offset), hint: hint + excerpt))
  }

  /// The mistakes people make most, in plain words; libyaml's own words for the others.
  private static func explanation(
    of error: YAMLSyntaxError, foundByte byte: UInt8?
  ) -> (message: String, hint: String) {
    switch (error.problem, byte) {
    case (_, UInt8(ascii: "\t")):
      return ("a tab where YAML wants spaces", "indent with spaces")
    case ("control characters are not allowed", _):
      return ("a control character", "is this a text file with settings?")
    case ("block sequence entries are not allowed in this context", _):
      return (
        "a list cannot start with \"-\" here",
        "put it on lines of its own, or write [a, b]; a lone \"-\" (standard input) needs quotes"
      )
    case ("did not find expected alphabetic or numeric character", _):
      return (
        "a name of letters and digits must follow \"*\" or \"&\"",
        "a text that starts with `*` or `&` needs quotes, as in paths: [\"*.jsonl\"]"
      )
    case ("mapping values are not allowed in this context", _):
      return (
        "a key with a value cannot start here",
        "check the indentation; a text with \": \" in it needs quotes"
      )
    case ("could not find expected ':'", _):
      return ("a key without \":\"", "write \"key: value\"")
    case ("found character that cannot start any token", _):
      return (
        "a text cannot start with this character",
        "put the text in quotes"
      )
    default:
      let context = error.context.map { " \($0)" } ?? ""
      return (
        "invalid YAML: \(error.problem)\(context)",
        "look for a bracket, a quote or a colon that is missing or one too many"
      )
    }
  }
}
