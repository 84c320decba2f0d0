import Bytes
import JSON
import Records
import TestSupport
import Testing

@testable import Ingest

/// Yields bytes in pieces of given or random sizes.
final class PiecewiseSource: ByteSource {
  private var rest: ArraySlice<UInt8>
  private let nextSize: () -> Int

  init(_ bytes: [UInt8], nextSize: @escaping () -> Int) {
    rest = bytes[...]
    self.nextSize = nextSize
  }

  func read(into room: inout OutputSpan<UInt8>) throws(IngestError) -> Int {
    let piece = rest.prefix(min(max(nextSize(), 1), room.freeCapacity))
    room.append(copying: piece.span)
    rest = rest.dropFirst(piece.count)
    return piece.count
  }
}

extension Framer {
  /// A framer of a text without a file.
  fileprivate convenience init(_ source: any ByteSource, options: FramingOptions) {
    self.init(
      source, document: DocumentIdentity(fileIndex: 0, documentIndex: 0, name: "t"),
      options: options,
      pool: BufferPool(capacity: options.chunkByteCount, preparesAhead: false))
  }
}

/// What became of a text, in terms that do not depend on chunks.
struct Framed: Equatable {
  enum Item: Equatable {
    case row(String, line: Int?, column: Int?)
    case oversized(Int, head: [UInt8], line: Int?, column: Int?)
    case empty
    case failure(IngestError)
  }

  var items = [Item]()
  var chunkCount = 0

  init(
    _ text: [UInt8], chunkByteCount: Int = 512 << 10, maximumRowByteCount: Int = 32 << 20,
    nextSize: @escaping () -> Int = { .max }
  ) {
    let framer = Framer(
      PiecewiseSource(text, nextSize: nextSize),
      options: FramingOptions(
        maximumRowByteCount: maximumRowByteCount, chunkByteCount: chunkByteCount,
        headByteCount: 8))
    do throws(IngestError) {
      while let frame = try framer.next() {
        switch frame {
        case .chunk(let chunk): add(chunk)
        case .refused(let row):
          items.append(
            .oversized(
              row.byteCount, head: row.head, line: row.location.line, column: row.location.column))
        case .empty: items.append(.empty)
        }
      }
    } catch {
      items.append(.failure(error))
    }
  }

  init(_ text: String, chunkByteCount: Int = 512 << 10, maximumRowByteCount: Int = 32 << 20) {
    self.init(
      Array(text.utf8), chunkByteCount: chunkByteCount, maximumRowByteCount: maximumRowByteCount)
  }

  private mutating func add(_ chunk: Chunk) {
    chunkCount += 1
    chunk.withBytes { bytes in
      let isPadded = chunk.withText { base in
        (0..<Chunk.paddingCount).allSatisfy { base[chunk.byteCount + $0] == 0 }
      }
      #expect(isPadded)
      let bytes = Array(copying: bytes)
      for range in chunk.rows ?? Self.lines(of: bytes) {
        let place = chunk.location(ofByte: range.lowerBound)
        let text = String(decoding: bytes[range], as: UTF8.self)
        items.append(.row(text, line: place.line, column: place.column))
      }
    }
  }

  /// The lines that are not blank.
  private static func lines(of bytes: [UInt8]) -> [Range<Int>] {
    bytes.split(separator: UInt8(ascii: "\n"))
      .filter { !$0.allSatisfy(TextByte.isBlank) }
      .map { $0.startIndex..<$0.endIndex }
  }

  /// The texts of the rows.
  var rows: [String] {
    items.compactMap { if case .row(let text, _, _) = $0 { text } else { nil } }
  }

  var failure: IngestError? {
    if case .failure(let error)? = items.last { error } else { nil }
  }
}

@Suite struct FramerTests {
  @Test func linesHaveTheirPlaces() {
    let framed = Framed(" \n{\"a\":1}\r\n\n  {\"b\":2}\n{\"c\":3}")
    #expect(
      framed.items == [
        .row("{\"a\":1}\r", line: 2, column: 1), .row("  {\"b\":2}", line: 4, column: 1),
        .row("{\"c\":3}", line: 5, column: 1),
      ])
  }

  @Test func whatPrecedesTheFirstRowCountsForItsColumn() {
    #expect(Framed("\u{FEFF}{}").items == [.row("{}", line: 1, column: 4)])
    #expect(Framed("\u{FEFF} [1]").items == [.row("1", line: 1, column: 6)])
    #expect(Framed("  {}\n").items == [.row("{}", line: 1, column: 3)])
  }

  @Test(arguments: [
    "", " ", "\n\r\n\t", "\u{FEFF}", "\u{FEFF}\n", String(repeating: "\n", count: 99),
  ])
  func blankTextsAreEmpty(text: String) {
    #expect(Framed(text, chunkByteCount: 16).items == [.empty])
  }

  @Test func anEnvelopesArrayHoldsRows() {
    let rows: [Framed.Item] = [
      .row("{\"a\": [1]}", line: 2, column: 17), .row("{}", line: 3, column: 1),
    ]
    for size in [16, 64, 512 << 10] {
      let text = "{\"type\":  \"text_only\",\n \"instances\": [ {\"a\": [1]},\n{}]\n}\n"
      #expect(Framed(text, chunkByteCount: size).items == rows)
      #expect(Framed("{\"instances\": [1] }", chunkByteCount: size).rows == ["1"])
    }
    // What only begins alike is a row.
    for row in ["{\"type\": \"text_only\"}", "{\"instances\": {}}", "{", "{\"type\": \"x\", \"a"] {
      #expect(Framed(row).rows == [row])
    }
    for (text, message) in [
      ("{\"instances\": [1]", "the text ends before the '}' behind the array"),
      ("{\"instances\": [1] 2", "expected '}' behind the array, found '2'"),
      ("{\"instances\": []} {}", "expected nothing after the object's closing '}', found '{'"),
    ] {
      #expect(Framed(text).failure?.message == message)
    }
  }

  /// Texts and the rows in them; nil where there is an error.
  private static let objects: [(text: String, rows: [String]?)] = [
    (#"{"version": 1, "data": [{"a": 1}, {"b": [2]}]}"#, [#"{"a": 1}"#, #"{"b": [2]}"#]),
    (#"{"data": [{"a": "]}\\\""}]} "#, [#"{"a": "]}\\\""}"#]),
    ("{\"rows\":\n[{}],\"n\":2}", ["{}"]),
    ("{\n\"examples\": [{}, 1]\n}\n", ["{}", "1"]),
    (
      "{\n\"s\": \"a\\\"\", \"t\": true,\n\"data\": [\n{\"x\":\n1}],\n\"n\": 1.5\n}",
      ["{\"x\":\n1}"]
    ),
    ("{\"data\": [{\"a\": 1},\n{}]}", [#"{"a": 1}"#, "{}"]),
    ("{\"data\": [{\"a\": 1}]\n}", [#"{"a": 1}"#]),
    ("{\"data\": [{}],\n\"n\": 1}", ["{}"]),
    // Rows with such a column, or nearly so.
    ("{\"data\": [{}]}\n{\"data\": [{}]}", [#"{"data": [{}]}"#, #"{"data": [{}]}"#]),
    (#"{"data": [{}], "n": 1}"#, [#"{"data": [{}], "n": 1}"#]),
    (#"{"data": [1]}"#, [#"{"data": [1]}"#]), (#"{"data": []}"#, [#"{"data": []}"#]),
    (#"{"messages": [{}]}"#, [#"{"messages": [{}]}"#]),
    (#"{"x": {}, "data": [{}]}"#, [#"{"x": {}, "data": [{}]}"#]),
    ("{\"a\": 1,\n{\"a\": 2}\n", [#"{"a": 1,"#, #"{"a": 2}"#]),
    ("{\"a\": \"x\n{\"a\": 2}", [#"{"a": "x"#, #"{"a": 2}"#]),
    // Objects over several lines that hold no list of rows, or more than one.
    ("{\n\"a\": 1,\n\"b\": 2\n}\n", nil), ("{\n\"a\": {\"data\": [{}]}}", nil),
    ("{\n\"data\": [1]}", nil), ("{\n\"data\": [{}],\n\"test\": [{}]\n}", nil),
    ("{\n\"data\": [{}],\n\"n\": 1", nil),
  ]

  /// An object around the rows is told from a row that has such a column.
  @Test(arguments: objects.indices)
  func anEnvelopeIsNoRow(index: Int) {
    let (text, rows) = Self.objects[index]
    for size in [16, 64, 512 << 10] {
      for step in [1, 7, Int.max] {
        let framed = Framed(Array(text.utf8), chunkByteCount: size, nextSize: { step })
        if let rows {
          #expect(framed.rows == rows)
          #expect(framed.failure == nil)
        } else {
          #expect(framed.failure != nil, "\(text)")
        }
      }
    }
  }

  /// What is longer than any row may be is read as it comes.
  @Test func aLongEnvelopeNeedNotBeSeenWhole() {
    let rows = (0..<200).map { "{\"n\": \($0)}" }
    let text = "{\"data\": [" + rows.joined(separator: ", ") + "], \"n\": 200}"
    let framed = Framed(Array(text.utf8), chunkByteCount: 32, maximumRowByteCount: 100)
    #expect(framed.rows == rows && framed.failure == nil)
    #expect(Framed(text).rows == [text])
  }

  @Test func elementsOfAnArrayAreRows() {
    let framed = Framed("[ {\"a\": [1, {}]},\n {\n\"b\": \"]\\\"}\\\\\"},3 ,\"x,\", null ]\n")
    #expect(
      framed.items == [
        .row("{\"a\": [1, {}]}", line: 1, column: 3),
        .row("{\n\"b\": \"]\\\"}\\\\\"}", line: 2, column: 2),
        .row("3", line: 3, column: 16), .row("\"x,\"", line: 3, column: 19),
        .row("null", line: 3, column: 25),
      ])
    #expect(Framed("[]").items == [])
    #expect(Framed(" [ \n ] \n").items == [])
  }

  @Test(
    arguments: [
      ("[{} {}]", 1, 5, "found '{'", 1), ("[{},]", 1, 5, "trailing comma", 1),
      ("[{},\n,{}]", 2, 1, "found ','", 1), ("[{}]\n x", 2, 2, "found 'x'", 1),
      ("[{}][{}]", 1, 5, "found '['", 1), ("[{},\n{\"a\": 1", 2, 1, "inside this element", 1),
      ("[{}, {}\n", 2, 1, "closing ']'", 2), ("[", 1, 2, "closing ']'", 0),
      ("[}", 1, 2, "found '}'", 0), ("[1 2]", 1, 4, "found '2'", 1),
      ("[\"abc", 1, 2, "inside this element", 0), ("[{}\u{7F}", 1, 4, "byte 0x7f", 1),
    ] as [(String, Int, Int, String, Int)])
  func brokenArraysAreLocated(
    text: String, line: Int, column: Int, words: String, rowCount: Int
  ) throws {
    for chunkByteCount in [16, 1024] {
      let framed = Framed(text, chunkByteCount: chunkByteCount)
      let error = try #require(framed.failure)
      #expect(error.code == .malformedArray)
      #expect(error.location == SourceLocation(file: "t", line: line, column: column))
      #expect(error.message.contains(words), "\(error.message)")
      #expect(framed.rows.count == rowCount)
    }
  }

  @Test(
    arguments: [
      [0xFF, 0xFE, 0x7B, 0], [0xFE, 0xFF, 0, 0x7B], [0x7B, 0, 0x22, 0], [0, 0x7B, 0, 0x22],
      [0xFF, 0xFE, 0, 0], [0, 0, 0xFE, 0xFF], [0, 0, 0, 0x7B],
    ] as [[UInt8]])
  func wideEncodingsAreRefused(bytes: [UInt8]) throws {
    let error = try #require(Framed(bytes).failure)
    #expect(error.code == .unsupported)
    #expect(error.hint?.contains("iconv") == true)
  }

  @Test func rowsUpToTheLimitPassAndLongerOnesAreReported() {
    for limit in [16, 17, 31, 40, 64] {
      for length in [limit - 1, limit, limit + 1, limit + 2, 3 * limit] {
        let long = "{\"" + String(repeating: "x", count: length - 3) + "}"
        let head = Array(long.utf8.prefix(8))
        let isLong = length > limit
        for text in ["{1}\n\(long)\n{2}\n", "{1}\n\(long)\n{2}"] {
          let expected: [Framed.Item] = [
            .row("{1}", line: 1, column: 1),
            isLong
              ? .oversized(length, head: head, line: 2, column: 1)
              : .row(long, line: 2, column: 1),
            .row("{2}", line: 3, column: 1),
          ]
          for size in [16, 24, 1000] {
            #expect(
              Framed(text, chunkByteCount: size, maximumRowByteCount: limit).items == expected,
              "limit \(limit), length \(length), chunks of \(size)")
          }
        }
        // The last line, without its line feed.
        let last = Framed("{1}\n\(long)", chunkByteCount: 16, maximumRowByteCount: limit)
        #expect(last.rows.count == (isLong ? 1 : 2))
        #expect(last.items.count == 2)
        // An element of an array.
        let element = "\"" + String(repeating: "x", count: length - 2) + "\""
        let array = Framed("[1,\(element), 2]", chunkByteCount: 16, maximumRowByteCount: limit)
        #expect(array.rows == (isLong ? ["1", "2"] : ["1", element, "2"]))
        #expect(array.items.count == 3)
        #expect(array.items.last == .row("2", line: 1, column: 6 + length))
      }
    }
  }

  @Test func anUnendingElementIsLocatedAtItsBeginning() throws {
    let text = "[1,\n \"" + String(repeating: "x", count: 5000)
    let error = try #require(
      Framed(text, chunkByteCount: 16, maximumRowByteCount: 100).failure)
    #expect(error.location == SourceLocation(file: "t", line: 2, column: 2))
  }

  @Test func longRowsKeepMemoryBounded() throws {
    // 100 MB that exist nowhere at once.
    final class Endless: ByteSource {
      var left = 100 << 20
      var largestRequest = 0
      var largestLateRequest = 0
      func read(into room: inout OutputSpan<UInt8>) throws(IngestError) -> Int {
        let asked = room.freeCapacity
        let count = min(left, asked)
        room.append(repeating: UInt8(ascii: "x"), count: count)
        left -= count
        largestRequest = max(largestRequest, asked)
        if left < 95 << 20 { largestLateRequest = max(largestLateRequest, asked) }
        return count
      }
    }
    let options = FramingOptions(maximumRowByteCount: 4 << 20)
    let source = Endless()
    let framer = Framer(source, options: options)
    guard case .refused(let row)? = try framer.next() else {
      Issue.record("no oversized row")
      return
    }
    #expect(row.byteCount == 100 << 20)
    #expect(row.head.count == 64 << 10)
    #expect(row.error.code == .rowTooLong)
    #expect(try framer.next() == nil)
    #expect(source.largestRequest <= 4 << 20)
    #expect(source.largestLateRequest == options.chunkByteCount)
  }

  @Test func theLineOfAReadErrorIsThatReached() throws {
    final class Failing: ByteSource {
      var pieces: [String] = ["{}\n{}\n", "{}\n{\"a\""]
      func read(into room: inout OutputSpan<UInt8>) throws(IngestError) -> Int {
        guard let piece = pieces.first else {
          throw IngestError(.corrupt, "broken", at: SourceLocation(file: "t"))
        }
        pieces.removeFirst()
        room.append(copying: piece.utf8.span)
        return piece.utf8.count
      }
    }
    let framer = Framer(Failing(), options: FramingOptions())
    let error = try failure { _ = try framer.next() }
    #expect(error.location == SourceLocation(file: "t", line: 4))
  }
}

/// Whatever the sizes of reads and chunks, the rows, their places and the errors are the same.
@Suite struct FramingPropertyTests {
  @Test(arguments: 0..<60)
  func sizesDoNotMatter(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let text = seed.isMultiple(of: 2) ? lines(&random) : array(&random)
    let limit = random.below(3) == 0 ? 16 + random.below(60) : 1 << 20
    let expected = Framed(text, maximumRowByteCount: limit)
    #expect(!expected.items.isEmpty)
    for size in [16, 17, 33, 64, 100, 1000, 5000] {
      let largest = 1 + random.below(80)
      var sizes = SeededRandom(seed: seed &+ 99)
      for nextSize in [{ 1 }, { 1 + sizes.below(largest) }, { Int.max }] {
        var framed = Framed(
          text, chunkByteCount: size, maximumRowByteCount: limit, nextSize: nextSize)
        framed.chunkCount = expected.chunkCount
        #expect(framed == expected, "seed \(seed), chunks of \(size), limit \(limit)")
      }
    }
  }

  /// JSON Lines of every kind of line, some of them no JSON at all.
  private func lines(_ random: inout SeededRandom) -> [UInt8] {
    var text = random.below(3) == 0 ? "\u{FEFF}" : ""
    text += "{}"
    for _ in 0..<random.below(60) {
      let row = string(&random)
      text += ["{\(row)}", row, "", "  ", "\r"][random.below(5)]
      text += ["\n", "\r\n", "\n\n"][random.below(3)]
    }
    if random.below(2) == 0 { text += "{1}" }
    return Array(text.utf8)
  }

  /// An array, sometimes damaged in one place.
  private func array(_ random: inout SeededRandom) -> [UInt8] {
    var text = "[ "
    for index in 0..<(1 + random.below(40)) {
      if index > 0 { text += [",", " ,", ",\n ", "\n,"][random.below(4)] }
      let value = string(&random)
      text += ["{\"a\": [\(value), {}]}", value, "17", "[[\(value)],\n{}]"][random.below(4)]
    }
    var bytes = Array((text + "\n]\n").utf8)
    if random.below(3) == 0 { bytes[1 + random.below(bytes.count - 1)] = 0x5D }
    if random.below(3) == 0 { bytes.removeLast(random.below(bytes.count - 1)) }
    return bytes
  }

  private func string(_ random: inout SeededRandom) -> String {
    let pieces = ["a", "\\\"", "\\\\", "]", "}", "{", "é", "𝄞", ",", "\\n", " "]
    return "\"" + (0..<random.below(40)).map { _ in pieces[random.below(pieces.count)] }.joined()
      + "\""
  }
}
