internal import Bytes

/// Finds the elements of a top-level JSON array without parsing them.
///
/// It knows strings, escapes and brackets, and the commas between elements; what stands inside an
/// element is the parser's business. It can stop and go on at any byte.
struct ElementScanner {
  /// Where in the array the next byte stands.
  private enum Phase {
    case beforeArray
    /// Behind `[`.
    case firstElement
    /// Behind a comma.
    case nextElement
    case scalar, nested
    case afterElement
    case afterArray
    /// Among the members of an envelope that follow the array.
    case trailer
    case afterEnvelope
  }

  /// A byte that cannot stand where it does.
  struct Failure: Error {
    let offset: Int
    let message: String
  }

  /// Whether an object is around the array, whose other members have been passed.
  let isInEnvelope: Bool
  private var phase = Phase.beforeArray
  private var depth = 0
  private var isInString = false
  /// Whether the next byte of the string follows an unpaired backslash.
  private var isEscaped = false
  /// Where the current element begins; negative if its beginning is gone from the buffer.
  private var start = 0

  init(isInEnvelope: Bool = false) { self.isInEnvelope = isInEnvelope }

  /// Where the element begins in which the scanner stopped; nil between elements.
  var openElement: Int? { phase == .scalar || phase == .nested ? start : nil }

  /// Accounts for bytes that were removed from the front of the buffer.
  mutating func shift(by count: Int) { start -= count }

  /// Goes on at `offset`.
  ///
  /// - Parameters:
  ///   - rows: Gets the ranges of the elements that end here.
  ///   - isStoppingAfterOne: Whether to stop behind the first such element.
  /// - Returns: Where the scanner stopped, which is behind the last byte unless asked otherwise.
  mutating func scan(
    _ bytes: Span<UInt8>, from offset: Int, rows: inout [Range<Int>],
    isStoppingAfterOne: Bool = false
  ) throws(Failure) -> Int {
    var place = offset
    while place < bytes.count {
      if isInString {
        place = passString(bytes, from: place)
        if !isInString, depth == 0, phase == .nested { endElement(at: place, in: &rows) }
      } else if phase == .nested {
        place = passNested(bytes, from: place)
        if !isInString, depth == 0 { endElement(at: place, in: &rows) }
      } else {
        place = try step(bytes[place], at: place, in: &rows)
      }
      if isStoppingAfterOne, !rows.isEmpty { return place }
    }
    return place
  }

  /// What is missing if the text ends here; nil if nothing is.
  var lackAtEnd: String? {
    switch phase {
    case .afterEnvelope: nil
    case .trailer: "the text ends before the '}' behind the array"
    case .afterArray: isInEnvelope ? "the text ends before the '}' behind the array" : nil
    case .nested: "the text ends inside this element of the array"
    default: "the text ends before the array's closing ']'"
    }
  }

  private mutating func endElement(at end: Int, in rows: inout [Range<Int>]) {
    rows.append(start..<end)
    phase = .afterElement
  }

  /// Reads one byte outside of strings, objects and lists.
  ///
  /// - Returns: Where to go on: at the same byte if it ended a scalar.
  private mutating func step(
    _ byte: UInt8, at place: Int, in rows: inout [Range<Int>]
  ) throws(Failure) -> Int {
    if phase == .scalar {
      guard TextByte.isBlank(byte) || ",]}[{\"".utf8.contains(byte) else { return place + 1 }
      endElement(at: place, in: &rows)
      return place
    }
    if TextByte.isBlank(byte) { return place + 1 }
    switch (phase, byte) {
    case (.beforeArray, UInt8(ascii: "[")): phase = .firstElement
    case (.firstElement, UInt8(ascii: "]")), (.afterElement, UInt8(ascii: "]")): phase = .afterArray
    case (.afterElement, UInt8(ascii: ",")): phase = .nextElement
    case (.firstElement, _), (.nextElement, _): return try beginElement(byte, at: place)
    case (.afterArray, UInt8(ascii: "}")) where isInEnvelope: phase = .afterEnvelope
    case (.afterArray, UInt8(ascii: ",")) where isInEnvelope: phase = .trailer
    case (.trailer, _): try passTrailer(byte, at: place)
    default: throw Failure(offset: place, message: complaint(about: byte))
    }
    return place + 1
  }

  /// Reads one byte of the members behind the array, which may be no rows that would go unnoticed.
  private mutating func passTrailer(_ byte: UInt8, at place: Int) throws(Failure) {
    switch byte {
    case TextByte.quote:
      isInString = true
      isEscaped = false
    case UInt8(ascii: "}"): phase = .afterEnvelope
    case UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "]"):
      throw Failure(offset: place, message: complaint(about: byte))
    default: break
    }
  }

  private mutating func beginElement(_ byte: UInt8, at place: Int) throws(Failure) -> Int {
    switch byte {
    case UInt8(ascii: ","), UInt8(ascii: "]"), UInt8(ascii: "}"), UInt8(ascii: ":"):
      throw Failure(offset: place, message: complaint(about: byte))
    case UInt8(ascii: "\""):
      phase = .nested
      isInString = true
      isEscaped = false
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      phase = .nested
      depth = 1
    default:
      phase = .scalar
    }
    start = place
    return place + 1
  }

  /// Passes brackets and what is between them, up to a string or the end of the element.
  private mutating func passNested(_ bytes: Span<UInt8>, from offset: Int) -> Int {
    var place = offset
    while place < bytes.count {
      let byte = bytes[place]
      place += 1
      switch byte {
      case TextByte.quote:
        isInString = true
        isEscaped = false
        return place
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        depth -= 1
        if depth == 0 { return place }
      default: break
      }
    }
    return place
  }

  /// Passes a string up to behind its closing quote.
  private mutating func passString(_ bytes: Span<UInt8>, from offset: Int) -> Int {
    var place = offset
    while true {
      let quote = bytes.firstIndex(of: TextByte.quote, from: place)
      let end = quote ?? bytes.count
      // An odd run of backslashes before the quote makes it a part of the string.
      var runStart = end
      while runStart > place, bytes[runStart - 1] == TextByte.backslash { runStart -= 1 }
      let isRunEscaped = runStart == place && isEscaped
      let isEndEscaped = (end - runStart).isMultiple(of: 2) == isRunEscaped
      guard let quote else {
        isEscaped = isEndEscaped
        return bytes.count
      }
      isEscaped = false
      if !isEndEscaped {
        isInString = false
        return quote + 1
      }
      place = quote + 1
    }
  }

  private func complaint(about byte: UInt8) -> String {
    let found =
      (0x21...0x7E).contains(byte)
      ? "'\(Character(UnicodeScalar(byte)))'" : "byte 0x\(String(byte, radix: 16))"
    return switch phase {
    case .afterElement: "expected ',' or ']' after an element of the array, found \(found)"
    case .trailer: "expected only texts and numbers behind the array of rows, found \(found)"
    case .afterArray where isInEnvelope: "expected '}' behind the array, found \(found)"
    case .afterEnvelope: "expected nothing after the object's closing '}', found \(found)"
    case .afterArray: "expected nothing after the array's closing ']', found \(found)"
    case .nextElement where byte == UInt8(ascii: "]"):
      "expected an element of the array, found ']' after a trailing comma"
    default: "expected an element of the array, found \(found)"
    }
  }
}
