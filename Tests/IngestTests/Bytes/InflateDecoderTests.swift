import Bytes
import CZlib
import TestSupport
import Testing

@testable import Ingest

@Suite struct InflateDecoderTests {
  /// What decoding came to.
  private struct Outcome: Equatable {
    var text: [UInt8] = []
    /// What kind of error ended it.
    var code: IngestError.Code?
    var isWhole: Bool { code == nil }
  }

  /// Gives bytes in pieces of the sizes it is told.
  private final class Pieces: ByteSource {
    private var rest: ArraySlice<UInt8>
    private let size: () -> Int

    init(_ bytes: [UInt8], size: @escaping () -> Int) {
      rest = bytes[...]
      self.size = size
    }

    func read(into room: inout OutputSpan<UInt8>) throws(IngestError) -> Int {
      let piece = rest.prefix(min(room.freeCapacity, size()))
      room.append(copying: piece.span)
      rest = rest.dropFirst(piece.count)
      return piece.count
    }
  }

  private func decode<Decoder: StreamDecoder & ~Copyable>(
    _ bytes: [UInt8], _ decoder: consuming Decoder, input: @escaping () -> Int = { 1 << 17 },
    output: () -> Int = { 1 << 16 }, filler: UInt8 = 0
  ) -> Outcome {
    let source = DecodingSource(
      BufferedSource(Pieces(bytes, size: input), capacity: 1 << 17), decoder: decoder,
      formatName: "gzip", checkCommand: "gzip -t", name: "x.gz")
    var outcome = Outcome()
    do throws(IngestError) {
      while true {
        let size = output()
        var piece = [UInt8](repeating: filler, count: size)
        // The filler stays where it is, in memory that counts as unwritten.
        piece.removeAll(keepingCapacity: true)
        try piece.append(addingCapacity: size) { (room) throws(IngestError) in
          _ = try source.read(into: &room)
        }
        guard !piece.isEmpty else { return outcome }
        outcome.text += piece
      }
    } catch {
      outcome.code = error.code
    }
    return outcome
  }

  private func ours(_ bytes: [UInt8]) -> Outcome { decode(bytes, InflateDecoder(.gzip)) }
  private func zlibs(_ bytes: [UInt8]) -> Outcome { decode(bytes, ZlibReference(.gzip)) }

  /// Text in which distances of all lengths occur.
  private func text(_ count: Int, seed: UInt64 = 1) -> [UInt8] {
    var random = SeededRandom(seed: seed)
    var text = random.bytes(count: min(count, 400), distinct: 90)
    while text.count < count {
      let length = 3 + random.below(600)
      if random.below(3) == 0 {
        text += random.bytes(count: length, distinct: 200)
      } else {
        let start = random.below(text.count)
        text += text[start..<min(text.count, start + length)]
      }
    }
    return Array(text[..<count])
  }

  @Test(arguments: Deflation.all)
  func whatZlibWroteIsRead(deflation: Deflation) throws {
    for count in [0, 1, 2, 100, 40_000, 700_000] {
      let text = text(count)
      let file = try deflation.compress(text)
      #expect(ours(file) == Outcome(text: text), "\(count) bytes")
      #expect(ours(file + file) == Outcome(text: text + text), "\(count) bytes, twice")
    }
  }

  /// Headers, blocks and trailers are cut everywhere, and text is asked for in any amount.
  @Test(arguments: [UInt64](1...12))
  func piecesOfAnySizeGiveTheSame(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let text = text(150_000, seed: seed)
    var file = [UInt8]()
    var whole = [UInt8]()
    for deflation in Deflation.all {
      let end = random.below(text.count)
      file += try deflation.compress(Array(text[..<end]))
      file += try deflation.compress([])
      whole += text[..<end]
    }
    let limit = [1, 2, 7, 30, 400, 70_000][random.below(6)]
    var inputs = SeededRandom(seed: seed)
    let outcome = decode(
      file, InflateDecoder(.gzip), input: { 1 + inputs.below(limit) },
      output: { 1 + random.below([1, 5, 300, 40_000, 100_000][random.below(5)]) })
    #expect(outcome.code == nil && outcome.text == whole)
  }

  /// What zlib takes is taken, and whatever is taken is the text that was compressed.
  @Test(arguments: Deflation.all)
  func noFlippedBitChangesTheText(deflation: Deflation) throws {
    let text = text(900)
    let file = try deflation.compress(text)
    var accepted = 0
    var acceptedByZlib = 0
    for bit in 0..<(8 * file.count) {
      var damaged = file
      damaged[bit / 8] ^= 1 << UInt8(bit % 8)
      let outcome = ours(damaged)
      if zlibs(damaged).isWhole {
        acceptedByZlib += 1
        #expect(outcome.isWhole, "bit \(bit)")
      }
      if outcome.isWhole {
        accepted += 1
        #expect(outcome.text == text, "bit \(bit)")
      } else {
        // What is handed out before an error was decoded, and is not what lay in memory.
        #expect(decode(damaged, InflateDecoder(.gzip), filler: 0xA5) == outcome, "bit \(bit)")
      }
    }
    // ISA-L takes codes with unused room, which zlib refuses.
    #expect(acceptedByZlib...(acceptedByZlib + 8) ~= accepted)
    // Times, names and the like can change, unless the header has a checksum; and padding.
    #expect(deflation.hasFullHeader ? acceptedByZlib < 24 : acceptedByZlib > 40)
  }

  @Test(arguments: Deflation.all)
  func everyCutIsNoticed(deflation: Deflation) throws {
    let file = try deflation.compress(text(900))
    for count in 0..<file.count {
      let expected = zlibs(Array(file[..<count]))
      let outcome = ours(Array(file[..<count]))
      #expect(outcome.code == expected.code, "cut at \(count)")
      #expect(outcome.code == .truncated, "cut at \(count)")
      let second = ours(file + file[..<count])
      #expect(second.code == (count == 0 ? nil : .truncated), "second member cut at \(count)")
    }
  }

  @Test func whatStandsBehindAMemberIsJudged() throws {
    let file = try Deflation().compress(text(5000))
    for junk: [UInt8] in [[1], [0x1F], [0x1F, 0x8B], [0, 0, 7], Array("junk junk junk".utf8)] {
      #expect(ours(file + junk).code == zlibs(file + junk).code, "\(junk)")
      #expect(!ours(file + junk).isWhole, "\(junk)")
    }
    #expect(ours(file + [0, 0, 0]).isWhole)
  }

  /// Codes and lengths that no compressor writes.
  @Test func randomBytesAreRefused() {
    var random = SeededRandom(seed: 5)
    let header: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3]
    for _ in 0..<20_000 {
      let noise = header + random.bytes(count: 1 + random.below(300))
      let outcome = ours(noise)
      #expect(!outcome.isWhole, "\(noise)")
      #expect(decode(noise, InflateDecoder(.gzip), filler: 0xA5) == outcome, "\(noise)")
    }
  }

  /// zlib reads the headers of both, but ours in pieces.
  @Test func randomHeadersAreJudgedAsByZlib() throws {
    var random = SeededRandom(seed: 6)
    let body = try Deflation().compress(text(20)).dropFirst(10)
    var accepted = 0
    for _ in 0..<20_000 {
      let flags = random.below(random.below(10) == 0 ? 256 : 32)
      var file: [UInt8] = [0x1F, 0x8B, random.below(20) == 0 ? 9 : 8, UInt8(flags)]
      file += random.bytes(count: 6)
      if flags & 4 != 0 {
        let extra = random.bytes(count: random.below(30))
        file += [UInt8(extra.count), 0] + extra
      }
      for flag in [8, 16] where flags & flag != 0 {
        file += (0..<random.below(20)).map { _ in UInt8(1 + random.below(255)) } + [0]
      }
      if flags & 2 != 0 {
        let checksum = CRC32.extended(0, by: file.span)
        file.append(UInt8(truncatingIfNeeded: checksum))
        file.append(UInt8(truncatingIfNeeded: checksum >> 8) ^ (random.below(5) == 0 ? 4 : 0))
      }
      file += body
      let expected = zlibs(file)
      var sizes = random
      let outcome = decode(file, InflateDecoder(.gzip), input: { 1 + sizes.below(9) })
      #expect(outcome.isWhole == expected.isWhole && outcome.text == expected.text, "\(file)")
      if outcome.isWhole { accepted += 1 }
    }
    #expect(accepted > 10_000 && accepted < 19_000)
  }

  @Test func bareDeflateEndsWhereItEnds() throws {
    for seed in UInt64(1)...40 {
      var random = SeededRandom(seed: seed)
      let text = text(random.below(60_000), seed: seed)
      var deflation = Deflation.all[random.below(Deflation.all.count)]
      deflation.isBare = true
      deflation.hasFullHeader = false
      let file = try deflation.compress(text)
      let size = 1 + random.below(2000)
      #expect(decode(file, InflateDecoder(.none), output: { size }) == Outcome(text: text))
      #expect(decode(Array(file.dropLast()), InflateDecoder(.none)).code == .truncated)
      for count in [1, 7, 8, 9, 100] {
        let longer = file + [UInt8](repeating: 7, count: count)
        let outcome = decode(longer, InflateDecoder(.none), output: { size })
        #expect(!outcome.isWhole, "\(count) bytes too many")
      }
    }
  }
}
