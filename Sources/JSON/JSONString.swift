internal import Bytes
internal import CKernels
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
    of value: JSONSlice, in source: PaddedBytes, using scratch: inout ScratchText,
    _ body: (Span<UInt8>, Measures) -> Result
  ) -> Result {
    guard value.kind == .escapedString else {
      return source.withBytes(value.range) { text in
        body(text, Measures(codePoints: CodePoints.count(text), hasLoneSurrogate: false))
      }
    }
    scratch.truncate(to: 0)
    let unescaped = scratch.append(atMost: value.end - value.start) { output in
      let unescaped = unescape_json(source.address(of: value.range), value.range.count, output)
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
  static func unescape(
    _ value: JSONSlice, in source: PaddedBytes, to output: UnsafeMutablePointer<UInt8>
  ) -> (byteCount: Int, hasLoneSurrogate: Bool) {
    let unescaped = unescape_json(source.address(of: value.range), value.range.count, output)
    return (unescaped.byte_count, unescaped.has_lone_surrogate)
  }

  /// Appends the text of a string; lone surrogates become U+FFFD.
  package static func append(
    _ value: JSONSlice, in source: PaddedBytes, to output: inout ScratchText
  ) {
    guard value.kind == .escapedString else {
      return source.withBytes(value.range) { output.append($0) }
    }
    output.append(atMost: value.range.count) { output in
      let result = unescape(value, in: source, to: output)
      if result.hasLoneSurrogate { replaceLoneSurrogates(in: output, byteCount: result.byteCount) }
      return (result.byteCount, ())
    }
  }

  /// The text of a string; lone surrogates become U+FFFD.
  package static func text(of value: JSONSlice, in source: PaddedBytes) -> [UInt8] {
    guard value.kind == .escapedString else {
      return source.copy(value.range)
    }
    return [UInt8](unsafeUninitializedCapacity: value.end - value.start) { buffer, count in
      guard let output = buffer.baseAddress else { return }
      let result = unescape(value, in: source, to: output)
      if result.hasLoneSurrogate { replaceLoneSurrogates(in: output, byteCount: result.byteCount) }
      count = result.byteCount
    }
  }

  /// Whether a string's text is `bytes`.
  package static func bytes(
    of value: JSONSlice, in source: PaddedBytes, equal bytes: [UInt8]
  ) -> Bool {
    guard value.kind == .plainString else { return text(of: value, in: source) == bytes }
    return source.withBytes(value.range) { $0.equals(bytes.span) }
  }

  /// Makes well-formed UTF-8 of WTF-8: U+FFFD takes three bytes too.
  static func replaceLoneSurrogates(in bytes: UnsafeMutablePointer<UInt8>, byteCount: Int) {
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
