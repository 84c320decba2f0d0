import Bytes
import TestSupport
import Testing

/// The searches hold against plain loops, at every length around the blocks that kernels read.
@Suite struct SpanSearchTests {
  private static func texts() -> [[UInt8]] {
    var random = SeededRandom(seed: 1)
    return (0..<300).map { count in
      (0..<count).map { _ in UInt8.random(in: 0x58...0x60, using: &random) }
    }
  }

  @Test func findsWhatLoopsFind() {
    for text in Self.texts() {
      for start in [0, 1, 31, 64, text.count, text.count + 1] {
        let places = text.indices.filter { $0 >= start }
        #expect(
          text.span.firstIndex(of: 0x58, from: start) == places.first { text[$0] == 0x58 })
        #expect(
          text.span.lastIndex(of: 0x58, from: start) == places.last { text[$0] == 0x58 })
        #expect(
          text.span.firstIndex(of: 0x58, or: 0x59, from: start)
            == places.first { text[$0] == 0x58 || text[$0] == 0x59 })
        #expect(
          text.span.firstIndex(ofAtLeast: 0x60, from: start) == places.first { text[$0] >= 0x60 })
      }
      #expect(text.span.count(of: 0x58) == text.count { $0 == 0x58 })
      #expect(text.span.countOfRuns(above: 0x58) == text.split { $0 <= 0x58 }.count)
    }
  }

  @Test func countsBeyondWhatALaneHolds() {
    let text = [UInt8](repeating: 0x0A, count: 300 * 32 + 5)
    #expect(text.span.count(of: 0x0A) == text.count)
    #expect(text.span.count(of: 0x0B) == 0)
  }

  @Test func holdsOnlyWhatStandsThere() {
    let text = Array("a <think>".utf8)
    let mark = Array("<think>".utf8)
    let found = (0...text.count).filter { text.span.holds(mark, at: $0) }
    #expect(found == [2])
    let isEmptyAtEnd = text.span.holds([], at: text.count)
    #expect(isEmptyAtEnd)
  }

  @Test func copiesAreTheBytes() {
    let text = Array("Grüße".utf8)
    #expect(Array(copying: text.span) == text)
    #expect(String(decoding: text.span) == "Grüße")
    var joined = text
    joined.append(copying: text.span)
    #expect(joined == text + text)
  }
}
