internal import Bytes
internal import Text

/// A change of the text before it is split: a normalizer of the file.
enum Normalization: Sendable {
  /// Unicode's composed form, NFC.
  case composed
  /// A text before one that is not empty.
  case prepend([UInt8])
  /// Another text for each match.
  case replaceMatches(Pattern, with: [UInt8])
  case replaceText([UInt8], with: [UInt8])

  /// How long replacing may make a text of so many bytes: every step can multiply it.
  fileprivate static func limit(of count: Int) -> Int { Swift.max(1 << 20, count * 16) }

  /// The changed text.
  ///
  /// - Parameter limit: The most bytes it may have; nil for those of one step on this text.
  func applied(
    to text: [UInt8], _ search: PatternSearch, limit: Int? = nil
  ) throws(TokenizerError) -> [UInt8] {
    let limit = limit ?? Self.limit(of: text.count)
    func check(_ output: [UInt8]) throws(TokenizerError) {
      guard output.count <= limit else {
        throw TokenizerError(
          .textTooLong, "the tokenizer's normalizer makes more than \(limit) bytes of a text",
          hint: "take the tokenizer.json that the model came with")
      }
    }
    switch self {
    case .composed: return Self.composed(text)
    case .prepend(let prefix): return text.isEmpty ? text : prefix + text
    case .replaceMatches(let pattern, let content):
      var output: [UInt8] = []
      var place = 0
      try search.forEachMatch(of: pattern, in: text.span) { (match) throws(TokenizerError) in
        output += text[place..<match.lowerBound]
        output += content
        place = match.upperBound
        try check(output)
      }
      return output + text[place...]
    case .replaceText(let wanted, let content):
      var output: [UInt8] = []
      output.reserveCapacity(text.count + text.count / 2)
      var place = 0
      while let match = text.span.place(of: wanted, from: place) {
        output.append(copying: text.span.extracting(place..<match))
        output += content
        place = match + wanted.count
        try check(output)
      }
      output.append(copying: text.span.extracting(place..<text.count))
      return output
    }
  }
}

extension Normalization {
  /// The composed form that `tokenizers` makes, whose tables are those of Unicode 9.
  ///
  /// To them newer characters neither combine nor change places, so the text is composed between these.
  private static func composed(_ text: [UInt8]) -> [UInt8] {
    let whole = ComposedForm.of(text)
    guard whole != text else { return text }
    var output: [UInt8] = []
    var (begin, place) = (0, 0)
    while let start = text.span.firstIndex(ofAtLeast: 0xE0, from: place) {
      let (scalar, length) = Scalars.scalar(in: text.span, at: start)
      place = start + length
      if Scalars.isKnownToUnicode9(scalar) { continue }
      output += ComposedForm.of(Array(text[begin..<start])) + text[start..<place]
      begin = place
    }
    return begin == 0 ? whole : output + ComposedForm.of(Array(text[begin...]))
  }
}

extension Scalars {
  /// Whether Unicode 9 had assigned a code point.
  fileprivate static func isKnownToUnicode9(_ scalar: UInt32) -> Bool {
    guard let age = properties(scalar)?.age else { return false }
    return age.major <= 9
  }
}

extension [Normalization] {
  func applied(to text: [UInt8], _ search: PatternSearch) throws(TokenizerError) -> [UInt8] {
    var text = text
    let limit = Normalization.limit(of: text.count)
    for normalization in self {
      text = try normalization.applied(to: text, search, limit: limit)
    }
    return text
  }
}

extension Span<UInt8> {
  /// The first place of bytes, one at least, from another place on.
  func place(of bytes: [UInt8], from start: Int) -> Int? {
    var place = start
    while let candidate = firstIndex(of: bytes[0], from: place) {
      if holds(bytes, at: candidate) { return candidate }
      place = candidate + 1
    }
    return nil
  }
}
