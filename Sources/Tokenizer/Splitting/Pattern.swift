internal import Bytes
internal import COniguruma
internal import Synchronization

/// A regular expression of the file, as Oniguruma reads it: the library that `tokenizers` uses.
///
/// Sendable, as Oniguruma searches with one compiled expression on any number of threads; what a
/// search writes is in the ``PatternSearch`` of its thread.
final class Pattern: @unchecked Sendable {
  fileprivate let expression: OnigRegex
  let source: String
  /// Finds the matches in ASCII; nil where the expression is none of those that it can be made of.
  let automaton: Automaton?

  private static let longest = 1 << 16
  /// Only one expression is compiled at a time, as the library asks.
  private static let compiling = Mutex(false)

  init(_ source: [UInt8], named name: String) throws(TokenizerError) {
    guard source.count <= Self.longest, Self.boundedRepeats(source) else {
      throw TokenizerError(
        .unsupportedTokenizer, "\(name): the regular expression is too large",
        hint: "no tokenizer in use has such a pattern; is the file what it should be?")
    }
    self.source = String(decoding: source, as: UTF8.self)
    if let part = PatternTables.disputed(in: self.source) {
      throw .unsupported(
        "\(part) in a regular expression, which releases of Oniguruma disagree on,")
    }
    automaton = ExpressionParser.parse(self.source).flatMap(Automaton.init)
    let made = Self.compiling.withLock { isReady -> (OnigRegex?, String) in
      if !isReady {
        var encodings: [OnigEncoding?] = [onig_encoding_utf8()]
        onig_initialize(&encodings, 1)
        isReady = true
      }
      var expression: OnigRegex?
      var info = OnigErrorInfo()
      return source.withUnsafeBufferPointer { source in
        let start = source.baseAddress
        let code = onig_new(
          &expression, start, start.map { $0 + source.count }, 0, onig_encoding_utf8(),
          onig_syntax_oniguruma(), &info)
        if code == ONIG_NORMAL { return (expression, "") }
        let text = [UInt8](
          unsafeUninitializedCapacity: Int(ONIG_MAX_ERROR_MESSAGE_LEN)
        ) { buffer, count in count = Int(onig_message(buffer.baseAddress, code, &info)) }
        return (nil, String(decoding: text, as: UTF8.self))
      }
    }
    guard let expression = made.0 else {
      throw TokenizerError(
        .malformedTokenizer, "\(name): not a regular expression of Oniguruma: \(made.1)",
        hint: "take the tokenizer.json that the model came with")
    }
    self.expression = expression
  }

  deinit { onig_free(expression) }

  /// Whether counts in braces, multiplied, stay where compiling takes no time and memory to speak of.
  private static func boundedRepeats(_ source: [UInt8]) -> Bool {
    var product = 1
    var number: Int?
    for byte in source {
      switch byte {
      case UInt8(ascii: "{"): number = 0
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        if let value = number { number = min(value * 10 + Int(byte - 0x30), 1 << 20) }
      case UInt8(ascii: ","), UInt8(ascii: "}"):
        if let value = number, value > 1 { product *= value }
        number = byte == UInt8(ascii: ",") && number != nil ? 0 : nil
        guard product <= 1 << 16 else { return false }
      default: number = nil
      }
    }
    return true
  }
}

/// What the searches of one thread are done with.
final class PatternSearch {
  private let region: UnsafeMutablePointer<OnigRegion>
  private let parameters: OpaquePointer

  init() {
    guard let region = onig_region_new(), let parameters = onig_new_match_param() else {
      preconditionFailure("out of memory")
    }
    onig_initialize_match_param(parameters)
    self.region = region
    self.parameters = parameters
  }

  deinit {
    onig_region_free(region, 1)
    onig_free_match_param(parameters)
  }

  /// A search may go back so often, and for each byte of the text; the first is for what a text needs
  /// whatever its length, and `tokenizers` stops at the most.
  private static let retries = (least: 100_000, aByte: 64, most: 10_000_000)

  /// Finds the matches in a text one after the other, as `tokenizers` does: an empty one directly
  /// behind another counts for nothing.
  ///
  /// - Parameter text: well-formed UTF-8.
  func forEachMatch(
    of pattern: Pattern, in text: Span<UInt8>,
    _ body: (Range<Int>) throws(TokenizerError) -> Void
  ) throws(TokenizerError) {
    let limit = min(Self.retries.most, Self.retries.least + Self.retries.aByte * text.count)
    onig_set_retry_limit_in_match_of_match_param(parameters, UInt(limit))
    onig_set_retry_limit_in_search_of_match_param(parameters, UInt(limit))
    try text.withUnsafeBufferPointer { (buffer) throws(TokenizerError) in
      guard let start = buffer.baseAddress else { return }
      let end = start + buffer.count
      var place = 0
      var lastEnd: Int?
      while place <= buffer.count {
        if let automaton = pattern.automaton, place < buffer.count {
          switch automaton.match(in: text, from: place) {
          case .end(let end):
            try body(place..<end)
            place = end
            lastEnd = end
            continue
          case .noMatch:
            place = automaton.nextStart(in: text, behind: place)
            continue
          case .unknown: break
          }
        }
        let found = onig_search_with_param(
          pattern.expression, start, end, start + place, end, region, 0, parameters)
        if found == ONIG_MISMATCH { return }
        guard found >= 0 else {
          throw TokenizerError(
            .patternTooSlow,
            "the tokenizer's pattern gives up on a text of \(buffer.count) bytes: "
              + pattern.source,
            hint: "leave the row out with input.on_error: skip, or take another tokenizer")
        }
        let match = Int(region.pointee.beg[0])..<Int(region.pointee.end[0])
        if match.isEmpty, lastEnd == match.upperBound {
          place += place < buffer.count ? Scalars.length(ofLead: buffer[place]) : 1
          continue
        }
        place = match.upperBound
        lastEnd = place
        try body(match)
      }
    }
  }
}

extension Scalars {
  /// How many bytes a code point takes, by its first.
  static func length(ofLead lead: UInt8) -> Int {
    switch lead {
    case ..<0x80: 1
    case ..<0xE0: 2
    case ..<0xF0: 3
    default: 4
    }
  }
}
