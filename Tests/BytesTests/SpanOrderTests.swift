import Bytes
import TestSupport
import Testing

@Suite struct SpanOrderTests {
  @Test func theOrderIsThatOfBytes() {
    var random = SeededRandom(seed: 2)
    let bytes: [UInt8] = [0x00, 0x41, 0x7F, 0xFF]
    let texts: [[UInt8]] = (0..<60).map { _ in
      (0..<random.below(4)).map { _ in bytes[random.below(bytes.count)] }
    }
    for one in texts {
      for other in texts {
        let precedes = one.span.precedes(other.span)
        #expect(precedes == one.lexicographicallyPrecedes(other))
        let equals = one.span.equals(other.span)
        #expect(equals == (one == other))
      }
    }
  }

  @Test func numbersAreReadInEitherOrder() {
    let bytes: [UInt8] = [0xFF, 1, 2, 3, 4]
    #expect(bytes.span.littleEndian(UInt32.self, at: 1) == 0x0403_0201)
    #expect(bytes.span.bigEndian(UInt32.self, at: 1) == 0x0102_0304)
    #expect(bytes.span.littleEndian(UInt16.self, at: 0) == 0x01FF)
  }
}
