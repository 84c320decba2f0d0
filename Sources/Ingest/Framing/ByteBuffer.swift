internal import Bytes

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

  // The address stays in here: others read spans of it, and append to an OutputSpan of the rest.
  private var memory: UnsafeMutableBufferPointer<UInt8> {
    block.memory.bindMemory(to: UInt8.self)
  }

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

  private init(capacity: Int) {
    self.capacity = capacity
    pool = nil
    block = BufferPool.Block(byteCount: capacity + Chunk.paddingCount)
  }

  deinit { pool?.giveBack(block) }

  /// Writes bytes from `start` on, as many as `body` appends, up to the capacity.
  func write<Failure: Error>(
    from start: Int, _ body: (inout OutputSpan<UInt8>) throws(Failure) -> Void
  ) throws(Failure) -> Int {
    let room = UnsafeMutableBufferPointer(rebasing: memory[start..<capacity])
    var output = OutputSpan(buffer: room, initializedCount: 0)
    try body(&output)
    return output.finalize(for: room)
  }

  /// Gives access to the bytes of a range that has been written.
  func withBytes<Result: ~Copyable, Failure: Error>(
    _ range: Range<Int>, _ body: (Span<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try body(memory.span.extracting(range))
  }

  /// Writes the padding behind the first `count` bytes.
  func pad(after count: Int) {
    memory[count..<(count + Chunk.paddingCount)].update(repeating: 0)
  }

  /// A buffer of a size of its own with the first bytes of this one.
  func copy(of count: Int, capacity: Int) -> ByteBuffer {
    let copy = ByteBuffer(capacity: capacity)
    withBytes(0..<count) { copy.copyFront(from: $0) }
    return copy
  }

  /// Copies bytes of another buffer to the front of this one.
  func copyFront(from other: Span<UInt8>) {
    _ = write(from: 0) { $0.append(copying: other) }
  }
}
