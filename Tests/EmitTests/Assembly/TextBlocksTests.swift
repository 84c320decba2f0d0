import JSON
import Records
import TestSupport
import Testing

@testable import Emit

/// Texts come back from the file as they were put in, bucket by bucket, or not at all.
@Suite struct TextBlocksTests {
  private struct Entry {
    var prompt: UInt32
    var piece: TextPiece
    var bucket: Int

    var line: String { "\(prompt) \(piece)" }
  }

  /// Every kind of piece, some of them empty, in any order of buckets.
  private static func entries(seed: UInt64, count: Int = 200) -> [Entry] {
    var random = SeededRandom(seed: seed)
    return (0..<count).map { number in
      Entry(
        prompt: UInt32(random.next() >> 32), piece: piece(number, using: &random),
        bucket: Int.random(in: 0..<9, using: &random) * 3)
    }
  }

  private static func piece(_ number: Int, using random: inout SeededRandom) -> TextPiece {
    let text = random.bytes(count: Int.random(in: 0...300, using: &random))
    let call = Message(
      .assistant, .none,
      extras: [.init(name: "tool_calls", value: .list([["n": .integer(number)]]))])
    let parts = Message(.tool, .parts([["type": "text", "text": .string("\(number) é")]]))
    switch number % 5 {
    case 0: return .answer(candidate: UInt32(number), .text(text))
    case 1: return .answer(candidate: 0, .text([]))
    case 2: return .answer(candidate: .max - 1, .messages([call, parts]))
    case 3:
      return .prompt(Prompt(id: [], messages: [], context: [], passThrough: []))
    default:
      return .prompt(
        Prompt(
          id: Array("id \(number)".utf8),
          messages: Message.Role.allCases.map { Message($0, text: text) } + [call, parts],
          context: [.init(name: "tools", value: .list([["n": .number(0.1)]]))],
          passThrough: [
            .null, .truth(true), .truth(false), .integer(.min), .integer(-1), .integer(.max),
            .number(-0.0), .number(.leastNonzeroMagnitude), .text(text), .text([]),
            .json(Array("[1]".utf8)),
          ]))
    }
  }

  private func write(
    _ entries: [Entry], to path: String, budget: Int
  ) throws -> TextBlocks {
    var writer = try TextBlocksWriter(path: path, budget: budget)
    for entry in entries {
      try writer.append(entry.piece, prompt: entry.prompt, bucket: entry.bucket)
    }
    return try writer.finish()
  }

  private func lines(
    of path: String, _ index: TextBlocks, buckets: Range<Int>
  ) throws -> [String] {
    var lines: [String] = []
    try TextBlocksReader(path: path, index).read(buckets: buckets) {
      lines.append(Entry(prompt: $0, piece: $1, bucket: 0).line)
    }
    return lines
  }

  @Test(arguments: [1, 3_000, 20_000, TextBlocksWriter.usualBudget])
  func everyBucketComesBackInItsOrder(budget: Int) throws {
    let folder = try TemporaryFolder()
    let entries = Self.entries(seed: 3)
    let index = try write(entries, to: folder.path + "/texts", budget: budget)
    for bucket in 0..<30 {
      let expected = entries.filter { $0.bucket == bucket }.map(\.line)
      let read = try lines(of: folder.path + "/texts", index, buckets: bucket..<bucket + 1)
      #expect(read == expected)
    }
    let several = try lines(of: folder.path + "/texts", index, buckets: 3..<10)
    #expect(several.sorted() == entries.filter { 3..<10 ~= $0.bucket }.map(\.line).sorted())
    #expect(try lines(of: folder.path + "/texts", index, buckets: 0..<0).isEmpty)
    // Blocks come whenever there is more than the budget allows, for each bucket at the most one.
    let raw = index.blocks.reduce(0) { $0 + $1.rawByteCount }
    #expect(index.blocks.count <= (raw / budget + 1) * 9)
    #expect(budget == 1 ? index.blocks.count == entries.count : index.blocks.count >= 9)
  }

  /// The notes are those of the file, and another program can read it.
  @Test func theFileIsFramesOneAfterTheOther() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/texts"
    let index = try write(Self.entries(seed: 4), to: path, budget: 10_000)
    #expect(try folder.read("texts").count == index.byteCount)
    let digest = try folder.output(of: ["sha256sum", path])
    #expect(index.sha256 == String(decoding: digest.prefix(64), as: UTF8.self))
    let text = try folder.output(of: ["zstd", "-dcq", path])
    #expect(text.count == index.blocks.reduce(0) { $0 + $1.rawByteCount })
    #expect(
      index.blocks.map(\.offset)
        == index.blocks.reduce(into: [0]) {
          $0.append(($0.last ?? 0) + $1.byteCount)
        }.dropLast())
    let document = try #require(JSONValue(document: index.document.document))
    #expect(TextBlocks(document) == index)
  }

  @Test func theSameTextsGiveTheSameBytes() throws {
    let folder = try TemporaryFolder()
    let entries = Self.entries(seed: 5, count: 4_000)
    let first = try write(entries, to: folder.path + "/1", budget: 100_000)
    let second = try write(entries, to: folder.path + "/2", budget: 100_000)
    #expect(first == second)
  }

  @Test func nothingGivesAnEmptyFile() throws {
    let folder = try TemporaryFolder()
    let index = try write([], to: folder.path + "/texts", budget: 10)
    #expect(index.byteCount == 0 && index.blocks.isEmpty)
    #expect(TextBlocks(index.document) == index)
    #expect(try lines(of: folder.path + "/texts", index, buckets: 0..<9).isEmpty)
  }

  @Test func aFileOfAnotherSizeOrNoneIsRefused() throws {
    let folder = try TemporaryFolder()
    let index = try write(Self.entries(seed: 6), to: folder.path + "/texts", budget: 10_000)
    let bytes = try folder.read("texts")
    for (name, bytes) in [("cut", bytes.dropLast()), ("longer", bytes + [0])] {
      try folder.write(bytes: Array(bytes), to: name)
      let error = #expect(throws: EmitError.self) {
        _ = try TextBlocksReader(path: folder.path + "/" + name, index)
      }
      #expect(error?.code == .damaged)
      #expect(error?.location?.file == folder.path + "/" + name)
    }
    let error = #expect(throws: EmitError.self) {
      _ = try TextBlocksReader(path: folder.path + "/missing", index)
    }
    #expect(error?.code == .readFailed)
  }

  /// Whichever byte is changed, the texts are the same or there is an error.
  @Test func damageNeverGivesOtherTexts() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/texts"
    let index = try write(Self.entries(seed: 7, count: 40), to: path, budget: 3_000)
    let expected = try lines(of: path, index, buckets: 0..<99)
    let bytes = try folder.read("texts")
    var random = SeededRandom(seed: 8)
    var errors = 0
    for _ in 0..<1_000 {
      var damaged = bytes
      let place = Int.random(in: 0..<bytes.count, using: &random)
      damaged[place] ^= UInt8.random(in: 1...255, using: &random)
      try folder.write(bytes: damaged, to: "damaged")
      do {
        #expect(try lines(of: folder.path + "/damaged", index, buckets: 0..<99) == expected)
      } catch let error as EmitError {
        #expect(error.code == .damaged)
        #expect(error.location?.file == folder.path + "/damaged")
        errors += 1
      }
    }
    #expect(errors > 900)
  }

  /// Bytes that are no pieces are an error, wherever they are cut and whatever is in them.
  @Test func piecesThatAreCutOrChangedAreAnError() throws {
    let entries = Self.entries(seed: 9, count: 10)
    var bytes: [UInt8] = []
    var ends: Set = [0]
    for entry in entries {
      entry.piece.write(prompt: entry.prompt, to: &bytes)
      ends.insert(bytes.count)
    }
    func count(_ bytes: [UInt8]) throws(EmitError) -> Int {
      var (reader, count) = (TextPieceReader(bytes, file: "texts"), 0)
      while try reader.next() != nil { count += 1 }
      return count
    }
    for end in 0...bytes.count {
      if ends.contains(end) {
        #expect(throws: Never.self) { _ = try count(Array(bytes[..<end])) }
      } else {
        let error = #expect(throws: EmitError.self) { _ = try count(Array(bytes[..<end])) }
        #expect(error?.code == .damaged)
      }
    }
    // No change may do worse than give an error.
    var random = SeededRandom(seed: 10)
    for _ in 0..<5_000 {
      var changed = bytes
      for _ in 0..<3 {
        changed[Int.random(in: 0..<bytes.count, using: &random)] = UInt8(random.next() >> 56)
      }
      _ = try? count(changed)
    }
  }

  @Test(arguments: [
    #"{}"#, #"{"sha256": "0", "bytes": 2, "blocks": [[0, 1, 1]]}"#,
    #"{"sha256": "0", "bytes": 1, "blocks": [[-1, 1, 1]]}"#,
    #"{"sha256": "0", "bytes": 1, "blocks": [[0, 1]]}"#,
    #"{"sha256": "0", "bytes": -1, "blocks": [[0, -1, 1]]}"#,
    #"{"sha256": "0", "bytes": 1, "blocks": [[0, 9223372036854775807, 1], [0, 9223372036854775807, 1]]}"#,
  ])
  func otherDocumentsAreNone(text: String) throws {
    let document = try #require(JSONValue(document: Array(text.utf8)))
    #expect(TextBlocks(document) == nil)
  }
}
