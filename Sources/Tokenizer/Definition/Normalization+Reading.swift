internal import JSON

extension Normalization {
  /// Reads a normalizer.
  static func read(
    _ value: JSONValue, at place: String
  ) throws(TokenizerError) -> [Normalization] {
    var fields = try Fields(value, at: place)
    let type = String(decoding: try fields.requiredText("type"), as: UTF8.self)
    let read: [Normalization]
    switch type {
    case "Sequence":
      var parts: [Normalization] = []
      for (index, part) in try fields.requiredList("normalizers").enumerated() {
        parts += try Self.read(part, at: "\(place).normalizers[\(index)]")
      }
      read = parts
    case "NFC": read = [.composed]
    case "Prepend": read = [.prepend(try fields.requiredText("prepend"))]
    case "Replace":
      let content = try fields.requiredText("content")
      switch try FilePattern(&fields) {
      case .text(let text): read = [.replaceText(text, with: content)]
      case .expression(let pattern): read = [.replaceMatches(pattern, with: content)]
      }
    default: throw .unsupported("the normalizer \(type)")
    }
    try fields.finish()
    return read
  }
}

/// What a step looks for: a text or a regular expression.
enum FilePattern {
  case text([UInt8])
  case expression(Pattern)

  /// Reads the field `pattern` of a step.
  init(_ fields: inout Fields) throws(TokenizerError) {
    guard let value = fields.value("pattern") else { throw fields.missing("pattern") }
    var inner = try Fields(value, at: "\(fields.place).pattern")
    let text = try inner.text("String")
    let expression = try inner.text("Regex")
    try inner.finish()
    switch (text, expression) {
    case (let text?, nil):
      guard !text.isEmpty else { throw .unsupported("\(inner.place): an empty string") }
      self = .text(text)
    case (nil, let expression?):
      self = .expression(try Pattern(expression, named: inner.place))
    default: throw .malformed("\(inner.place): expected one of the fields \"String\" and \"Regex\"")
    }
  }
}
