internal import CKernels
internal import Glibc
package import Text

/// Unescaping of JSON strings that `JSONScanner` has found well formed.
package enum JSONString {
  /// What is measured of a string on the way.
  package struct Measures {
    /// Unicode code points; a lone surrogate is one.
    package var codePoints: Int
    package var hasLoneSurrogate: Bool

    /// Those of what is not there.
    package static var nothing: Measures { Measures(codePoints: 0, hasLoneSurrogate: false) }
  }

  /// Gives access to the text of a string and its measures, made in one go.
  ///
  /// - Parameters:
  ///   - scratch: holds the text where it had to be unescaped; what it held is lost.
  ///   - body: gets the text as UTF-8; lone surrogates take three bytes each (WTF-8), so that texts
  ///     differ here exactly where they differ in Python.
  package static func withContent<Result>(
    of value: JSONSlice, in base: UnsafePointer<UInt8>, using scratch: inout ScratchText,
    _ body: (Span<UInt8>, Measures) -> Result
  ) -> Result {
    guard value.kind == .escapedString else {
      let text = UnsafeBufferPointer(start: base + value.start, count: value.end - value.start).span
      return body(text, Measures(codePoints: CodePoints.count(text), hasLoneSurrogate: false))
    }
    scratch.truncate(to: 0)
    let unescaped = scratch.append(atMost: value.end - value.start) { output in
      let unescaped = unescape_json(base + value.start, value.end - value.start, output)
      return (unescaped.byte_count, unescaped)
    }
    let measures = Measures(
      codePoints: unescaped.byte_count - unescaped.continuation_count,
      hasLoneSurrogate: unescaped.has_lone_surrogate)
    return scratch.withBytes { body($0, measures) }
  }

  /// Writes the text of a string to `output` and returns its byte count.
  ///
  /// Lone surrogates, which JSON can hold and UTF-8 cannot, become three bytes each (WTF-8), so
  /// that texts differ here exactly where they differ in Python.
  ///
  /// - Parameter output: room for as many bytes as the string takes escaped.
  /// - Precondition: at least 64 readable bytes follow the string.
  package static func unescape(
    _ value: JSONSlice, in base: UnsafePointer<UInt8>, to output: UnsafeMutablePointer<UInt8>
  ) -> (byteCount: Int, hasLoneSurrogate: Bool) {
    let unescaped = unescape_json(base + value.start, value.end - value.start, output)
    return (unescaped.byte_count, unescaped.has_lone_surrogate)
  }

  /// The text of a string; lone surrogates become U+FFFD.
  package static func text(of value: JSONSlice, in base: UnsafePointer<UInt8>) -> [UInt8] {
    guard value.kind == .escapedString else {
      return Array(UnsafeBufferPointer(start: base + value.start, count: value.end - value.start))
    }
    return [UInt8](unsafeUninitializedCapacity: value.end - value.start) { buffer, count in
      guard let output = buffer.baseAddress else { return }
      let result = unescape(value, in: base, to: output)
      if result.hasLoneSurrogate { replaceLoneSurrogates(in: output, byteCount: result.byteCount) }
      count = result.byteCount
    }
  }

  /// Whether a string's text is `bytes`.
  package static func bytes(
    of value: JSONSlice, in base: UnsafePointer<UInt8>, equal bytes: [UInt8]
  ) -> Bool {
    guard value.kind == .plainString else { return text(of: value, in: base) == bytes }
    return value.end - value.start == bytes.count
      && memcmp(base + value.start, bytes, bytes.count) == 0
  }

  /// Makes well-formed UTF-8 of WTF-8: U+FFFD takes three bytes too.
  package static func replaceLoneSurrogates(in bytes: UnsafeMutablePointer<UInt8>, byteCount: Int) {
    var index = 0
    while index + 2 < byteCount {
      if bytes[index] == 0xED, bytes[index + 1] >= 0xA0 {
        bytes[index] = 0xEF
        bytes[index + 1] = 0xBF
        bytes[index + 2] = 0xBD
        index += 3
      } else {
        index += 1
      }
    }
  }
}
