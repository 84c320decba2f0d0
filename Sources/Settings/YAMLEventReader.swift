internal import CYAML

/// One step through a YAML document.
struct YAMLEvent {
  enum Kind: Equatable {
    case streamStart, streamEnd
    case documentStart, documentEnd
    case alias(String)
    case scalar(String, isPlain: Bool)
    case sequenceStart, sequenceEnd
    case mappingStart, mappingEnd
  }

  let kind: Kind
  /// The name that an alias can use for this node.
  let anchor: String?
  /// The resolved tag, such as `tag:yaml.org,2002:str`.
  let tag: String?
  /// How many characters of the text precede the event.
  let position: Int
}

/// What libyaml has against a text.
struct YAMLSyntaxError: Error {
  enum Position {
    /// Bytes from the start of the text.
    case byte(Int)
    /// Characters from the start of the text.
    case character(Int)
  }

  /// libyaml's words for the problem.
  let problem: String
  /// libyaml's words for what it was doing, such as `while parsing a flow sequence`.
  let context: String?
  let position: Position
}

/// Reads the events of a YAML text with libyaml, which nothing else in the program touches.
struct YAMLEventReader: ~Copyable {
  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private let input: UnsafeMutableBufferPointer<UInt8>

  /// Starts at the beginning of `bytes`, UTF-8 without a byte order mark.
  init(_ bytes: [UInt8]) {
    parser = .allocate(capacity: 1)
    input = .allocate(capacity: max(bytes.count, 1))
    _ = input.update(fromContentsOf: bytes)
    guard yaml_parser_initialize(parser) == 1 else {
      preconditionFailure("libyaml has no memory for a parser")
    }
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    yaml_parser_set_input_string(parser, input.baseAddress, bytes.count)
  }

  deinit {
    yaml_parser_delete(parser)
    parser.deallocate()
    input.deallocate()
  }

  /// The next event; after the end of the stream there is none to ask for.
  mutating func next() throws(YAMLSyntaxError) -> YAMLEvent {
    var event = yaml_event_t()
    guard yaml_parser_parse(parser, &event) == 1 else { throw syntaxError() }
    defer { yaml_event_delete(&event) }
    let (kind, anchor, tag) = Self.content(of: event)
    return YAMLEvent(
      kind: kind, anchor: anchor, tag: tag, position: Int(event.start_mark.index))
  }

  private static func content(
    of event: yaml_event_t
  ) -> (kind: YAMLEvent.Kind, anchor: String?, tag: String?) {
    switch event.type {
    case YAML_STREAM_START_EVENT: return (.streamStart, nil, nil)
    case YAML_DOCUMENT_START_EVENT: return (.documentStart, nil, nil)
    case YAML_DOCUMENT_END_EVENT: return (.documentEnd, nil, nil)
    case YAML_SEQUENCE_END_EVENT: return (.sequenceEnd, nil, nil)
    case YAML_MAPPING_END_EVENT: return (.mappingEnd, nil, nil)
    case YAML_ALIAS_EVENT:
      return (.alias(string(event.data.alias.anchor) ?? ""), nil, nil)
    case YAML_SCALAR_EVENT:
      let scalar = event.data.scalar
      // The length counts: a text may hold a zero byte, written "\0".
      let bytes = UnsafeBufferPointer(start: scalar.value, count: Int(scalar.length))
      let text = String(decoding: bytes, as: UTF8.self)
      let isPlain = scalar.style == YAML_PLAIN_SCALAR_STYLE
      return (.scalar(text, isPlain: isPlain), string(scalar.anchor), string(scalar.tag))
    case YAML_SEQUENCE_START_EVENT:
      let sequence = event.data.sequence_start
      return (.sequenceStart, string(sequence.anchor), string(sequence.tag))
    case YAML_MAPPING_START_EVENT:
      let mapping = event.data.mapping_start
      return (.mappingStart, string(mapping.anchor), string(mapping.tag))
    default:
      return (.streamEnd, nil, nil)
    }
  }

  private static func string(_ text: UnsafeMutablePointer<yaml_char_t>?) -> String? {
    text.map { String(cString: $0) }
  }

  private func syntaxError() -> YAMLSyntaxError {
    let state = parser.pointee
    let problem = state.problem.map { String(cString: $0) } ?? "the parser ran out of memory"
    let context = state.context.map { String(cString: $0) }
    let position: YAMLSyntaxError.Position =
      state.error == YAML_READER_ERROR
      ? .byte(Int(state.problem_offset)) : .character(Int(state.problem_mark.index))
    return YAMLSyntaxError(problem: problem, context: context, position: position)
  }
}
