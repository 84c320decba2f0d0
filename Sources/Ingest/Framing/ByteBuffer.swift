/// Bytes on the heap that are written once by their maker and then only read.
///
/// `@unchecked Sendable`: framing writes to a buffer only while it holds the sole reference, before
/// the buffer is put into a ``Chunk``; nothing else can write.
final class ByteBuffer: @unchecked Sendable {
  /// Room for this many bytes and, behind them, the padding.
  let capacity: Int
  private let storage: UnsafeMutableRawBufferPointer

  init(capacity: Int) {
    self.capacity = capacity
    storage = .allocate(byteCount: capacity + Chunk.paddingCount, alignment: 64)
  }

  deinit { storage.deallocate() }

  /// The bytes from `start` to the capacity, to be written.
  func room(from start: Int) -> UnsafeMutableRawBufferPointer {
    UnsafeMutableRawBufferPointer(rebasing: storage[start..<capacity])
  }

  /// The bytes of a range that has been written.
  func bytes(_ range: Range<Int>) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: storage[range])
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
