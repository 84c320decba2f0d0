internal import Bytes
internal import CKernels

/// JSON text under construction: UTF-8, minimal escapes, doubles in their shortest exact form.
package struct JSONText: Sendable {
  /// Memory behind the text is kept written, so that it can be handed to C as it is.
  private var memory: [UInt8] = []
  package private(set) var count = 0

  package init() {}

  /// A copy of the text.
  package var bytes: [UInt8] { Array(memory[..<count]) }

  /// Gives access to the text without a copy.
  package func withBytes<Result, Failure: Error>(
    _ body: (Span<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try body(memory.span.extracting(0..<count))
  }

  /// Forgets the text, but not its memory.
  package mutating func clear() { count = 0 }

  /// Forgets what stands behind the first bytes.
  package mutating func cut(to byteCount: Int) { count = min(count, byteCount) }

  /// Makes room for so many bytes.
  package mutating func reserve(_ byteCount: Int) {
    if memory.count < byteCount { grow(to: max(2 * memory.count, byteCount)) }
  }

  /// Appends text as it is.
  package mutating func append(_ literal: StaticString) {
    literal.withBytes { append(json: $0) }
  }

  /// Appends text that is JSON already.
  package mutating func append(_ json: [UInt8]) {
    append(json: json.span)
  }

  /// Appends text that is JSON already.
  package mutating func append(json: Span<UInt8>) {
    json.withUnsafeBufferPointer { json in
      guard let source = json.baseAddress else { return }
      append(atMost: json.count) { output, _ in
        output.update(from: source, count: json.count)
        return (json.count, ())
      }
    }
  }

  /// Appends again what stands at `range`.
  package mutating func appendCopy(of range: Range<Int>) {
    append(atMost: range.count) { output, text in
      output.update(from: text + range.lowerBound, count: range.count)
      return (range.count, ())
    }
  }

  /// Appends a string in quotes.
  package mutating func append(string: [UInt8]) { append(string: string.span) }

  /// Appends text that is JSON already.
  package mutating func append(json: String) { append(json: json.utf8.span) }

  /// Appends a string in quotes.
  package mutating func append(string: String) { append(string: string.utf8.span) }

  /// Appends a whole number.
  package mutating func append(_ number: Int) {
    let longest = 20
    append(atMost: longest) { output, _ in
      var magnitude = number.magnitude
      var first = longest
      // From the last digit on, to the end of the room; then moved to its beginning.
      repeat {
        first -= 1
        output[first] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: magnitude % 10)
        magnitude /= 10
      } while magnitude > 0
      if number < 0 {
        first -= 1
        output[first] = UInt8(ascii: "-")
      }
      output.update(from: output + first, count: longest - first)
      return (longest - first, ())
    }
  }

  /// Appends a finite number, always with a point or an exponent; anything else becomes `null`.
  package mutating func append(_ number: Double) {
    guard number.isFinite else { return append("null") }
    append(json: number.description)
  }

  /// Appends a string in quotes.
  package mutating func append(string: Span<UInt8>) {
    append("\"")
    var read = 0
    while read < string.count {
      let rest = string.extracting(read..<string.count)
      // An escape here and there; where there are more, there is another round.
      let room = rest.count + rest.count / 16 + json_escape_least_room
      read += rest.withUnsafeBufferPointer { rest in
        append(atMost: room) { output, _ in
          let escaped = escape_json(rest.baseAddress, rest.count, output, room)
          return (escaped.written_count, escaped.read_count)
        }
      }
    }
    append("\"")
  }

  /// Appends what `write` puts at the end, given the text so far: as many bytes as it returns.
  ///
  /// Addresses, as a kernel in C writes most of it, and no further than the room that it is given.
  private mutating func append<Result>(
    atMost room: Int,
    _ write: (_ end: UnsafeMutablePointer<UInt8>, _ text: UnsafePointer<UInt8>) -> (
      byteCount: Int, result: Result
    )
  ) -> Result {
    reserve(count + room)
    let end = count
    let (byteCount, result) = memory.withUnsafeMutableBufferPointer { memory in
      guard let base = memory.baseAddress else { preconditionFailure("no memory was reserved") }
      return write(base + end, base)
    }
    count = end + byteCount
    return result
  }

  private mutating func grow(to size: Int) {
    memory = [UInt8](unsafeUninitializedCapacity: size) { grown, written in
      let (_, filled) = grown.initialize(from: memory[..<count])
      grown[filled...].initialize(repeating: 0)
      written = size
    }
  }
}
