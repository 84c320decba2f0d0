/// Bytes that are written once by their maker and then only read.
///
/// `@unchecked Sendable`: framing writes to a buffer only while it holds the sole reference, before
/// the buffer is put into a ``Chunk``; nothing else can write.
final class ByteBuffer: @unchecked Sendable {
  /// Room for this many bytes and, behind them, the padding.
  let capacity: Int
  private let block: BufferPool.Block
  /// Where the memory comes from and goes to; nil for a buffer of a size of its own.
  private let pool: BufferPool?

  private var storage: UnsafeMutableRawBufferPointer { block.memory }

  /// A buffer with room for `capacity` bytes or, where that is less, for what the pool deals in.
  init(capacity: Int, from pool: BufferPool) {
    if capacity <= pool.capacity {
      self.capacity = pool.capacity
      self.pool = pool
      block = pool.take()
    } else {
      self.capacity = capacity
      self.pool = nil
      block = BufferPool.Block(byteCount: capacity + Chunk.paddingCount)
    }
  }

  deinit { pool?.giveBack(block) }

  /// The bytes from `start` to the capacity, to be written.
  func room(from start: Int) -> UnsafeMutableRawBufferPointer {
    UnsafeMutableRawBufferPointer(rebasing: storage[start..<capacity])
  }

  /// The bytes of a range that has been written.
  func bytes(_ range: Range<Int>) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: storage[range])
  }

  /// Gives access to all bytes by the first of them.
  func withText<Result>(_ body: (UnsafePointer<UInt8>) -> Result) -> Result {
    guard let base = storage.baseAddress else { preconditionFailure("a buffer without memory") }
    return body(UnsafePointer(base.assumingMemoryBound(to: UInt8.self)))
  }

  /// Writes the padding behind the first `count` bytes.
  func pad(after count: Int) {
    UnsafeMutableRawBufferPointer(rebasing: storage[count..<(count + Chunk.paddingCount)])
      .initializeMemory(as: UInt8.self, repeating: 0)
  }

  /// Copies bytes of another buffer to the front of this one.
  func copyFront(from other: UnsafeRawBufferPointer) {
    storage.copyMemory(from: other)
  }
}
