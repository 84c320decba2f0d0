internal import Bytes

/// The object around an array of rows: `{"version": "1.0", "data": [{…}, …]}` of many tools, or
/// `{"type": "text_only", "instances": […]}` of LMFlow and RLHFlow.
///
/// The array is a member of one of four names, and only strings, numbers and the like stand before
/// it. A row of JSON Lines may have such a column, too. So an object on one line is an envelope only
/// where the array is its last member and nothing follows; `instances` alone are always rows, since
/// no column is called so.
struct Envelope {
  /// What the beginning of a text is.
  enum Match: Equatable {
    case none
    /// More of the text could make it an envelope.
    case undecided
    /// An envelope whose array begins at this offset.
    case array(offset: Int)
    /// An object that goes over several lines and is not an envelope.
    case object
  }

  private enum Phase {
    case start
    /// Behind `{`, where the object may end, or behind a comma.
    case key, keyText
    case colon, value
    case valueText, number
    case afterValue
    /// Behind the `[` of an array that may hold the rows.
    case firstElement
    /// In such an array that began on the first line.
    case array, arrayText
    case afterArray, afterComma, afterObject
  }

  private static let names = ["data", "rows", "instances", "examples"].map { Array($0.utf8) }

  private var phase = Phase.start
  private var place = 0
  private var isEscaped = false
  private var depth = 0
  private var keyStart = 0
  private var isCandidate = false
  private var isInstances = false
  private var hasLineEnd = false
  /// Whether a member begins on another line than the object.
  private var isSpread = false

  /// Where an array begins that may hold the rows.
  private(set) var arrayOffset: Int?

  /// Where the array of rows begins if the text ends here; nil if there is no envelope.
  var offsetAtEnd: Int? { phase == .afterObject ? arrayOffset : nil }

  /// Looks at the beginning of a text, which is not blank, or at more of it.
  mutating func match(_ bytes: Span<UInt8>) -> Match {
    while place < bytes.count {
      let byte = bytes[place]
      if let match = step(byte, bytes) { return match }
      place += 1
    }
    return .undecided
  }

  /// Reads one byte.
  ///
  /// - Returns: nil where it decides nothing.
  private mutating func step(_ byte: UInt8, _ bytes: Span<UInt8>) -> Match? {
    switch phase {
    case .keyText, .valueText, .arrayText: return stepInText(byte, bytes)
    case .number: return stepInNumber(byte)
    default: break
    }
    if TextByte.isBlank(byte) {
      guard byte == TextByte.newline else { return nil }
      hasLineEnd = true
      let isBehindFirstLine =
        phase == .array || phase == .afterArray || phase == .afterComma
      return isBehindFirstLine ? arrayOffset.map { .array(offset: $0) } : nil
    }
    defer { hasLineEnd = false }
    switch (phase, byte) {
    case (.start, UInt8(ascii: "{")): phase = .key
    case (.key, TextByte.quote):
      isSpread = isSpread || hasLineEnd
      keyStart = place + 1
      phase = .keyText
    case (.colon, UInt8(ascii: ":")): phase = .value
    case (.value, _): return beginValue(byte)
    case (.afterValue, UInt8(ascii: ",")): phase = .key
    case (.firstElement, UInt8(ascii: "{")):
      if isSpread || hasLineEnd, let arrayOffset { return .array(offset: arrayOffset) }
      phase = .array
      depth = 2
    case (.array, TextByte.quote): phase = .arrayText
    case (.array, UInt8(ascii: "{")), (.array, UInt8(ascii: "[")): depth += 1
    case (.array, UInt8(ascii: "}")), (.array, UInt8(ascii: "]")):
      depth -= 1
      if depth == 0 { phase = .afterArray }
    case (.array, _): break
    case (.afterArray, UInt8(ascii: "}")): phase = .afterObject
    case (.afterArray, UInt8(ascii: ",")): phase = .afterComma
    case (.key, UInt8(ascii: "}")), (.afterValue, UInt8(ascii: "}")), (.firstElement, _):
      return rowOrObject
    default: return Match.none
    }
    return nil
  }

  private var rowOrObject: Match { isSpread ? .object : .none }

  private mutating func beginValue(_ byte: UInt8) -> Match? {
    switch byte {
    case TextByte.quote: phase = .valueText
    case UInt8(ascii: "["):
      guard isCandidate else { return rowOrObject }
      if isInstances { return .array(offset: place) }
      isSpread = isSpread || hasLineEnd
      arrayOffset = place
      phase = .firstElement
    case UInt8(ascii: "{"): return rowOrObject
    case UInt8(ascii: ","), UInt8(ascii: "}"), UInt8(ascii: "]"), UInt8(ascii: ":"):
      return Match.none
    default: phase = .number
    }
    return nil
  }

  private mutating func stepInText(_ byte: UInt8, _ bytes: Span<UInt8>) -> Match? {
    if isEscaped {
      isEscaped = false
      return nil
    }
    switch byte {
    case TextByte.backslash: isEscaped = true
    // A row that breaks off, which is the parser's business.
    case TextByte.newline: return Match.none
    case TextByte.quote:
      switch phase {
      case .keyText:
        let name = Array(copying: bytes.extracting(keyStart..<place))
        isCandidate = Self.names.contains(name)
        isInstances = name == Array("instances".utf8)
        phase = .colon
      case .valueText: phase = .afterValue
      default: phase = .array
      }
    default: break
    }
    return nil
  }

  private mutating func stepInNumber(_ byte: UInt8) -> Match? {
    switch byte {
    case UInt8(ascii: ","): phase = .key
    case UInt8(ascii: "}"): return rowOrObject
    case UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "]"), TextByte.quote: return Match.none
    default:
      guard TextByte.isBlank(byte) else { return nil }
      hasLineEnd = byte == TextByte.newline
      phase = .afterValue
    }
    return nil
  }
}
