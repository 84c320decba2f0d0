import TestSupport
import Testing

@testable import Parquet

@Suite struct ThriftTests {
  private func read(_ bytes: [UInt8]) throws -> ThriftStructure {
    var reader = ThriftReader(bytes[...])
    let structure = try reader.structure()
    #expect(reader.position == bytes.count)
    return structure
  }

  @Test(arguments: [0, 1, -1, 63, -64, 64, 1 << 31, .max, .min] as [Int64])
  func integersComeBack(value: Int64) throws {
    let bytes = ThriftWriter.bytes { $0.field(3, value) }
    #expect(try read(bytes).integer(3) == value)
  }

  @Test func everyKindComesBack() throws {
    let bytes = ThriftWriter.bytes { thrift in
      thrift.field(1, true)
      thrift.field(2, Int8(-5))
      thrift.field(20, "é")
      thrift.field(21, structure: { $0.field(1, Int16(7)) })
      thrift.field(22, list: (0..<20).map { Int32($0) })
      thrift.field(23, list: ["a", "b"]) { $1.field(1, $0) }
      thrift.field(24, list: [true, false])
      thrift.field(400, false)
    }
    let structure = try read(bytes)
    #expect(try structure.bool(1) == true)
    #expect(try structure.integer(2) == -5)
    #expect(try structure.text(20) == "é")
    #expect(try structure.structure(21)?.integer(1) == 7)
    #expect(try structure.list(22)?.count == 20)
    #expect(try structure.structures(23)?.map { try $0.text(1) } == ["a", "b"])
    #expect(try structure.bool(400) == false)
    #expect(try structure.bool(5) == nil)
    #expect(throws: ParquetError.self) { try structure.text(1) }
  }

  /// The bytes of the specification's example: field 1 is an i32 of 1, zigzag 2.
  @Test func bytesAreThoseOfTheProtocol() {
    #expect(ThriftWriter.bytes { $0.field(1, Int32(1)) } == [0x15, 0x02, 0x00])
    #expect(ThriftWriter.bytes { $0.field(17, true) } == [0x01, 0x22, 0x00])
  }

  @Test(arguments: 0..<200 as Range<UInt64>)
  func damageIsAnErrorOrAnotherStructure(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    var bytes = ThriftWriter.bytes { thrift in
      thrift.field(1, "name")
      thrift.field(2, list: [Int](0..<30)) { number, thrift in
        thrift.field(1, Int64(number))
        thrift.field(2, structure: { $0.field(1, [UInt8](repeating: 7, count: 40)) })
      }
    }
    for _ in 0...random.below(4) {
      bytes[random.below(bytes.count)] = UInt8(random.below(256))
    }
    bytes.removeLast(random.below(bytes.count))
    var reader = ThriftReader(bytes[...])
    _ = try? reader.structure()
    #expect(reader.position <= bytes.count)
  }

  @Test func nestingIsLimited() {
    let bytes = [UInt8](repeating: 0x1C, count: 100_000)
    var reader = ThriftReader(bytes[...])
    #expect(throws: ParquetError.self) { try reader.structure() }
  }
}
