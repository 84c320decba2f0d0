import Testing

@testable import Ingest

@Suite struct BufferPoolTests {
  @Test func memoryIsUsedAgain() {
    let pool = BufferPool(capacity: 1000, preparesAhead: false)
    let first = pool.take()
    let address = first.memory.baseAddress
    pool.giveBack(first)
    let second = pool.take()
    #expect(second.memory.baseAddress == address)
    #expect(pool.take().memory.baseAddress != address)
    #expect(second.memory.count == 1000 + Chunk.paddingCount)
  }

  /// A buffer hands its memory on when the last reference to it goes, and not before.
  @Test func buffersReturnTheirMemory() {
    let pool = BufferPool(capacity: 1000, preparesAhead: false)
    func address(of buffer: ByteBuffer) -> UnsafePointer<UInt8>? {
      buffer.withBytes(0..<1) { $0.withUnsafeBufferPointer(\.baseAddress) }
    }
    var buffer: ByteBuffer? = ByteBuffer(capacity: 10, from: pool)
    let held = buffer
    let first = buffer.flatMap(address(of:))
    buffer = ByteBuffer(capacity: 10, from: pool)
    #expect(buffer.flatMap(address(of:)) != first)
    withExtendedLifetime(held) {}
    #expect(buffer?.capacity == 1000)
    let large = ByteBuffer(capacity: 5000, from: pool)
    #expect(large.capacity == 5000)
  }

  /// Whatever thread makes the memory, everyone gets some of their own.
  @Test(arguments: [false, true])
  func manyTakersShareNothing(preparesAhead: Bool) async {
    let pool = BufferPool(capacity: 4096, preparesAhead: preparesAhead)
    await withTaskGroup(of: Bool.self) { group in
      for number in 0..<8 as Range<UInt8> {
        group.addTask {
          for _ in 0..<500 {
            let block = pool.take()
            block.memory.initializeMemory(as: UInt8.self, repeating: number)
            await Task.yield()
            guard block.memory.allSatisfy({ $0 == number }) else { return false }
            pool.giveBack(block)
          }
          return true
        }
      }
      for await isAlone in group { #expect(isAlone) }
    }
  }
}
