internal import Glibc

/// Bytes on the heap that are written once by their maker and then only read.
///
/// `@unchecked Sendable`: framing writes to a buffer only while it holds the sole reference, before
/// the buffer is put into a ``Chunk``; nothing else can write.
final class ByteBuffer: @unchecked Sendable {
  /// Room for this many bytes and, behind them, the padding.
  let capacity: Int
  private let storage: UnsafeMutableRawBufferPointer

  /// The size of a large page; memory that fills some is cheaper to get from the system.
  private static let largePage = 2 << 20

  init(capacity: Int) {
    self.capacity = capacity
    let byteCount = capacity + Chunk.paddingCount
    let isLarge = byteCount.isMultiple(of: Self.largePage)
    storage = .allocate(byteCount: byteCount, alignment: isLarge ? Self.largePage : 64)
    // Only advice: where it is not taken, nothing but time is lost.
    if isLarge { madvise(storage.baseAddress, byteCount, MADV_HUGEPAGE) }
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
