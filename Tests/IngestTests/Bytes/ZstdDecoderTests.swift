import Bytes
import Records
import Testing

@testable import Ingest

/// Frames whose text refers back far, read to chunks where it may be referred to and elsewhere.
@Suite(.enabled(if: Workbench.has("zstd")))
struct ZstdDecoderTests {
  private let bench: Workbench

  init() throws { bench = try Workbench() }

  /// Rows that repeat what stood up to 800 kB before them, in parts that shift from one to the next.
  private static func rows(_ count: Int, of byteCount: Int) -> [UInt8] {
    var text: [UInt8] = []
    var state: UInt64 = 7
    func draw(below bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    for _ in 0..<count {
      text += Array("{\"a\": \"".utf8)
      let end = text.count + byteCount
      while text.count < end {
        let length = 40 + draw(below: 400)
        if text.count > 5000, draw(below: 4) > 0 {
          let start = max(0, text.count - 1000 - draw(below: 800_000))
          let end = min(start + length, text.count)
          // Without a line feed in between.
          text += Array(text[start..<end].split(separator: UInt8(ascii: "\n")).joined())
        } else {
          for _ in 0..<length / 8 { text.append(UInt8(ascii: "a") + UInt8(draw(below: 26))) }
        }
      }
      text += Array("\"}\n".utf8)
    }
    return text
  }

  /// The least chunks whose text is referred to.
  private static let options = FramingOptions(chunkByteCount: 1 << 20)

  /// Options of zstd, how many rows there are and how long they are.
  private static let cases: [(flags: String, count: Int, byteCount: Int)] = [
    ("-1 --zstd=wlog=19", 500, 6000), ("--no-check --zstd=wlog=19", 500, 6000),
    ("--zstd=wlog=18", 500, 6000), ("--zstd=wlog=12", 300, 6000),
    // More than a chunk.
    ("--zstd=wlog=20", 500, 6000), ("--zstd=wlog=22", 500, 6000),
    // Chunks that a row fills, or three in two of them, or not even one.
    ("--zstd=wlog=19", 4, 800_000), ("--zstd=wlog=19", 6, 600_000),
    ("--zstd=wlog=19", 2, 2_300_000), ("--zstd=wlog=21", 4, 800_000),
  ]

  @Test(arguments: cases)
  func theTextIsThatOfTheFile(flags: String, count: Int, byteCount: Int) throws {
    let text = Self.rows(count, of: byteCount)
    try bench.write("a", text)
    // From a pipe, so that the frame does not tell its length, and as a file, so that it does.
    try bench.shell("cat a | zstd -q \(flags) > a.zst; zstd -q \(flags) a -o b.zst")
    for name in ["a.zst", "b.zst"] {
      #expect(try Reading("\(bench.path)/\(name)", options: Self.options).joined == text)
    }
    // Chunks too small to refer to.
    let small = FramingOptions(chunkByteCount: 100_000)
    #expect(try Reading("\(bench.path)/a.zst", options: small).joined == text)
  }

  @Test func framesBehindOneAnotherAreRead() throws {
    let text = Self.rows(150, of: 6000)
    try bench.write("a", text)
    try bench.shell(
      "zstd -q --zstd=wlog=19 a; zstd -q --zstd=wlog=21 a -o b; cat a.zst b a.zst b b > c.zst")
    let expected = text + text + text + text + text
    #expect(try Reading("\(bench.path)/c.zst", options: Self.options).joined == expected)
  }

  /// Wherever reading is given up, the rest of the file is still verified.
  @Test(arguments: [0, 1, 2]) func theRestIsVerified(chunkCount: Int) throws {
    let text = Self.rows(500, of: 6000)
    try bench.write("a", text)
    try bench.shell("zstd -q --zstd=wlog=19 a")
    let bytes = try bench.bytes("a.zst")
    var damaged = bytes
    damaged[damaged.count - 2] ^= 1
    for (name, content, isSound) in [("b.zst", bytes, true), ("c.zst", damaged, false)] {
      let path = try bench.write(name, content)
      let file = try #require(try InputDiscovery.files(for: [path]).first)
      let reader = try ChunkReader(file, fileIndex: 0, options: Self.options)
      for _ in 0..<chunkCount { _ = try reader.next() }
      if isSound {
        #expect(try reader.finish().byteCount == bytes.count)
      } else {
        #expect(try failure { _ = try reader.finish() }.code == .corrupt)
      }
      // The second reading compares the checksum of all of it.
      let again = try ChunkReader(file, fileIndex: 0, isReread: true, options: Self.options)
      for _ in 0..<chunkCount { _ = try again.next() }
      #expect(try again.finish().byteCount == bytes.count)
    }
  }

  /// What comes before damage is handed out, and is right.
  @Test func whatPrecedesDamageIsRight() throws {
    let text = Self.rows(500, of: 6000)
    try bench.write("a", text)
    try bench.shell("zstd -q --zstd=wlog=19 a")
    let bytes = try bench.bytes("a.zst")
    for place in stride(from: 1000, to: bytes.count, by: bytes.count / 8) {
      var damaged = bytes
      damaged[place] ^= 0x10
      let path = try bench.write("b.zst", damaged)
      let file = try #require(try InputDiscovery.files(for: [path]).first)
      let reader = try ChunkReader(file, fileIndex: 0, options: Self.options)
      let error = try failure {
        while try reader.next() != nil {}
        _ = try reader.finish()
      }
      #expect(error.code == .corrupt)
    }
    let cut = try bench.write("c.zst", bytes.dropLast(bytes.count / 3))
    #expect(try failure { _ = try Reading(cut, options: Self.options) }.code == .truncated)
  }

  /// The longest row that is allowed is read, and one byte more is refused.
  @Test func theLimitOfRowsHolds() throws {
    let limit = 1_500_000
    for (excess, isRead) in [(0, true), (1, false)] {
      for ending in ["\n", ""] {
        let long = Array(repeating: UInt8(ascii: "7"), count: limit + excess)
        let text = Array("1\n".utf8) + long + Array(ending.utf8)
        try bench.write("a", text)
        try bench.shell("zstd -q -f --zstd=wlog=19 a")
        let options = FramingOptions(maximumRowByteCount: limit, chunkByteCount: 1 << 20)
        if isRead {
          #expect(try Reading("\(bench.path)/a.zst", options: options).joined == text)
        } else {
          let error = try failure { _ = try Reading("\(bench.path)/a.zst", options: options) }
          #expect(error.code == .rowTooLong && error.location?.line == 2)
          #expect(error.message.contains("\(limit + excess) bytes"))
        }
      }
    }
  }
}
